import { assert, assertEquals } from "@std/assert";
import { contestant } from "./contestant.ts";
import type { GridCase } from "./grid.ts";
import { InlineExecutor } from "../study/executor.ts";
import { createStudy } from "../study/studies.ts";
import type { JsonRecord } from "../study/json.ts";
import type { Outcome } from "../training/mod.ts";
import { Evaluation } from "./evaluation.ts";
import type { EvaluationPlan } from "./evaluation_plan.ts";
import { EVALUATION_COLUMNS } from "./evaluation_results.ts";

function gridCase(network: string, dataset: string): GridCase {
  const recipe = {
    learningRate: 0.5,
    learningRates: [0.25, 0.5],
    imageSize: 8,
    epochs: 3,
    batchSize: 4,
  } as unknown as GridCase["recipe"];
  return {
    name: `${network}/${dataset}`,
    network,
    dataset,
    recipe,
    images: { train: 8, validation: 4, test: 4 },
    conditions: { network, dataset, imageSize: 8 },
  };
}

const PLAN: EvaluationPlan = {
  budget: "quick",
  cases: [gridCase("phi", "cifar-10"), gridCase("cct", "fashion-mnist")],
  missing: [],
  found: {},
  contestants: ["relu", "eelu2", "exp(x)"].map(contestant),
  seed: 1,
  seeds: 2,
  tuned: true,
};

const ENGINE = { name: "javascript", version: "0", device: "cpu", kernel: false, bfloat16: false } as const;

/** An evaluation over a toy executor: the second of three epochs is the best, exp(x) diverges, `run` counts trials. */
function toyEvaluation(
  plan: EvaluationPlan,
  study = createStudy({ name: "toy", seed: 1, settings: {} }),
) {
  const ran: string[] = [];
  const executor = new InlineExecutor<JsonRecord>(({ formula, recipe, test }, { onEpoch }): Outcome => {
    ran.push(formula);
    if (formula === "exp(x)") return { kind: "diverged", fitness: 0, epoch: 1 };
    const rates = recipe.learningRates as readonly number[] | undefined;
    const measured = { trainLoss: 1, validationLoss: 1, seconds: 1, images: 8 };
    // the first of the rates goes on
    for (const learningRate of rates?.toReversed() ?? []) {
      onEpoch({ ...measured, epoch: 1, validationAccuracy: learningRate === rates![0] ? 0.25 : 0.1, learningRate });
    }
    for (const [i, accuracy] of [0.25, 0.75, 0.5].entries()) {
      if (i === 0 && rates) continue;
      onEpoch({ ...measured, epoch: i + 1, validationAccuracy: accuracy, ...rates && { learningRate: rates[0] } });
    }
    const scores = { fitness: 1, validationAccuracy: 0.75, validationLoss: 1, ...rates && { learningRate: rates[0] } };
    return { kind: "complete", ...scores, ...test && { testAccuracy: 0.625, testLoss: 2 } };
  });
  return { evaluation: new Evaluation(study, executor, { plan, engine: ENGINE }), ran, study };
}

Deno.test("an evaluation: what is to do, learning rates, results, and what was searched on", async () => {
  const { evaluation, ran } = toyEvaluation(PLAN);
  assertEquals(evaluation.results(), []);
  const work = await evaluation.estimate();
  assertEquals([work.trials, work.ended], [12, 0]);
  assert(work.seconds !== undefined && work.seconds >= 0);
  ran.length = 0; // the estimate's
  assertEquals(await evaluation.run(), true);
  assertEquals(ran.length, 12);

  const results = evaluation.results();
  assertEquals(
    results.filter(({ seed }) => seed === results[0].seed).map((result) => [
      ...[result.case, result.function, result.searched, result.learningRate],
      ...[result.score, result.testAccuracy, result.bestEpoch, result.epochs, result.diverged],
    ]),
    [
      ["phi/cifar-10", "relu", true, 0.25, 0.625, 0.625, 2, 3, false],
      ["phi/cifar-10", "eelu2", true, 0.25, 0.625, 0.625, 2, 3, false],
      ["phi/cifar-10", "exp(x)", true, 0.5, 0, null, null, 0, true],
      ["cct/fashion-mnist", "relu", false, 0.25, 0.625, 0.625, 2, 3, false],
      ["cct/fashion-mnist", "eelu2", false, 0.25, 0.625, 0.625, 2, 3, false],
      ["cct/fashion-mnist", "exp(x)", false, 0.5, 0, null, null, 0, true],
    ],
  );
  assertEquals(new Set(results.map(({ seed }) => seed)).size, 2);
  for (const column of EVALUATION_COLUMNS) assert(results.every((result) => result[column] !== undefined));
  const { ended, budget, tuned, functions } = evaluation.report();
  assertEquals([ended, budget, tuned, functions.eelu2], [true, "quick", true, contestant("eelu2").formula]);
});

Deno.test("what a study has is not trained again, and more functions and seeds are added to it", async () => {
  const first = toyEvaluation({ ...PLAN, seeds: 1, contestants: PLAN.contestants.slice(0, 1) });
  await first.evaluation.run();
  const second = toyEvaluation(PLAN, first.study);
  assertEquals((await second.evaluation.estimate()).ended, 2);
  second.ran.length = 0;
  await second.evaluation.run();
  assertEquals(second.ran.length, 12 - 2);
  assertEquals(second.evaluation.results().length, 12);
});

Deno.test("the times of trials without tried learning rates say nothing of those with them", async () => {
  const { evaluation, study } = toyEvaluation({ ...PLAN, tuned: false, seeds: 1 });
  await evaluation.run();
  for (const [tuned, measured] of [[true, 2], [false, 0]] as const) {
    const again = toyEvaluation({ ...PLAN, tuned }, study);
    await again.evaluation.estimate();
    // a few steps of EELU-2 for each case
    assertEquals(again.ran, Array(measured).fill(contestant("eelu2").formula));
  }
});

Deno.test("an interrupted evaluation says so, and has the results until then", async () => {
  const { evaluation } = toyEvaluation({ ...PLAN, tuned: false });
  const controller = new AbortController();
  let count = 0;
  const onEvent = ({ kind }: { kind: string }) => {
    if (kind === "ended" && ++count === 5) controller.abort();
  };
  assertEquals(await evaluation.run({ signal: controller.signal, onEvent }), false);
  assertEquals(evaluation.report().ended, false);
  const { length } = evaluation.results();
  assert(length >= 5 && length < 12, `${length} results`);
  assertEquals(await evaluation.run(), true);
  assertEquals(evaluation.results().length, 12);
});
