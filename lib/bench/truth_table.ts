/**
 * The table of trained functions: one line a training, with what was measured after each epoch.
 *
 * @module
 */
import { PROJECT_FOLDER } from "../project.ts";
import { csvTable, readCsv } from "../report/mod.ts";
import type { Trial } from "../study/mod.ts";
import { UserError } from "../user_error.ts";

/** The table of functions of three genes on Fashion-MNIST. */
export const TRUTH_FILE = `${PROJECT_FOLDER}data/three_gene_fashion_mnist.csv`;

/** What was measured on the validation images after an epoch. */
export interface MeasuredEpoch {
  /** In [0, 1]. */
  readonly accuracy: number;
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
}

/** What came of training a function with a seed. */
export interface TruthRow {
  readonly formula: string;
  /** Its genes; undefined for a function of the catalogue that has none. */
  readonly genome?: readonly number[];
  readonly seed: number;
  /** Whether it trained to its end. */
  readonly outcome: "complete" | "diverged" | "failed";
  /** The learning rate that was best after the first epoch; undefined where all diverged. */
  readonly learningRate?: number;
  /** The first epoch with each of the learning rates; a rate that diverged is missing. */
  readonly first: ReadonlyMap<number, MeasuredEpoch>;
  /** The epochs with the best rate, from the first on. */
  readonly epochs: readonly MeasuredEpoch[];
}

/** Accuracy / loss: the fitness of AFOS (arXiv 2409.04915). */
export function fitnessOf({ accuracy, loss }: MeasuredEpoch): number {
  return accuracy / loss;
}

/** The fitness of a training at its end; 0 where it did not come to its end. */
export function rowFitness({ outcome, epochs }: TruthRow): number {
  return outcome === "complete" ? fitnessOf(epochs.at(-1)!) : 0;
}

/** The line of a trial. */
export function truthRow({ formula, genome, seed, outcome, epochs }: Trial): TruthRow {
  const finite = epochs.filter(({ validationLoss }) => Number.isFinite(validationLoss));
  const measured = ({ validationAccuracy: accuracy, validationLoss: loss }: Trial["epochs"][number]) => ({
    accuracy,
    loss,
  });
  const first = new Map(
    finite.filter(({ epoch }) => epoch === 1).map((epoch) => [epoch.learningRate!, measured(epoch)]),
  );
  const later = finite.filter(({ epoch }) => epoch > 1);
  const learningRate = outcome.kind === "complete" ? outcome.learningRate : later[0]?.learningRate;
  const start = learningRate === undefined ? [] : [first.get(learningRate)!];
  return {
    formula,
    genome,
    seed,
    outcome: outcome.kind === "stopped" ? "complete" : outcome.kind,
    learningRate,
    first,
    epochs: [...start, ...later.map(measured)],
  };
}

/** The learning rates that were tried, the highest first. */
export function triedRates(rows: readonly TruthRow[]): number[] {
  return [...new Set(rows.flatMap(({ first }) => [...first.keys()]))].sort((a, b) => b - a);
}

/** Writes rows as CSV; the file is whole at every moment. */
export function writeTruth(path: string, rows: readonly TruthRow[]): void {
  const rates = triedRates(rows);
  const count = Math.max(0, ...rows.map(({ epochs }) => epochs.length));
  const text = csvTable({
    columns: [
      ...["formula", "genes", "seed", "outcome", "learning rate", "fitness"],
      ...rates.flatMap((rate) => [`accuracy 1 at ${rate}`, `loss 1 at ${rate}`]),
      ...Array.from({ length: Math.max(0, count - 1) }, (_, i) => [`accuracy ${i + 2}`, `loss ${i + 2}`]).flat(),
    ],
    values: rows.map((row) => [
      ...[row.formula, row.genome?.join(" ") ?? null, row.seed, row.outcome, row.learningRate ?? null],
      Number(rowFitness(row).toPrecision(6)),
      ...rates.flatMap((rate) => cells(row.first.get(rate))),
      ...Array.from({ length: Math.max(0, count - 1) }, (_, i) => cells(row.epochs[i + 1])).flat(),
    ]),
  });
  Deno.writeTextFileSync(`${path}.partial`, text);
  Deno.renameSync(`${path}.partial`, path);
}

const cells = (epoch?: MeasuredEpoch) =>
  epoch ? [Number(epoch.accuracy.toPrecision(6)), Number(epoch.loss.toPrecision(6))] : [null, null];

/** Reads rows; none where there is no file. Throws a UserError that names the file and the line. */
export function readTruth(path: string): TruthRow[] {
  let text;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  const { header, lines } = readCsv(text, { source: path });
  return lines.map(({ line, fields }) => {
    const record: Readonly<Record<string, string>> = Object.fromEntries(
      header.fields.map((name, i) => [name, fields[i]]),
    );
    const refuse = (column: string, expected: string) => {
      throw new UserError(
        `Cannot read ${path}, line ${line}: expected ${column} to be ${expected}, got ${record[column] || "nothing"}`,
      );
    };
    const number = (column: string) => {
      const value = Number(record[column] || NaN);
      return Number.isFinite(value) ? value : refuse(column, "a number");
    };
    const epoch = (suffix: string): MeasuredEpoch[] =>
      record[`loss ${suffix}`] ? [{ accuracy: number(`accuracy ${suffix}`), loss: number(`loss ${suffix}`) }] : [];
    const { formula, genes, outcome } = record;
    if (!formula) refuse("formula", "a function");
    if (outcome !== "complete" && outcome !== "diverged" && outcome !== "failed") {
      return refuse("outcome", "complete, diverged or failed");
    }
    const rates = Object.keys(record).flatMap((name) => name.startsWith("loss 1 at ") ? [name.slice(10)] : []);
    const first = new Map(
      rates.flatMap((rate) => epoch(`1 at ${rate}`).map((found) => [Number(rate), found] as const)),
    );
    const learningRate = record["learning rate"] ? number("learning rate") : undefined;
    const start = learningRate === undefined
      ? []
      : [first.get(learningRate) ?? refuse("learning rate", "one that was tried")];
    const later = Object.keys(record).filter((name) => /^loss \d+$/.test(name)).flatMap((name) => epoch(name.slice(5)));
    return {
      formula,
      ...genes && { genome: genes.split(" ").map(Number) },
      seed: number("seed"),
      outcome,
      learningRate,
      first,
      epochs: [...start, ...later],
    };
  });
}
