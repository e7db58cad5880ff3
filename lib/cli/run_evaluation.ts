/**
 * Runs an evaluation for a command: says on stderr what is compared, what is left out and how long it takes, then how far
 * it is. It prints no results.
 *
 * @module
 */
import { counted } from "../counted.ts";
import type { Evaluation, EvaluationEstimate } from "../experiment/mod.ts";
import { formatDuration } from "../duration.ts";
import { progressDisplay, trialProgress } from "./progress.ts";

/** Runs the evaluation; resolves to whether it ran to its end. */
export async function runEvaluation(evaluation: Evaluation, { signal }: { signal: AbortSignal }): Promise<boolean> {
  const { study, engine, executor, plan } = evaluation;
  console.error(
    `study ${study.head.name}, seed ${plan.seed}, ${plan.budget}: ${counted(plan.cases.length, "case")}, ` +
      `${counted(plan.contestants.length, "function")}, ${counted(plan.seeds, "seed")}, ` +
      `${plan.tuned ? "learning rates by validation" : "one learning rate a case"}, ` +
      `${engine.name} ${engine.version} on ${engine.device}, ${counted(executor.capacity, "worker")}`,
  );
  for (const [dataset, cases] of Map.groupBy(plan.missing, (one) => one.dataset)) {
    console.error(`left out: ${cases.map(({ name }) => name).join(", ")}: no data of ${dataset} (${cases[0].reason})`);
  }
  const work = await estimate(evaluation, { signal });
  if (signal.aborted) return false;
  const left = work.trials - work.ended;
  console.error(
    `about ${formatDuration(work.seconds ?? 0)} for ${counted(left, "trial")}` +
      `${work.ended > 0 ? `; ${work.ended} have ended before` : ""}`,
  );
  for (const { name, reason } of work.unmeasured ?? []) {
    console.error(`without the time of ${name}, which could not be measured: ${reason}`);
  }
  using progress = trialProgress("trials", { total: work.trials });
  return await evaluation.run({ signal, onEvent: progress.onEvent });
}

async function estimate(
  evaluation: Evaluation,
  options: { readonly signal: AbortSignal },
): Promise<EvaluationEstimate> {
  using display = progressDisplay();
  display.show({ name: "measuring how long it takes" });
  return await evaluation.estimate(options);
}
