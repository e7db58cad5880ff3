/**
 * What the table of trained functions says, in Markdown: where known functions stand, how large noise is, and how well
 * less training would have predicted the whole.
 *
 * @module
 */
import { catalog, type CatalogName, format } from "../activation/mod.ts";
import { markdownTable } from "../report/mod.ts";
import { mean, median, spearman } from "../statistics/mod.ts";
import { fitnessOf, type MeasuredEpoch, rowFitness, triedRates, type TruthRow } from "./truth_table.ts";

/** A function with what came of it over all its seeds. */
export interface Standing {
  readonly formula: string;
  readonly rows: readonly TruthRow[];
  /** Mean over the seeds; 0 of a seed that did not train to its end. */
  readonly fitness: number;
  /** Mean accuracy at the end, of the seeds that trained to it; undefined where none did. */
  readonly accuracy?: number;
}

/** The functions from the best to the worst by mean fitness. */
export function standings(rows: readonly TruthRow[]): Standing[] {
  return [...Map.groupBy(rows, ({ formula }) => formula)].map(([formula, rows]) => {
    const ended = rows.filter(({ outcome }) => outcome === "complete").map(({ epochs }) => epochs.at(-1)!.accuracy);
    return { formula, rows, fitness: mean(rows.map(rowFitness)), ...ended.length > 0 && { accuracy: mean(ended) } };
  }).sort((a, b) => b.fitness - a.fitness);
}

const TRAINS = 0.2;

/** Whether all seeds of a function end with twice the accuracy of chance, which is a tenth. */
export function trains({ rows }: Standing): boolean {
  return rows.every(({ outcome, epochs }) => outcome === "complete" && epochs.at(-1)!.accuracy >= TRAINS);
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Spearman's rank correlation as a text; a dash where there are fewer than three pairs, or no order among one side's. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): string {
  const sides = [0, 1].map((side) => pairs.map((pair) => pair[side]));
  if (pairs.length < 3 || sides.some((values) => new Set(values).size === 1)) return "–";
  return spearman(sides[0], sides[1]).toFixed(3);
}

/** Rank correlation of a figure of each training with the fitness at its end, of all functions and of those that train. */
function correlations(all: readonly Standing[], figure: (row: TruthRow) => number): { all: string; training: string } {
  const correlate = (of: readonly Standing[]) =>
    rankCorrelation(of.map(({ rows }) => [mean(rows.map(figure)), mean(rows.map(rowFitness))]));
  return { all: correlate(all), training: correlate(all.filter(trains)) };
}

const valueOf = (epoch: MeasuredEpoch | undefined) => epoch ? fitnessOf(epoch) : 0;

function standingTable(
  all: readonly Standing[],
  formulas: readonly (readonly [name: string, formula: string])[],
): string {
  return markdownTable(
    formulas.flatMap(([name, formula]) => {
      const place = all.findIndex((standing) => standing.formula === formula);
      if (place < 0) return [];
      const { rows, fitness, accuracy } = all[place];
      const rates = [...new Set(rows.map(({ learningRate }) => learningRate ?? "none"))].join(", ");
      return [{
        function: name,
        place: place + 1,
        "among the best": percent((place + 1) / all.length),
        fitness: fitness.toFixed(3),
        accuracy: accuracy === undefined ? "–" : percent(accuracy),
        "learning rate": rates,
        seeds: rows.length,
      }];
    }),
  );
}

const KNOWN: readonly CatalogName[] = [
  ...["relu", "leaky_relu", "elu", "selu", "gelu", "swish", "mish", "eelu1", "eelu2", "eelu3", "eelu4"] as const,
  ...["tanh", "sigmoid"] as const,
];

/** How seeds differ, where functions were trained with more than one. */
function noiseText(all: readonly Standing[]): string {
  const several = all.filter(({ rows }) => rows.length > 1);
  const good = several.filter(trains);
  if (good.length === 0) return "Seeds: no function that trains has a second one yet.";
  const correlate = (of: readonly Standing[]) =>
    rankCorrelation(of.map(({ rows }) => {
      const [first, second] = rows.toSorted((a, b) => a.seed - b.seed).map(rowFitness);
      return [first, second];
    }));
  const apart = mean(good.map(({ rows: [a, b] }) => Math.abs(a.epochs.at(-1)!.accuracy - b.epochs.at(-1)!.accuracy)));
  return `Seeds: of ${several.length} functions that were trained with two, fitness has a rank correlation of ` +
    `${correlate(several)} between the seeds; of the ${good.length} that train, ${correlate(good)}, and their ` +
    `accuracies are ${(100 * apart).toFixed(1)} points apart on average.`;
}

