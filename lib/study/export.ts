/**
 * The trials of a study as text for other programs, without hidden characters: CSV (RFC 4180) and JSON.
 *
 * @module
 */
import { visibleJson, visibleLines } from "../visible_text.ts";
import { canonicalJson } from "./json.ts";
import type { StudyHead } from "./store.ts";
import { recipeText, type Trial, trialScores } from "./trial.ts";

type Cell = string | number | boolean | undefined;

const COLUMNS: Readonly<Record<string, (trial: Trial) => Cell>> = {
  number: ({ number }) => number,
  label: ({ label }) => label,
  status: ({ outcome }) => outcome.kind,
  formula: ({ formula }) => formula,
  genome: ({ genome }) => genome?.join(" "),
  identity: ({ identity }) => identity,
  seed: ({ seed }) => seed,
  test: ({ test }) => test,
  recipe: ({ recipe }) => recipeText(recipe),
  origin: ({ origin }) => origin && canonicalJson(origin),
  fitness: ({ outcome }) => outcome.kind === "failed" ? undefined : outcome.fitness,
  validationAccuracy: (trial) => trialScores(trial)?.validationAccuracy,
  validationLoss: (trial) => trialScores(trial)?.validationLoss,
  testAccuracy: (trial) => trialScores(trial)?.testAccuracy,
  testLoss: (trial) => trialScores(trial)?.testLoss,
  divergedEpoch: ({ outcome }) => outcome.kind === "diverged" ? outcome.epoch : undefined,
  reason: ({ outcome }) => outcome.kind === "failed" ? outcome.reason : undefined,
  epochs: ({ epochs }) => epochs.length,
  startedAt: ({ startedAt }) => startedAt,
  seconds: ({ seconds }) => seconds,
  attempts: ({ attempts }) => attempts,
  workerPid: ({ workerPid }) => workerPid,
  machine: ({ machine }) => machine && `${machine.host}: ${machine.kind}`,
};

function quote(cell: Cell): string {
  const text = visibleLines(String(cell ?? ""));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The lines of trials as CSV: a header, then one for each trial, with CRLF line ends. What is missing is empty. */
export function* trialsCsv(trials: readonly Trial[]): Generator<string, void, void> {
  yield `${Object.keys(COLUMNS).join(",")}\r\n`;
  for (const trial of trials) yield `${Object.values(COLUMNS).map((cell) => quote(cell(trial))).join(",")}\r\n`;
}

/** A study as one JSON document: its head, and its trials with their epochs. NaN and the infinities become texts. */
export function studyJson(head: StudyHead, trials: readonly Trial[]): string {
  return visibleJson(
    { ...head, trials },
    (_, value) => typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
}
