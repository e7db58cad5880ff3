import { assertEquals } from "@std/assert";
import { seedMeans } from "./seed_means.ts";

const trainings = (name: string, scores: readonly number[]) =>
  scores.map((score, seed) => ({ case: "x", function: name, seed, score }));

Deno.test("means over seeds: what is missing is NaN, and what has fewer seeds than others of its case is told", () => {
  const rows = [...trainings("a", [0.1 + 0.2, 0.5]), ...trainings("b", [0.1 + 0.2]), ...trainings("c", [NaN, 1])];
  const { functions, cases, scores, partial } = seedMeans(rows);
  assertEquals([functions, cases, scores], [["a", "b", "c"], ["x"], [[0.4, 0.1 + 0.2, NaN]]]);
  assertEquals(partial, [{ case: "x", function: "b", seeds: 1, of: 2 }]);
});
