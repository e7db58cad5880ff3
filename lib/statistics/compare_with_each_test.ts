import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { random } from "../random.ts";
import { compareWithEach } from "./compare_with_each.ts";

const series = <T>(count: number, value: (i: number) => T) => Array.from({ length: count }, (_, i) => value(i));

/** The fewest seeds n with 2 · 2⁻ⁿ below .05 / others, by hand. */
for (const [others, fewest] of [[1, 6], [2, 7], [4, 8], [10, 9]]) {
  Deno.test(`${fewest} seeds are the fewest that can show a difference from one of ${others}`, () => {
    const compare = (seeds: number) =>
      compareWithEach(
        { name: "f", scores: series(seeds, (i) => 0.9 + i / 1000) },
        series(others, (i) => ({ name: `${i}`, scores: series(seeds, () => 0.5) })),
      );
    assertEquals(compare(fewest).fewestSeeds, fewest);
    assert(compare(fewest).others.every(({ verdict, interval }) => verdict === "better" && interval !== null));
    assert(compare(fewest - 1).others.every(({ verdict, interval }) => verdict === "not shown" && interval === null));
  });
}

Deno.test("differences of seeds: mean, least and greatest, and which of the two is better", () => {
  const [worse, same] = compareWithEach({ name: "f", scores: [0.5, 0.6, 0.7, 0.55, 0.65, 0.75, 0.8] }, [
    { name: "better", scores: [0.6, 0.72, 0.84, 0.7, 0.8, 0.9, 0.97] },
    { name: "same", scores: [0.5, 0.6, 0.7, 0.55, 0.65, 0.75, 0.8] },
  ]).others;
  assertAlmostEquals(worse.meanDifference, -0.98 / 7, 1e-12);
  assertAlmostEquals(worse.least, -0.17, 1e-12);
  assertAlmostEquals(worse.greatest, -0.1, 1e-12);
  assertEquals([worse.verdict, worse.pValue], ["worse", 2 * 2 / 2 ** 7]);
  assertEquals([same.verdict, same.pValue, same.meanDifference], ["not shown", 1, 0]);
});

Deno.test("where nothing differs, a difference from any of four is found in less than .05 of the tables", () => {
  const rng = random(3);
  const tables = 2000;
  let found = 0;
  for (let i = 0; i < tables; i++) {
    const draw = (name: string) => ({ name, scores: series(10, () => rng.next()) });
    const { others } = compareWithEach(draw("f"), ["a", "b", "c", "d"].map(draw));
    if (others.some(({ verdict }) => verdict !== "not shown")) found++;
  }
  assert(found / tables < 0.05 + 3 * Math.sqrt(0.05 * 0.95 / tables), `${found} of ${tables}`);
});
