/**
 * The long form of scores: a row for each training, with the case, the function, the seed and the score. It does not read
 * CSV itself.
 *
 * @module
 */
import type { ScoreTable } from "../statistics/mod.ts";
import { UserError } from "../user_error.ts";
import { type CsvLine, readName, readScore, type ReadScoresOptions } from "./csv_lines.ts";
import { seedMeans } from "./seed_means.ts";

interface Training {
  readonly line: number;
  readonly case: string;
  readonly dataset?: string;
  readonly function: string;
  readonly seed: string;
  readonly score: number;
  readonly searched: boolean;
}

function trainings(names: readonly string[], lines: readonly CsvLine[], { source }: ReadScoresOptions): Training[] {
  const column = (name: string) => names.indexOf(name);
  const [ofCase, network, dataset, seed] = ["case", "network", "dataset", "seed"].map(column);
  if (ofCase === -1 && (network === -1 || dataset === -1)) {
    throw new UserError(
      `Cannot read ${source}: expected a column case, or network and dataset, got ${names.join(", ")}`,
    );
  }
  const named = ofCase === -1 ? [network, dataset] : [ofCase];
  return lines.map(({ line, fields }) => {
    const place = (name: string) => `${source}, line ${line}, column "${name}"`;
    const text = (column: number) => readName(fields[column], place(names[column]));
    return {
      line,
      case: named.map(text).join(" / "),
      ...dataset !== -1 && { dataset: text(dataset) },
      function: fields[column("function")],
      seed: seed === -1 ? "" : fields[seed],
      searched: fields[column("searched")] === "true",
      score: readScore(fields[column("score")], place("score")),
    };
  });
}

/** Refuses what stands there twice, and a case with two data sets. */
function check(rows: readonly Training[], { source }: ReadScoresOptions): void {
  const [seen, datasets] = [new Map<string, number>(), new Map<string, string | undefined>()];
  for (const row of rows) {
    const key = JSON.stringify([row.case, row.function, row.seed]);
    const before = seen.get(key);
    if (before !== undefined) {
      throw new UserError(
        `Cannot read ${source}, line ${row.line}: expected one score of ${row.function} in ${row.case}` +
          `${
            row.seed && ` with seed ${row.seed}`
          }, got another one in line ${before}; a column seed tells trainings apart`,
      );
    }
    seen.set(key, row.line);
    if (datasets.has(row.case) && datasets.get(row.case) !== row.dataset) {
      throw new UserError(
        `Cannot read ${source}, line ${row.line}: expected data set ${datasets.get(row.case)} of case ${row.case}, ` +
          `got ${row.dataset}`,
      );
    }
    datasets.set(row.case, row.dataset);
  }
}

/**
 * Scores out of rows in the long form, the mean over seeds; `names` are the columns in lower case. A score is missing
 * where a case has no row of the function, or one without a score. Throws a UserError for columns that are not there, a
 * score that stands there twice, and a case with two data sets or without one.
 */
export function longScores(
  names: readonly string[],
  lines: readonly CsvLine[],
  options: ReadScoresOptions,
): ScoreTable {
  const rows = trainings(names, lines, options);
  check(rows, options);
  const { functions, cases, first, scores, partial } = seedMeans(rows);
  return {
    functions,
    cases,
    ...names.includes("dataset") && { datasets: first.map(({ dataset }) => dataset!) },
    scores,
    ...partial.length > 0 && { partial },
    ...first.some(({ searched }) => searched) && { searched: cases.filter((_, i) => first[i].searched) },
  };
}
