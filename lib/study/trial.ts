/**
 * A trial: a function, a recipe and a seed, and what came of training the one by the others. Immutable records.
 *
 * @module
 */
import type { Epoch, Outcome, Scores } from "../training/mod.ts";
import { canonicalJson, type JsonRecord } from "./json.ts";

/** A trial to run. */
export interface TrialJob<R = unknown> {
  /** The function as a text. */
  readonly formula: string;
  /** Everything that decides how the function is trained. */
  readonly recipe: R;
  /** Everything random in the trial comes from it. */
  readonly seed: number;
  /** Whether the trained network is also measured on the test images. */
  readonly test: boolean;
}

/** A trial that is asked for. What it was for and where it comes from decides nothing in training. */
export interface TrialSpec<R = JsonRecord> extends TrialJob<R> {
  /** The same text for equal functions, different for different ones. */
  readonly identity: string;
  /** What it is for: "search", "final", … */
  readonly label: string;
  /** The function's genes, where it has them. */
  readonly genome?: readonly number[];
  /** Where the function comes from: its generation, its parents, the operator that made it. */
  readonly origin?: JsonRecord;
}

/** A trial that could not be run, for a fault of the function or of the network. */
export interface FailedOutcome {
  /** The tag of this outcome. */
  readonly kind: "failed";
  /** What went wrong with the last attempt; the first line says it in short. */
  readonly reason: string;
  /** How many times it was tried. */
  readonly attempts: number;
}

/** What came of a trial. */
export type TrialOutcome = Outcome | FailedOutcome;

/** Every status of a trial, in the order in which tables show them. An interrupted one was begun by a dead process. */
export const TRIAL_STATUSES = ["complete", "stopped", "diverged", "failed", "running", "interrupted"] as const;

/** Where a trial stands. */
export type TrialStatus = typeof TRIAL_STATUSES[number];

/** How a trial went. */
export interface TrialResult {
  /** What was measured, epoch by epoch. */
  readonly epochs: readonly Epoch[];
  /** What came of it. */
  readonly outcome: TrialOutcome;
  /** When the attempt began that gave the outcome (ISO 8601, UTC). */
  readonly startedAt: string;
  /** Wall time of that attempt. */
  readonly seconds: number;
  /** How many attempts it took, from 1. */
  readonly attempts: number;
  /** The process that ran it, where it was another one. */
  readonly workerPid?: number;
  /** The machine that ran it, where it came through a queue. */
  readonly machine?: TrialMachine;
}

/** A machine that trains for others. */
export interface TrialMachine {
  /** Its name. */
  readonly host: string;
  /** What computes there: engine, version, device, processor. */
  readonly kind: string;
}

/** A trial that has begun and not ended. */
export interface StartedTrial<R = JsonRecord> extends TrialSpec<R> {
  /** Counted from 0 in the order in which the trials were asked for. */
  readonly number: number;
  /** When its latest attempt began (ISO 8601, UTC). */
  readonly startedAt: string;
}

/** A trial that has ended. */
export interface Trial<R = JsonRecord> extends TrialSpec<R>, TrialResult {
  /** Counted from 0 in the order in which the trials were asked for. */
  readonly number: number;
}

/** The texts of recipes, which many trials share and which never change. */
const recipeTexts = new WeakMap<object, string>();

/** The same text for equal recipes, in whatever order their fields are; it is JSON. */
export function recipeText(recipe: unknown): string {
  if (typeof recipe !== "object" || recipe === null) return canonicalJson(recipe);
  let text = recipeTexts.get(recipe);
  if (text === undefined) recipeTexts.set(recipe, text = canonicalJson(recipe));
  return text;
}

/** The same text for trials that must give the same result: of equal functions with the same recipe and seed. */
export function trialKey(
  { identity, recipe, seed, test }: Pick<TrialSpec<unknown>, "identity" | "recipe" | "seed" | "test">,
): string {
  return `${JSON.stringify([identity, seed, test])}${recipeText(recipe)}`;
}

/** The fitness of a trial: that of its outcome, 0 of a failed one. */
export function trialFitness({ outcome }: Pick<Trial, "outcome">): number {
  return outcome.kind === "failed" ? 0 : outcome.fitness;
}

/** The scores of a trial that has any. */
export function trialScores({ outcome }: Pick<Trial, "outcome">): Scores | undefined {
  return outcome.kind === "complete" || outcome.kind === "stopped" ? outcome : undefined;
}

/** Makes sure that an outcome can be compared and kept. Throws a RangeError that names the value. */
export function checkOutcome<O extends TrialOutcome>(outcome: O): O {
  for (const [name, value] of Object.entries<unknown>({ ...outcome })) {
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new RangeError(`Cannot take the outcome "${outcome.kind}": expected a finite ${name}, got ${value}`);
    }
  }
  return outcome;
}
