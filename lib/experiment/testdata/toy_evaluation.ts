/**
 * A study of an evaluation in which nothing is trained, for tests.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { gridTrials } from "../grid.ts";
import { InlineExecutor } from "../../study/executor.ts";
import type { Study } from "../../study/study.ts";
import { createStudy } from "../../study/studies.ts";
import { planEvaluation } from "../evaluation_plan.ts";
import { withSettings } from "../evaluation_study.ts";

const RECIPE = {
  optimizer: "adam",
  learningRate: 0.001,
  learningRates: [0.001],
  epochs: 1,
  batchSize: 16,
  imageSize: 32,
  trainImages: 96,
  validationImages: 50,
  testImages: 100,
};

const SMALL_NETWORK = fileURLToPath(new URL("../../models/testdata/small_network.ts", import.meta.url));

/** Three networks on Fashion-MNIST, one of them a user's own, and one on data that are not here. */
const CASES = {
  recipes: { small: RECIPE },
  cases: [
    ...["phi", "cct"].map((network) => ({ network, dataset: "fashion-mnist" })),
    { name: "mine", network: SMALL_NETWORK, dataset: "fashion-mnist" },
    { name: "elsewhere", network: "phi", dataset: "folder:none" },
  ].map((one) => ({ ...one, full: "small", quick: "small" })),
};

/** What {@linkcode toyEvaluationStudy} compares. */
export const TOY_FUNCTIONS: readonly string[] = ["relu", "swish", "tanh"];

/**
 * A study of three functions in three cases with two seeds, whose test accuracies follow from the formula's length, of
 * which the first `trials` have ended; in the file `path`, beside which its cases are written.
 */
export async function toyEvaluationStudy(
  { path, folder, trials }: { readonly path: string; readonly folder: string; readonly trials: number },
): Promise<Study> {
  const cases = `${folder}/toy_cases.json`;
  await Deno.writeTextFile(cases, JSON.stringify(CASES));
  const request = { cases, functions: TOY_FUNCTIONS, seeds: 2 };
  const planned = await planEvaluation(request, { folder, fetch: false });
  const settings = { purpose: "evaluation", engine: "tensorflow" };
  const plan = withSettings(planned, settings);
  const study = createStudy({ name: "toy", seed: 1, settings }, { path });
  study.note("request", JSON.stringify(request));
  const executor = new InlineExecutor(({ formula }) => {
    const validationAccuracy = formula.length / 100;
    const scores = { fitness: 1, validationAccuracy, validationLoss: 1 };
    return { kind: "complete", ...scores, testAccuracy: validationAccuracy / 2, testLoss: 1 };
  });
  await study.run(gridTrials(plan).slice(0, trials).map(({ spec }) => spec), { executor });
  return study;
}
