/**
 * The table of the finalists: the best functions of a search and the baselines, each trained with several seeds on the
 * same budget.
 *
 * @module
 */
import { mean as meanOf, mergeEqualScores } from "../statistics/mod.ts";
import type { Cells, Row } from "./cells.ts";
import { meanText } from "./mean_text.ts";
import { tableOf } from "./tables.ts";

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

/** The runs that did not diverge. */
const ended = (values: readonly number[]) => values.filter(Number.isFinite);

/** The mean; of a function that never finished, which stands last, −∞. */
const orderable = (values: readonly number[]) => values.length === 0 ? -Infinity : meanOf(values);

/**
 * The rows of the finalists' table, best mean first: rank (equal means share it), function, formula, genes (where any has them), role, seeds
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
  const columns = MEASURES.map((measure) => {
    const ofAll = finalists.map((finalist) => ended(finalist[measure.key]));
    const means = mergeEqualScores(ofAll.map(orderable));
    return { ...measure, ofAll, means, best: Math.max(...means) };
  });
  const { ofAll, means } = columns.find(({ key }) => key === orderBy)!;
  const hasGenes = finalists.some(({ genes }) => genes !== undefined);
  const order = [...finalists.keys()].sort((a, b) => means[a] === means[b] ? 0 : means[b] - means[a]);
  return order.map((index) => {
    const { name, formula, genes, role, seeds } = finalists[index];
    const count = ofAll[index].length;
    return {
      rank: 1 + means.filter((mean) => mean > means[index]).length,
      function: name,
      formula,
      ...(hasGenes ? { genes: genes?.join(" ") ?? null } : {}),
      role,
      seeds: count === seeds.length ? count : `${count} of ${seeds.length}`,
      ...Object.fromEntries(columns.map(({ title, scale, ofAll, means, best }) => {
        const isBest = Number.isFinite(best) && best > 0 && means[index] === best;
        return [title, (isBest ? "* " : "") + meanText(ofAll[index], { scale })];
      })),
    };
  });
}

/** {@linkcode finalistRows} as a table that shows itself in a notebook. */
export function finalistsTable(finalists: readonly FinalistRow[], options: FinalistsOptions = {}): Cells {
  return tableOf(finalistRows(finalists, options));
}
