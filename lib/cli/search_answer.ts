/**
 * How a search ends: whether the best function differs from the baselines, a picture of the search, and what comes next.
 *
 * @module
 */
import { type Finalist, type Search, searchAnswer, searchHistory } from "../experiment/mod.ts";
import { historyPlot } from "../plots/mod.ts";
import { bestRows, bestText } from "../report/mod.ts";
import { mean } from "../statistics/mod.ts";
import { type NextCommand, printAnswer, savePicture } from "./answer.ts";
import { type StudyPlace, studyWords } from "./study_flags.ts";

/** The history of the search, with the baselines of its comparison. */
function drawHistory(experiment: Search, finalists: readonly Finalist[]) {
  const { name, settings } = experiment.study.head;
  const baselines = finalists.filter(({ role }) => role === "baseline").map(({ name, fitness }) => {
    const ended = fitness.filter(Number.isFinite);
    return { name, fitness: ended.length > 0 ? mean(ended) : NaN };
  });
  const title = `${name}: ${settings.network} on ${settings.dataset}`;
  return historyPlot(searchHistory(experiment), { title, baselines });
}

/** What the search answers, in words. */
function answerText(experiment: Search, answer: ReturnType<typeof searchAnswer>): string {
  const { network, dataset, finalists: compared } = experiment.study.head.settings;
  if (!answer) {
    return compared === 0
      ? "No function was compared with the baselines (--finalists 0): what the search found may have had luck."
      : "No function can be compared with the baselines: they have no seed in common that was trained to its end.";
  }
  const uses = experiment.testUses > 1
    ? ` The test images were used ${experiment.testUses} times in this study: they are no longer untouched.`
    : "";
  return `${bestText(answer)} All of this is about ${network} on ${dataset} with this recipe alone.${uses}`;
}

/** What can be done with a search that has ended. */
function nextCommands(study: StudyPlace, finalists: readonly Finalist[]): NextCommand[] {
  const words = studyWords(study);
  return [
    { what: "all trials", command: `study show ${words}` },
    ...finalists.length > 1 && finalists[0].seeds.length > 1
      ? [{ what: "tests of all functions compared", command: `friedman --study ${words}` }]
      : [],
    {
      what: "the best function in other networks",
      command: `evaluate --functions relu,gelu,study:${words}`,
    },
  ];
}

/** Ends a search: draws its picture, and prints the answer unless the output is JSON. */
export async function concludeSearch(experiment: Search, { finalists, study, json }: {
  readonly finalists: readonly Finalist[];
  readonly study: StudyPlace;
  readonly json: boolean;
}): Promise<void> {
  const picture = await savePicture(() => drawHistory(experiment, finalists), study);
  if (json) return;
  const answer = searchAnswer(finalists);
  printAnswer({
    text: answerText(experiment, answer),
    rows: answer && bestRows(answer),
    picture,
    study,
    next: nextCommands(study, finalists),
  });
}
