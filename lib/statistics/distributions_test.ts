import { assert, assertEquals, assertGreater, assertThrows } from "@std/assert";
import fc from "fast-check";
import jstat from "jstat";
import * as tails from "./distributions.ts";
import { studentizedRangeUpperQuantile, studentizedRangeUpperTail } from "./studentized_range.ts";
import { assertClose, reference, scipy } from "./testdata/reference.ts";

/** The function of each list of SciPy's values, and the relative error that is allowed. */
const FUNCTIONS: Record<keyof typeof scipy.tails, { f: (...args: number[]) => number; tolerance: number }> = {
  "norm.sf": { f: tails.normalUpperTail, tolerance: 1e-13 },
  "norm.isf": { f: tails.normalUpperQuantile, tolerance: 1e-13 },
  "chi2.sf": { f: tails.chiSquaredUpperTail, tolerance: 1e-10 },
  "f.sf": { f: (f, a, b) => tails.fUpperTail(f, [a, b]), tolerance: 2e-9 },
  "coin.sf": { f: tails.coinUpperTail, tolerance: 1e-9 },
  "range.sf": { f: studentizedRangeUpperTail, tolerance: 1e-12 },
  "studentized_range.isf": { f: studentizedRangeUpperQuantile, tolerance: 1e-6 },
};

for (const [name, { f, tolerance }] of Object.entries(FUNCTIONS)) {
  const rows = scipy.tails[name as keyof typeof scipy.tails];
  Deno.test(`${name}: ${rows.length} values of ${scipy.source}`, () => {
    for (const row of rows) assertClose(f(...row.slice(0, -1)), row.at(-1)!, tolerance);
  });
}

Deno.test("the critical values of Demšar's table 5, and Orange's up to 20 functions", () => {
  const { k, nemenyi05, nemenyi10, bonferroniDunn05, nemenyi05_k11_20_orange } = reference.demsar2006_table5;
  const nemenyi = (alpha: number, k: number) => studentizedRangeUpperQuantile(alpha, k) / Math.SQRT2;
  for (const [i, count] of k.entries()) {
    assertClose(nemenyi(0.05, count), nemenyi05[i]);
    assertClose(nemenyi(0.1, count), nemenyi10[i]);
    assertClose(tails.normalUpperQuantile(0.05 / (2 * (count - 1))), bonferroniDunn05[i], 2.1e-5); // 4 decimals
  }
  for (const [i, value] of nemenyi05_k11_20_orange.entries()) assertClose(nemenyi(0.05, 11 + i), value);
});

Deno.test("jstat's gamma function is exact enough, and its lower tails agree with the upper ones", () => {
  assertEquals(jstat.gammaln(1), 0);
  assertClose(jstat.gammaln(0.5), Math.log(Math.PI) / 2, 1e-13);
  assertClose(
    jstat.gammaln(171),
    Array.from({ length: 170 }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b),
    1e-12,
  );
  for (const x of [0.1, 1, 2.5, 7, 20]) {
    assertClose(1 - jstat.normal.cdf(x / 4, 0, 1), tails.normalUpperTail(x / 4), 1e-9);
    for (const df of [1, 3, 9]) assertClose(1 - jstat.chisquare.cdf(x, df), tails.chiSquaredUpperTail(x, df), 1e-5);
    assertClose(1 - jstat.centralF.cdf(x / 5, 3, 39), tails.fUpperTail(x / 5, [3, 39]), 1e-4);
  }
});

Deno.test("tails are probabilities, do not rise, and do not round to 0", () => {
  const point = fc.double({ min: 0, max: 30, noNaN: true });
  const df = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(point, point, df, df, (x, y, k, n) => {
      const [low, high] = [Math.min(x, y), Math.max(x, y)];
      for (
        const tail of [
          (at: number) => tails.normalUpperTail(at),
          (at: number) => tails.chiSquaredUpperTail(at, k),
          (at: number) => tails.fUpperTail(at, [k, n]),
          (at: number) => studentizedRangeUpperTail(at, k + 1),
        ]
      ) {
        const [first, second] = [tail(low), tail(high)];
        assertGreater(second, 0);
        assertGreater(1 + 1e-9, first);
        assertGreater(first * (1 + 1e-9), second * (1 - 1e-9));
      }
    }),
    { seed: 3 },
  );
});

