/**
 * The trainings of an evaluation out of CSV: a row for each, with network, data set, function, seed and score.
 *
 * @module
 */
import type { ScoreTable } from "../statistics/mod.ts";
import { UserError } from "../user_error.ts";
import type { CaseScore } from "./case_scores.ts";
import {
  checkColumns,
  type CsvSource,
  readCsv,
  readName,
  readScore,
  type ReadScoresOptions,
  readSeed,
} from "./csv_lines.ts";
import { dataNotes } from "./data_notes.ts";
import { seedMeans } from "./seed_means.ts";

/** One training with its place in the comparison. */
export interface Training extends CaseScore {
  /** The network's name. */
  readonly network: string;
  /** The data set's name. */
  readonly dataset: string;
  /** In what the images differ from the published ones, where they do. */
  readonly edition?: string | null;
  /** How the set was split, where it has no official parts. */
  readonly split?: string | null;
}

/** Mean scores with the network of each case. */
export interface CaseTable extends ScoreTable {
  /** The network of each row. */
  readonly networks: readonly string[];
}

const COLUMNS = ["network", "dataset", "function", "seed", "score", "diverged"] as const;

/**
 * Reads what `deno task evaluate --csv` writes; columns beside those of a {@linkcode Training} are left alone. Without a
 * column `case` a case is NETWORK/DATASET. Throws a UserError that names the source and what was expected there.
 */
export function readTrainings(content: CsvSource, { source }: ReadScoresOptions): Training[] {
  const { header, lines } = readCsv(content, { source });
  const names = header.fields;
  const lacking = COLUMNS.filter((name) => !names.includes(name));
  if (lacking.length > 0) {
    throw new UserError(
      `Cannot read ${source}: expected a row for each training with the columns ${COLUMNS.join(", ")}, ` +
        `got none named ${lacking.join(", ")}`,
    );
  }
  checkColumns(header, names, { source });
  return lines.map(({ line, fields }) => {
    const field = (name: string) => fields[names.indexOf(name)] ?? "";
    const place = (name: string) => `${source}, line ${line}, column "${name}"`;
    const named = (name: string) => readName(field(name), place(name));
    const score = readScore(field("score"), place("score"));
    return {
      case: names.includes("case") ? named("case") : `${named("network")}/${named("dataset")}`,
      network: named("network"),
      dataset: named("dataset"),
      function: named("function"),
      seed: readSeed(field("seed")),
      score: Number.isNaN(score) ? null : score,
      diverged: field("diverged") === "true",
      searched: field("searched") === "true",
      edition: field("edition") || null,
      split: field("split") || null,
    };
  });
}

/** The mean score over seeds of each function in each case, NaN where a training has none. */
export function caseTable(trainings: readonly Training[]): CaseTable {
  const seeded = trainings.map((training) => ({ ...training, score: training.score ?? NaN }));
  const { functions, cases, first, scores, partial } = seedMeans(seeded);
  return {
    functions,
    cases,
    networks: first.map(({ network }) => network),
    datasets: first.map(({ dataset }) => dataset),
    scores,
    partial,
    searched: cases.filter((_, i) => first[i].searched),
    notes: dataNotes(first),
  };
}
