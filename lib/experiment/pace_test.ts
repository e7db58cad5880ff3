import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { catalog, format } from "../activation/mod.ts";
import { type Executor, InlineExecutor, type TrialJob } from "../study/mod.ts";
import type { Epoch, Outcome, Recipe } from "../training/mod.ts";
import { UserError } from "../user_error.ts";
import { measurePace, trialSeconds } from "./pace.ts";
import { planSearch, searchRecipe } from "./search_settings.ts";

const MACHINE = { engine: "tensorflow", engineVersion: "test", kernel: true, bfloat16: true, splitSeed: 1 };
const RECIPE: Recipe = {
  ...searchRecipe(planSearch({}, MACHINE)),
  batchSize: 32,
  trainImages: 1000,
  validationImages: 400,
};

const COMPLETE: Outcome = { kind: "complete", fitness: 1, validationAccuracy: 0.5, validationLoss: 1 };
const epoch = (number: number, seconds: number): Epoch => (
  { epoch: number, trainLoss: 1, validationLoss: 1, validationAccuracy: 0.5, seconds, images: 128 }
);

/** An executor of as many workers as there are lists of their epochs' seconds; a trial takes 3 s beside its epochs. */
function workers(epochs: readonly (readonly number[])[]): { executor: Executor; jobs: TrialJob<Recipe>[] } {
  const jobs: TrialJob<Recipe>[] = [];
  const executor: Executor = {
    capacity: epochs.length,
    run(job) {
      const own =
        epochs[jobs.push(job as TrialJob<Recipe>) - 1 - epochs.length * Math.floor((jobs.length - 1) / epochs.length)];
      const seconds = own.reduce((a, b) => a + b, 3);
      const outcome: Outcome = own.length < 2 ? { kind: "diverged", fitness: 0, epoch: own.length } : COMPLETE;
      const measured = own.map((time, i) => epoch(i + 1, time));
      return Promise.resolve({
        kind: "ended",
        result: { epochs: measured, outcome, startedAt: new Date(0).toISOString(), seconds, attempts: 1 },
      });
    },
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { executor, jobs };
}

Deno.test("the pace is that of the second epoch, and the mean of all workers", async () => {
  const { executor, jobs } = workers([[9, 1], [8, 4]]);
  const pace = await measurePace(RECIPE, { executor, steps: 4 });
  // 4 steps of 32 images: 128 a second on one worker, 32 on the other.
  assertEquals(pace, { imagesPerSecond: (128 + 32) / 2, secondsPerTrial: 3 });
  for (const { formula, recipe, test } of jobs) {
    assertEquals([formula, test], [format(catalog.eelu2), false]);
    const { learningRates: _, ...untuned } = RECIPE;
    assertEquals(recipe, { ...untuned, trainImages: 128, validationImages: 250, epochs: 2 });
  }
  assertEquals(jobs.length, 2);
});

Deno.test("no more images than the recipe has; a first trial to warm up is not counted", async () => {
  const { executor, jobs } = workers([[1, 1]]);
  const few = { ...RECIPE, trainImages: 100, validationImages: 20 };
  assertEquals(await measurePace(few, { executor, steps: 12, warmUp: true }), {
    imagesPerSecond: 100,
    secondsPerTrial: 3,
  });
  assertEquals(jobs.map(({ recipe }) => [recipe.trainImages, recipe.validationImages]), [[100, 20], [100, 20]]);
  const all = { ...RECIPE, trainImages: null, validationImages: null };
  await measurePace(all as unknown as Recipe, { executor, steps: 2 });
  assertEquals([jobs[2].recipe.trainImages, jobs[2].recipe.validationImages], [64, 250]);
});

Deno.test("where the pace cannot be measured, the reason is said in one line", async () => {
  const { executor } = workers([[1, 1], [1]]);
  assertEquals(await measurePace(RECIPE, { executor, steps: 2 }), { failure: "EELU-2 diverged in its first steps" });
  const broken = new InlineExecutor(() => {
    throw new TypeError("no such kernel\n    at somewhere");
  });
  assertEquals(await measurePace(RECIPE, { executor: broken, steps: 2 }), { failure: "no such kernel" });
  const aborted = await measurePace(RECIPE, { executor: broken, steps: 2, signal: AbortSignal.abort() });
  assertEquals(aborted, { failure: undefined });
  const faulty = new InlineExecutor(() => {
    throw new UserError("no engine");
  });
  await assertRejects(() => measurePace(RECIPE, { executor: faulty, steps: 2 }), UserError, "no engine");
});

Deno.test("a trial's time: an image evaluated costs a third of one trained on, each epoch validates, the test is once", () => {
  const pace = { imagesPerSecond: 100, secondsPerTrial: 2 };
  const images = { train: 600, validation: 300, test: 900 };
  assertAlmostEquals(trialSeconds(pace, { epochs: 1, images: { ...images, validation: 0, test: 0 } }), 6 + 2, 1e-12);
  assertAlmostEquals(trialSeconds(pace, { epochs: 4, images }), 4 * (6 + 1) + 3 + 2, 1e-12);
  assertAlmostEquals(trialSeconds(pace, { epochs: 2, rates: 3, images }), 4 * (6 + 1) + 3 + 2, 1e-12);
  assert(trialSeconds(pace, { epochs: 4, images: { ...images, test: 0 } }) < trialSeconds(pace, { epochs: 4, images }));
});
