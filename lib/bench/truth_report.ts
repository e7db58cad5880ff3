/**
 * What the table of trained functions says, in Markdown: where known functions stand, how large noise is, and how well
 * less training would have predicted the whole.
 *
 * @module
 */
import { catalog, type CatalogName, format, parse } from "../activation/mod.ts";
import { markdownTable } from "../report/mod.ts";
import { mean, median, spearman } from "../statistics/mod.ts";
import { fitnessOf, type MeasuredEpoch, rowFitness, type TruthRow } from "./truth_table.ts";

/** A function with what came of it over all its seeds. */
export interface Standing {
  readonly formula: string;
  readonly rows: readonly TruthRow[];
  /** Mean over the seeds; 0 of a seed that did not train to its end. */
  readonly fitness: number;
  /** Mean accuracy at the end, of the seeds that trained to it. */
  readonly accuracy: number;
}

/** The functions from the best to the worst by mean fitness. */
export function standings(rows: readonly TruthRow[]): Standing[] {
  return [...Map.groupBy(rows, ({ formula }) => formula)].map(([formula, rows]) => ({
    formula,
    rows,
    fitness: mean(rows.map(rowFitness)),
    accuracy: mean(rows.filter(({ outcome }) => outcome === "complete").map(({ epochs }) => epochs.at(-1)!.accuracy)),
  })).sort((a, b) => b.fitness - a.fitness);
}

/** Chance is a tenth: a function trains where all its seeds end with twice that. */
const TRAINS = 0.2;
const trains = ({ rows }: Standing) =>
  rows.every(({ outcome, epochs }) => outcome === "complete" && epochs.at(-1)!.accuracy >= TRAINS);

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Rank correlation of a figure of each training with the fitness at its end, of all functions and of those that train. */
function correlations(all: readonly Standing[], figure: (row: TruthRow) => number): { all: string; training: string } {
  const correlate = (of: readonly Standing[]) => {
    const pairs = of.map(({ rows }) => [mean(rows.map(figure)), mean(rows.map(rowFitness))]);
    return pairs.length < 3 ? "" : spearman(pairs.map(([a]) => a), pairs.map(([, b]) => b)).toFixed(3);
  };
  return { all: correlate(all), training: correlate(all.filter(trains)) };
}

const valueOf = (epoch: MeasuredEpoch | undefined) => epoch ? fitnessOf(epoch) : 0;

function ratesOf(rows: readonly TruthRow[]): number[] {
  return [...new Set(rows.flatMap(({ first }) => [...first.keys()]))].sort((a, b) => b - a);
}

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
        accuracy: Number.isNaN(accuracy) ? "–" : percent(accuracy),
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
  if (several.length < 3) return "Seeds: none was trained with a second one yet.";
  const pairs = several.map(({ rows }) => rows.toSorted((a, b) => a.seed - b.seed).slice(0, 2).map(rowFitness));
  const good = several.filter(trains);
  const goodPairs = good.map(({ rows }) => rows.toSorted((a, b) => a.seed - b.seed).slice(0, 2).map(rowFitness));
  const correlate = (of: readonly (readonly number[])[]) =>
    spearman(of.map(([a]) => a), of.map(([, b]) => b)).toFixed(3);
  const apart = mean(good.map(({ rows: [a, b] }) => Math.abs(a.epochs.at(-1)!.accuracy - b.epochs.at(-1)!.accuracy)));
  return `Seeds: of ${several.length} functions that were trained with two, fitness has a rank correlation of ` +
    `${correlate(pairs)} between the seeds; of the ${good.length} that train, ${correlate(goodPairs)}, and their ` +
    `accuracies are ${(100 * apart).toFixed(1)} points apart on average.`;
}

/** The page. */
export function truthReport(rows: readonly TruthRow[], { dataset }: { readonly dataset: string }): string {
  const all = standings(rows);
  const rates = ratesOf(rows);
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
    standingTable(all, KNOWN.map((known) => [known, format(parse(format(catalog[known])))])),
    "### Noise",
    noiseText(all),
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
