/**
 * How an evaluation ends: whether the best function differs from the others, a picture of the results, and what comes
 * next.
 *
 * @module
 */
import type { EvaluationResult } from "../experiment/mod.ts";
import { comparisonDiagram, fitnessPlot, type Plot } from "../plots/mod.ts";
import { bestRows, type EvaluationAnswer, evaluationAnswer, evaluationAnswerText } from "../report/mod.ts";
import { visibleText } from "../visible_text.ts";
import { printAnswer, savePicture } from "./answer.ts";
import { type StudyPlace, studyWords } from "./study_flags.ts";

/** Mean ranks over cases where they can be compared; else the test accuracy of every training. */
function draw(
  answer: EvaluationAnswer,
  { results, title }: { readonly results: readonly EvaluationResult[]; readonly title: string },
): Promise<Plot> {
  if (answer.kind === "ranks" && answer.comparison.columns.length > 2) {
    return comparisonDiagram(answer.comparison, { title: `${title}: mean ranks` });
  }
  const cases = new Set(results.map((result) => result.case)).size;
  const groups = Map.groupBy(results, (result) => cases > 1 ? `${result.function}, ${result.case}` : result.function);
  const functions = [...groups].map(([name, own]) => ({
    name,
    fitness: own.map(({ testAccuracy }) => testAccuracy === null ? NaN : 100 * testAccuracy),
  }));
  return fitnessPlot(functions, {
    title: `${title}: ${cases > 1 ? "all cases" : results[0]?.case}`,
    label: "test accuracy (%)",
  });
}

/** Says on stderr which trainings failed and why; how many. */
export function reportFailures(results: readonly EvaluationResult[]): number {
  const failed = results.filter(({ failure }) => failure !== null);
  for (const { case: place, function: one, seed, failure } of failed) {
    console.error(visibleText(`${one} in ${place} with seed ${seed} could not be trained: ${failure}`));
  }
  return failed.length;
}

/** Which function stands behind the name of each study's best, in sentences. */
export function foundText(results: readonly EvaluationResult[]): string {
  const found = results.filter((result) => result.function.startsWith("best of "));
  return [...new Set(found.map((result) => `${result.function} is ${result.formula}. `))].join("");
}

/** Ends an evaluation: draws its picture, and prints the answer unless the output is JSON. */
export async function concludeEvaluation(
  results: readonly EvaluationResult[],
  { study, json }: { readonly study: StudyPlace; readonly json: boolean },
): Promise<void> {
  const answer = evaluationAnswer(results);
  const picture = await savePicture(() => draw(answer, { results, title: study.name }), study);
  if (json) return;
  const words = studyWords(study);
  const more = answer.kind === "seeds" && answer.best.comparison.seeds < answer.best.comparison.fewestSeeds
    ? answer.best.comparison.fewestSeeds
    : undefined;
  printAnswer({
    text: foundText(results) + evaluationAnswerText(answer),
    rows: answer.kind === "seeds" ? bestRows(answer.best) : [],
    picture,
    study,
    next: [
      ...answer.kind !== "ranks" ? [] : [{ what: "all tests and tables", command: `friedman --study ${words}` }],
      ...more === undefined
        ? []
        : [{ what: "as many seeds as can tell", command: `evaluate --study ${words} --seeds ${more}` }],
      { what: "all trials", command: `study show ${words}` },
    ],
  });
}