Deno.test("quantiles undo tails, for every number of functions up to 100", () => {
  for (let k = 2; k <= 100; k += 7) {
    for (const alpha of [0.999, 0.5, 0.1, 0.05, 1e-4, 1e-12, 1e-100]) {
      assertClose(studentizedRangeUpperTail(studentizedRangeUpperQuantile(alpha, k), k), alpha, 1e-9);
    }
  }
  for (const alpha of [0.9, 0.05, 1e-9, 1e-200]) {
    assertClose(tails.normalUpperTail(tails.normalUpperQuantile(alpha)), alpha, 1e-9);
  }
});

Deno.test("the range of two normal variables is their difference", () => {
  for (const q of [0.1, 1, 3, 12]) {
    assertClose(studentizedRangeUpperTail(q, 2), 2 * tails.normalUpperTail(q / Math.SQRT2), 1e-12);
  }
});

Deno.test("a decreasing function is solved to its last digits", () => {
  assertClose(tails.solveDecreasing((x) => 1 / (1 + x * x), 0.2), 2, 1e-15);
});

Deno.test("edges and what is refused", () => {
  assertEquals(tails.chiSquaredUpperTail(0, 3), 1);
  assertEquals(tails.chiSquaredUpperTail(Infinity, 3), 0);
  assertEquals([0, Infinity].map((f) => tails.fUpperTail(f, [2, 3])), [1, 0]);
  assertEquals([-1, Infinity].map((q) => studentizedRangeUpperTail(q, 3)), [1, 0]);
  assertEquals([tails.coinUpperTail(0, 3), tails.coinUpperTail(4, 3)], [1, 0]);
  assertThrows(() => tails.normalUpperTail(NaN), RangeError, "NaN");
  assertThrows(() => tails.chiSquaredUpperTail(1, 0), RangeError, "degrees of freedom");
  assertThrows(() => tails.fUpperTail(1, [1, Infinity]), RangeError, "degrees of freedom");
  assertThrows(() => tails.coinUpperTail(1.5, 2), RangeError, "got 1.5 of 2");
  assertThrows(() => studentizedRangeUpperTail(1, 1), RangeError, "at least 2 variables");
  for (const alpha of [0, 1, NaN]) {
    assertThrows(() => tails.normalUpperQuantile(alpha), RangeError, `got ${alpha}`);
    assertThrows(() => studentizedRangeUpperQuantile(alpha, 3), RangeError, `got ${alpha}`);
  }
});

for (const { cases, functions, between, p } of scipy.everyF) {
  Deno.test(`F of every table of ${cases} cases and ${functions} functions: ${scipy.source}`, () => {
    const within = (cases * functions * (functions ** 2 - 1)) / 12;
    between.forEach((sum, i) => {
      const f = ((cases - 1) * sum) / (cases * within - sum);
      assertClose(tails.fUpperTail(f, [functions - 1, (functions - 1) * (cases - 1)]), p[i], 2e-9);
    });
  });
}

Deno.test("F of every table of up to 8 functions and 12 cases has two tails that add up to 1", () => {
  for (let functions = 3; functions <= 8; functions++) {
    for (let cases = 2; cases <= 12; cases++) {
      const [k, rest] = [functions - 1, (functions - 1) * (cases - 1)];
      const most = (cases ** 2 * functions * (functions ** 2 - 1)) / 12;
      for (let between = 0.5; between < most; between += 0.5) {
        const f = ((cases - 1) * between) / (most - between);
        const both = tails.fUpperTail(f, [k, rest]) + tails.fUpperTail(1 / f, [rest, k]);
        assert(Math.abs(both - 1) < 1e-11, `${functions} functions, ${cases} cases, F = ${f}: ${both}`);
      }
    }
  }
});
