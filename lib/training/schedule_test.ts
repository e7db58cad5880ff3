import { assertAlmostEquals, assertEquals } from "@std/assert";
import { learningRateAt } from "./schedule.ts";

// (1 + cos πt) / 2 at t = 0, 1/3, 1/2, 2/3
for (const { step, factor } of [{ step: 0, factor: 1 }, { step: 4, factor: 0.75 }, { step: 8, factor: 0.25 }]) {
  Deno.test(`cosine at step ${step} of 12`, () => {
    assertAlmostEquals(learningRateAt(step, { schedule: "cosine", learningRate: 0.2, steps: 12 }), 0.2 * factor, 1e-15);
  });
}

Deno.test("a constant rate is the same at each step", () => {
  const options = { schedule: "constant", learningRate: 0.2, steps: 3 } as const;
  assertEquals([0, 1, 2].map((step) => learningRateAt(step, options)), [0.2, 0.2, 0.2]);
});
