/**
 * The final comparison: which functions are trained with which seeds, and what came of it. It does not train.
 *
 * @module
 */
import { catalog, type CatalogName, catalogName, encodeGenome, format, identityKey, parse } from "../activation/mod.ts";
import { random } from "../random.ts";
import { type JsonRecord, type Study, type Trial, trialFitness, trialScores, type TrialSpec } from "../study/mod.ts";
import type { ComparisonSettings } from "./search_settings.ts";

/** A function of the final comparison. */
export interface Contender {
  /** The name in tables: of the catalogue, or "found 1". */
  readonly name: string;
  /** The function as a text. */
  readonly formula: string;
  /** Its genome, where it has one. */
  readonly genes?: readonly number[];
  /** Whether the search found it, or it is one of the known functions. */
  readonly role: "found" | "baseline";
  /** The same for equal functions, see `identityKey`. */
  readonly identity: string;
}

/** A contender with its results, one of each list a seed; NaN where the training did not end. */
export interface Finalist extends Contender {
  /** Seeds of the trainings, none of them used by the search. */
  readonly seeds: readonly number[];
  /** Validation accuracy / validation loss. */
  readonly fitness: readonly number[];
  /** In [0, 1]. */
  readonly validationAccuracy: readonly number[];
  /** Mean cross-entropy, in nats. */
  readonly validationLoss: readonly number[];
  /** In [0, 1]. */
  readonly testAccuracy: readonly number[];
}

/** The best functions of a search: trials that trained to their end, the best first. */
export function bestTrials(trials: readonly Trial[], count: number): Trial[] {
  return trials.filter(({ label, outcome }) => label === "search" && outcome.kind === "complete")
    .sort((a, b) => trialFitness(b) - trialFitness(a) || a.number - b.number)
    .slice(0, count);
}

const FINALISTS_NOTE = "finalists";

/** Keeps which trials of a search a race selected, in their order. */
export function noteFinalists(study: Study, finalists: readonly Trial[]): void {
  const text = JSON.stringify(finalists.map(({ number }) => number));
  if (study.notes().get(FINALISTS_NOTE) !== text) study.note(FINALISTS_NOTE, text);
}

/** The functions of a search that are compared: those that a race selected, or its best. */
export function foundTrials(
  study: Study,
  { finalists, race }: Pick<ComparisonSettings, "finalists" | "race">,
): Trial[] {
  const noted = race > finalists ? study.notes().get(FINALISTS_NOTE) : undefined;
  if (noted === undefined) return bestTrials(study.trials(), finalists);
  const byNumber = new Map(study.trials().map((trial) => [trial.number, trial]));
  return (JSON.parse(noted) as number[]).flatMap((number) => byNumber.get(number) ?? []);
}

/** Functions that a search found, and the baselines. */
export function contenders(
  trials: readonly Trial[],
  options: { readonly baselines: readonly string[] },
): Contender[] {
  const known = options.baselines.map((name) => {
    const e = catalog[name as CatalogName];
    return { name, formula: format(e), genes: encodeGenome(e), role: "baseline", identity: identityKey(e) } as const;
  });
  const found = trials.map(({ formula, genome, identity }, i) => {
    const same = known.find((baseline) => baseline.identity === identity);
    const proven = catalogName(parse(formula));
    const equal = same &&
      (proven === same.name ? ` (= ${same.name})` : ` (equals ${same.name} at the points looked at)`);
    return { name: `found ${i + 1}${equal ?? ""}`, formula, genes: genome, role: "found", identity } as const;
  });
  return [...found, ...known];
}

/** The trials of a final comparison: every contender with every seed; none of them is the search's. */
export function finalTrials(contenders: readonly Contender[], { seed, finalSeeds, recipe }: {
  readonly seed: number;
  readonly finalSeeds: number;
  readonly recipe: JsonRecord;
}): TrialSpec[] {
  const seeds = Array.from({ length: finalSeeds }, (_, i) => random(seed).seed(`final ${i + 1}`));
  return contenders.flatMap(({ formula, genes, identity }) =>
    seeds.map((seed) => ({ label: "final", formula, genome: genes, identity, recipe, seed, test: true }))
  );
}

/** The contenders with what came of their trials. */
export function finalists(contenders: readonly Contender[], trials: readonly Trial[]): Finalist[] {
  return contenders.map((contender) => {
    // a function that was found and is a baseline, too, is trained once, and asked for twice
    const own = [...new Set(trials)].filter(({ label, identity }) =>
      label === "final" && identity === contender.identity
    );
    const scores = own.map(trialScores);
    return {
      ...contender,
      seeds: own.map((trial) => trial.seed),
      fitness: own.map((trial) => trial.outcome.kind === "failed" ? NaN : trialFitness(trial)),
      validationAccuracy: scores.map((score) => score?.validationAccuracy ?? NaN),
      validationLoss: scores.map((score) => score?.validationLoss ?? NaN),
      testAccuracy: scores.map((score) => score?.testAccuracy ?? NaN),
    };
  });
}
