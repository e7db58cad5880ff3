/**
 * What an operator needs to be usable everywhere, tried with `hard_sigmoid`, which new_operator_test.ts has put into the
 * table. Prints what failed; it must run in a copy of the library.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { exportActivation } from "../../export/mod.ts";
import { loadEngine } from "../../engine/mod.ts";
import { loadDataset } from "../../datasets/mod.ts";
import { random } from "../../random.ts";
import { ALL_GENES, geneticSearch, randomGenome } from "../../search/mod.ts";
import { train } from "../../training/mod.ts";
import { activationTensor, decodeGenome, derivative, encodeGenome, evaluate, format, latex, parse } from "../mod.ts";

const f = parse("x * hard_sigmoid(x)");
const truth = (x: number) => x * Math.min(Math.max(x / 6 + 0.5, 0), 1);
const POINTS = [-4, -2.5, -1, 0, 0.5, 2, 3.5];

assertEquals(parse(format(f)), f);
assert(latex(f).includes("h\\left(x\\right)"), latex(f));
for (const x of POINTS) {
  const h = 1e-6;
  assertAlmostEquals(evaluate(f, x), truth(x), 1e-12);
  assertAlmostEquals(evaluate(derivative(f), x), (truth(x + h) - truth(x - h)) / (2 * h), 1e-6);
}

const code = ALL_GENES.unary.at(-1)!;
assertEquals(code, 19);
assertEquals(format(decodeGenome([1, 0, code])), "x * hard_sigmoid(x)");
assertEquals(encodeGenome(f), [1, 0, code]);
const rng = random(1);
assert(
  Array.from({ length: 100 }, () => randomGenome({ rng, genes: ALL_GENES })).some((genome) => genome.includes(code)),
);
let found = "";
const closeness = (g: typeof f) => 1 / (1 + POINTS.reduce((sum, x) => sum + Math.abs(evaluate(g, x) - truth(x)), 0));
const genes = { ...ALL_GENES, shapes: [3] as const, unary: [0, 3, 5, code] };
for await (const { best } of geneticSearch({ population: 30, generations: 8, genes, fitness: closeness })) {
  found = best.formula;
}
assertEquals(found, "x * hard_sigmoid(x)");

const tf = await loadEngine({ threads: 1 });
for (const kernel of [true, false]) {
  const g = activationTensor(f, { kernel });
  const [values, slopes] = tf.tidy(() => {
    const x = tf.tensor1d(POINTS);
    return [g(x).arraySync() as number[], tf.grad((x) => g(x))(x).arraySync() as number[]];
  });
  for (const [i, x] of POINTS.entries()) {
    assertLess(Math.abs(values[i] - truth(x)), 1e-6);
    assertLess(Math.abs(slopes[i] - evaluate(derivative(f), x)), 1e-6);
  }
}
const data = await loadDataset("fashion-mnist", { train: 160, validation: 50, imageSize: 14 });
assertEquals((await train(f, { data, epochs: 1, batchSize: 32 })).kind, "complete");

for (const to of ["keras", "pytorch", "jax", "numpy"] as const) {
  const text = exportActivation(f, { to, name: "hard_swish" });
  assert(!/\.hard_sigmoid|_hard_sigmoid\(|return.*hard_sigmoid/.test(text), text); // it stands in the words only
}
const code64 = new TextEncoder().encode(exportActivation(f, { to: "typescript", name: "hardSwish" })).toBase64();
const { hardSwish } = await import(`data:application/typescript;base64,${code64}`);
for (const x of POINTS) assertAlmostEquals(hardSwish(x), truth(x), 1e-6);
console.log("usable everywhere");
