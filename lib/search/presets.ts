/**
 * Named settings of the search: sizes, genes and operators. They do not say how a function is trained.
 *
 * @module
 */
import { AFOS_GENES, ALL_GENES, type Genes } from "./genes.ts";
import { checkLimits, type Limits } from "./limits.ts";
import { bestSelection, type Crossover, crossover, occasional, rankSelection, type Selection } from "./operators.ts";

/** Names of the presets. */
export type PresetName = "quick" | "paper" | "afos";

/** Settings of a search as plain data, fit to be stored and compared. */
export interface SearchSettings extends Limits {
  /** What may be drawn. */
  readonly genes: Genes;
  /** Parents: the best in their order, or drawn by linear ranking of the whole population. */
  readonly selection: "best" | "rank";
  /** Probability that a couple is crossed; otherwise random genomes take the places of the children. */
  readonly crossoverRate: number;
}

/** Population of the quick search: what a few minutes of training allow. */
const QUICK_POPULATION_SIZE = 10;

/** Generations of the quick search. */
const QUICK_GENERATIONS = 4;

/**
 * - `quick`: a search of minutes.
 * - `paper`: the paper's 30 × 50 and its loop; the sizes of the parts, and the best themselves as parents, are our choice
 *   where the paper is silent.
 * - `afos`: as the published code: the six best are crossed, 1 with 2, 3 with 4, 5 with 6, with probability 0.8; nothing
 *   is mutated; 18 are random, and so are the replacements of children that are not new; 7 binary and 17 unary codes.
 */
export const presets: Readonly<Record<PresetName, SearchSettings>> = {
  quick: {
    populationSize: QUICK_POPULATION_SIZE,
    generations: QUICK_GENERATIONS,
    elites: 3,
    crossed: 3,
    mutated: 2,
    immigrants: 2,
    genes: ALL_GENES,
    selection: "best",
    crossoverRate: 1,
  },
  paper: {
    populationSize: 30,
    generations: 50,
    elites: 6,
    crossed: 6,
    mutated: 6,
    immigrants: 12,
    genes: ALL_GENES,
    selection: "best",
    crossoverRate: 1,
  },
  afos: {
    populationSize: 30,
    generations: 50,
    elites: 6,
    crossed: 6,
    mutated: 0,
    immigrants: 18,
    breedingTries: 1,
    genes: AFOS_GENES,
    selection: "best",
    crossoverRate: 0.8,
  },
};

/** Settings with another population size; the parts keep their proportions, as far as integers can. */
export function resized(settings: SearchSettings, populationSize: number): SearchSettings {
  const part = (count: number) => Math.floor((count * populationSize) / settings.populationSize);
  const elites = Math.min(populationSize, Math.max(part(settings.elites), settings.elites > 0 ? 1 : 0));
  const [crossed, mutated] = [part(settings.crossed), part(settings.mutated)];
  const immigrants = populationSize - elites - crossed - mutated;
  const next = { ...settings, populationSize, elites, crossed, mutated, immigrants };
  checkLimits(next);
  return next;
}

/** Settings with their operators in place of names: what {@linkcode geneticSearch} takes. */
export function operatorsOf(settings: SearchSettings): Limits & {
  readonly genes: Genes;
  readonly selection: Selection;
  readonly crossover: Crossover;
} {
  const { selection, crossoverRate, ...rest } = settings;
  return {
    ...rest,
    selection: selection === "rank" ? rankSelection : bestSelection,
    crossover: crossoverRate === 1 ? crossover : occasional(crossover, { probability: crossoverRate }),
  };
}
