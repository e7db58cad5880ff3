/**
 * The table of the finalists: the best functions of a search and the baselines, each trained with several seeds on the
 * same budget. It knows nothing of studies: a finalist is a name with lists of numbers.
 *
 * @module
 */
import { mergeEqualScores } from "../statistics/mod.ts";
import { type DataFrame, dataFrame, type Row } from "./data_frame.ts";

/** A function and its results, one of each list for a seed. A run that diverged is NaN in all three. */
export interface FinalistRow {
  /** Its name. */
  readonly name: string;
  /** Its formula. */
  readonly formula: string;
  /** Its genome, where it has one. */
  readonly genes?: readonly number[];
  /** Whether the search found it, or it stands for comparison. */
  readonly role: "found" | "baseline";
  /** Seeds of the runs. */
  readonly seeds: readonly number[];
  /** From 0 to 1. */
  readonly validationAccuracy: readonly number[];
  /** From 0 to 1. */
  readonly testAccuracy: readonly number[];
  /** Higher is better. */
  readonly fitness: readonly number[];
}

/** Options of the table of finalists. */
export interface FinalistsOptions {
  /** The measure whose mean orders the table; default: `validationAccuracy`. (Never the test: it judges, once.) */
  readonly orderBy?: "validationAccuracy" | "fitness";
}

type Measure = "validationAccuracy" | "testAccuracy" | "fitness";

const MEASURES: readonly { key: Measure; title: string; scale: number }[] = [
  { key: "validationAccuracy", title: "validation accuracy (%)", scale: 100 },
  { key: "testAccuracy", title: "test accuracy (%)", scale: 100 },
  { key: "fitness", title: "fitness", scale: 1 },
];

/** Mean and sample standard deviation (n − 1) of what is finite; NaN where there are too few values. */
function summary(values: readonly number[]): { count: number; mean: number; sd: number } {
  const finite = values.filter(Number.isFinite);
  const count = finite.length;
  const mean = finite.reduce((sum, value) => sum + value, 0) / count;
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count, mean, sd: count > 1 ? Math.sqrt(squares / (count - 1)) : NaN };
}

function meanAndSd(values: readonly number[], scale: number): string {
  const { count, mean, sd } = summary(values);
  if (count === 0) return "–";
  return (mean * scale).toFixed(2) + (count > 1 ? ` ± ${(sd * scale).toFixed(2)}` : "");
}

/** NaN, the mean of a function that never finished, stands last. */
const orderable = (value: number) => Number.isNaN(value) ? -Infinity : value;

/**
 * The rows of the finalists' table, best mean first: rank, function, formula, genes (where any has them), role, seeds
 * ("2 of 3" where a run diverged), and mean ± sample standard deviation of each measure over the runs that did not.
 * `* ` marks the best mean of each measure, ties included. Throws a RangeError where a list is not as long as `seeds`.
 */
export function finalistRows(finalists: readonly FinalistRow[], options: FinalistsOptions = {}): Row[] {
  const { orderBy = "validationAccuracy" } = options;
  for (const finalist of finalists) {
    for (const { key } of MEASURES) {
      if (finalist[key].length !== finalist.seeds.length) {
        throw new RangeError(
          `Cannot tabulate ${finalist.name}: expected ${finalist.seeds.length} values of ${key}, one a seed, ` +
            `got ${finalist[key].length}`,
        );
      }
    }
  }
  const means = Object.fromEntries(
    MEASURES.map(({ key }) => [key, mergeEqualScores(finalists.map((one) => orderable(summary(one[key]).mean)))]),
  ) as Record<Measure, number[]>;
  const mean = (finalist: FinalistRow, key: Measure) => means[key][finalists.indexOf(finalist)];
  const best = (key: Measure) => Math.max(...finalists.map((finalist) => mean(finalist, key)));
  const columns = MEASURES.map((measure) => ({ ...measure, best: best(measure.key) }));
  const hasGenes = finalists.some(({ genes }) => genes !== undefined);
  const order = (a: FinalistRow, b: FinalistRow) => mean(b, orderBy) > mean(a, orderBy) ? 1 : -1;

  return finalists.toSorted((a, b) => mean(a, orderBy) === mean(b, orderBy) ? 0 : order(a, b)).map((finalist, i) => {
    const { name, formula, genes, role, seeds } = finalist;
    const { count } = summary(finalist[orderBy]);
    return {
      rank: i + 1,
      function: name,
      formula,
      ...(hasGenes ? { genes: genes?.join(" ") ?? null } : {}),
      role,
      seeds: count === seeds.length ? count : `${count} of ${seeds.length}`,
      ...Object.fromEntries(columns.map(({ key, title, scale, best }) => {
        const isBest = Number.isFinite(best) && mean(finalist, key) === best;
        return [title, (isBest ? "* " : "") + meanAndSd(finalist[key], scale)];
      })),
    };
  });
}

/** {@linkcode finalistRows} as a data frame. */
export async function finalistsTable(
  finalists: readonly FinalistRow[],
  options: FinalistsOptions = {},
): Promise<DataFrame> {
  return await dataFrame(finalistRows(finalists, options));
}
