/**
 * The long form of scores: a row for each training, with the case, the function, the seed and the score. It does not read
 * CSV itself.
 *
 * @module
 */
import type { ScoreTable } from "../statistics/comparison.ts";
import { mean } from "../statistics/summary.ts";
import { UserError } from "../user_error.ts";
import { type CsvLine, readScore, type ReadScoresOptions } from "./csv_lines.ts";

interface Training {
  readonly line: number;
  readonly case: string;
  readonly dataset?: string;
  readonly function: string;
  readonly seed: string;
  readonly score: number;
}

function trainings(names: readonly string[], lines: readonly CsvLine[], { source }: ReadScoresOptions): Training[] {
  const column = (name: string) => names.indexOf(name);
  const [ofCase, network, dataset, seed] = ["case", "network", "dataset", "seed"].map(column);
  if (ofCase === -1 && (network === -1 || dataset === -1)) {
    throw new UserError(
      `Cannot read ${source}: expected a column case, or network and dataset, got ${names.join(", ")}`,
    );
  }
  return lines.map(({ line, fields }) => ({
    line,
    case: ofCase === -1 ? `${fields[network]} / ${fields[dataset]}` : fields[ofCase],
    ...dataset !== -1 && { dataset: fields[dataset] },
    function: fields[column("function")],
    seed: seed === -1 ? "" : fields[seed],
    score: readScore(fields[column("score")], `${source}, line ${line}, column "score"`),
  }));
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
 * score that stands there twice, and a case with two data sets.
 */
export function longScores(
  names: readonly string[],
  lines: readonly CsvLine[],
  options: ReadScoresOptions,
): ScoreTable {
  const rows = trainings(names, lines, options);
  check(rows, options);
  const functions = [...new Set(rows.map((row) => row.function))];
  const byCase = [...Map.groupBy(rows, (row) => row.case)];
  return {
    functions,
    cases: byCase.map(([name]) => name),
    ...names.includes("dataset") && { datasets: byCase.map(([, [first]]) => first.dataset!) },
    scores: byCase.map(([, ofCase]) => {
      const byFunction = Map.groupBy(ofCase, (row) => row.function);
      return functions.map((name) => {
        const scores = (byFunction.get(name) ?? []).map(({ score }) => score);
        return scores.length === 0 || scores.some(Number.isNaN) ? NaN : mean(scores);
      });
    }),
  };
}
