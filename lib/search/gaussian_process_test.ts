import { assertAlmostEquals, assertGreater } from "@std/assert";
import { random } from "../random.ts";
import { GaussianProcess, matern } from "./gaussian_process.ts";

const at = (...xs: number[]) => Float64Array.from(xs);

const PLACES = [at(0, 0), at(1, 0), at(0, 2), at(-1, 1)];
const VALUES = [1, -0.5, 0.25, 2];

function fitted(places = PLACES) {
  const process = new GaussianProcess({ kernel: matern(1.5), noise: 0.1 });
  for (const place of places) process.add(place);
  return process;
}

/** Solves K w = y by Gaussian elimination: another way to the same mean and variance. */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  for (let i = 0; i < rows.length; i++) {
    for (let j = i + 1; j < rows.length; j++) {
      const factor = rows[j][i] / rows[i][i];
      for (let k = i; k <= rows.length; k++) rows[j][k] -= factor * rows[i][k];
    }
  }
  const result = Array<number>(rows.length).fill(0);
  for (let i = rows.length - 1; i >= 0; i--) {
    const rest = result.reduce((sum, value, k) => k > i ? sum + rows[i][k] * value : sum, 0);
    result[i] = (rows[i][rows.length] - rest) / rows[i][i];
  }
  return result;
}

Deno.test("mean and deviation are those of the normal equations", () => {
  const kernel = matern(1.5);
  const gram = PLACES.map((a, i) => PLACES.map((b, j) => kernel(a, b) + (i === j ? 0.1 : 0)));
  const process = fitted();
  for (const place of [at(0.5, 0.5), at(3, -1), at(0, 0)]) {
    const k = PLACES.map((other) => kernel(place, other));
    const { mean, standardDeviation } = process.predict(place, process.fit(VALUES));
    assertAlmostEquals(mean, solve(gram, VALUES).reduce((sum, w, i) => sum + w * k[i], 0), 1e-12);
    assertAlmostEquals(standardDeviation ** 2, 1 - solve(gram, k).reduce((sum, w, i) => sum + w * k[i], 0), 1e-12);
  }
});

Deno.test("observations added one by one, with predictions between them, are those added at once", () => {
  const rng = random(1);
  const places = Array.from({ length: 30 }, () => at(rng.next(), 3 * rng.next()));
  const values = places.map(([x, y]) => Math.sin(3 * x) + y);
  const query = at(0.3, 1.1);
  const process = new GaussianProcess({ kernel: matern(1), noise: 0.01 });
  for (const [i, place] of places.entries()) {
    process.add(place);
    process.predict(query, process.fit(values.slice(0, i + 1)));
  }
  const whole = new GaussianProcess({ kernel: matern(1), noise: 0.01 });
  for (const place of places) whole.add(place);
  const fresh = query.slice();
  const [a, b] = [process.predict(query, process.fit(values)), whole.predict(fresh, whole.fit(values))];
  assertAlmostEquals(a.mean, b.mean, 1e-10);
  assertAlmostEquals(a.standardDeviation, b.standardDeviation, 1e-10);
  assertAlmostEquals(b.mean, Math.sin(0.9) + 1.1, 0.1);
});

Deno.test("a place whose value is not known yet leaves the means as they are and takes doubt away", () => {
  const [known, more] = [fitted(), fitted([...PLACES, at(0.5, 0.4)])];
  const query = at(0.5, 0.5);
  const [a, b] = [known.predict(query, known.fit(VALUES)), more.predict(query, more.fit(VALUES))];
  assertAlmostEquals(a.mean, b.mean, 1e-12);
  assertGreater(a.standardDeviation, b.standardDeviation);
});

Deno.test("the likelihood is the normal density's: one and two values by hand", () => {
  const one = fitted([at(0, 0)]);
  assertAlmostEquals(one.logLikelihood([0.7]), -0.49 / 2.2 - Math.log(2 * Math.PI * 1.1) / 2, 1e-12);
  const two = fitted([at(0, 0), at(0, 0)]); // covariance [[1.1, 1], [1, 1.1]]
  const determinant = 1.1 ** 2 - 1;
  const form = (1.1 * 0.7 ** 2 - 2 * 0.7 * 0.2 + 1.1 * 0.2 ** 2) / determinant;
  assertAlmostEquals(two.logLikelihood([0.7, 0.2]), -form / 2 - Math.log(4 * Math.PI ** 2 * determinant) / 2, 1e-12);
});