/** How the ranking of another table fits this one's. */
function transferText(all: readonly Standing[], other: readonly Standing[]): string {
  const there = new Map(other.map((standing) => [standing.formula, standing]));
  const common = all.filter(({ formula }) => there.has(formula));
  const correlate = (of: readonly Standing[]) =>
    rankCorrelation(of.map(({ formula, fitness }) => [fitness, there.get(formula)!.fitness]));
  const good = common.filter((standing) => trains(standing) && trains(there.get(standing.formula)!));
  return `Of ${common.length} functions that the other table has, too, fitness has a rank correlation of ` +
    `${correlate(common)} with that there; of the ${good.length} that train in both, ${correlate(good)}.`;
}

/** Options of {@linkcode truthReport}. */
export interface TruthReportOptions {
  /** The data set's name. */
  readonly dataset: string;
  /** Another table to compare with. */
  readonly other?: readonly Standing[];
}

/** The page. */
export function truthReport(rows: readonly TruthRow[], { dataset, other }: TruthReportOptions): string {
  const all = standings(rows);
  const rates = triedRates(rows);
  const longest = Math.max(...rows.map(({ epochs }) => epochs.length));
  const best = all.slice(0, Math.max(1, Math.round(all.length / 20)));
  const firstOf = ({ first, learningRate }: TruthRow) =>
    learningRate === undefined ? undefined : first.get(learningRate);
  const predictors: (readonly [string, (row: TruthRow) => number])[] = [
    ...rates.map((rate) => [`one epoch at ${rate}`, (row: TruthRow) => valueOf(row.first.get(rate))] as const),
    ["one epoch at the best of the rates", (row) => valueOf(firstOf(row))],
    ...Array.from({ length: longest - 2 }, (_, i) =>
      [
        `${i + 2} epochs, the best of the rates`,
        (row: TruthRow) => valueOf(row.epochs[i + 1]),
      ] as const),
  ];
  const thrown = (limit: number, epoch: (row: TruthRow) => MeasuredEpoch | undefined) =>
    best.filter(({ rows }) => rows.some((row) => (epoch(row)?.accuracy ?? 0) < limit)).length;
  const name = (formula: string) => {
    const known = (Object.keys(catalog) as CatalogName[]).find((name) => format(catalog[name]) === formula);
    return `${formula}${known ? ` (${known})` : ""}`;
  };
  const ended = (rate: number) => rows.filter(({ first }) => first.has(rate)).length / rows.length;
  return [
    `${all.length} functions, ${rows.length} trainings on ${dataset}; ${
      percent(all.filter(trains).length / all.length)
    } ` +
    `of the functions train (${percent(TRAINS)} accuracy or more with each seed).`,
    "### The best",
    standingTable(all, all.slice(0, 15).map(({ formula }) => [name(formula), formula])),
    "### Known functions",
    standingTable(all, KNOWN.map((known) => [known, format(catalog[known])])),
    "### Noise",
    noiseText(all),
    ...other ? ["### Another table", transferText(all, other)] : [],
    "### What less training says",
    "Rank correlation with the fitness at the end (the same trainings, so that it is an upper bound):",
    markdownTable(predictors.map(([training, figure]) => ({ training, ...named(correlations(all, figure)) }))),
    `The first epoch was finite for ${
      rates.map((rate) => `${percent(ended(rate))} of the trainings at ${rate}`).join(", ")
    }.`,
    `A gate of 25 % accuracy after the first epoch throws away ${
      rates.map((rate) => `${thrown(0.25, ({ first }) => first.get(rate))} at ${rate}`).join(", ")
    } and ${thrown(0.25, firstOf)} at the best of the rates, of the best ${best.length} functions (5 %). The median ` +
    `function has fitness ${median(all.map(({ fitness }) => fitness)).toFixed(3)}.`,
  ].join("\n\n") + "\n";
}

const named = ({ all, training }: { all: string; training: string }) => ({
  "all functions": all,
  "those that train": training,
});
