/**
 * What a search does, as one flat record that a study keeps: how functions are proposed, trained and compared. Presets
 * are whole records; what a user asks for takes the place of their fields.
 *
 * @module
 */
import { z } from "zod";
import { CATALOG_NAMES, type Expression, parse, resolveActivation } from "../activation/mod.ts";
import { type DatasetCounts, type DatasetFacts, datasetSource, partSizes } from "../datasets/mod.ts";
import { checkNetwork, isNetworkPath } from "../models/mod.ts";
import { check, choice, integer, list, partial, pickFields, SettingsError, text } from "../schema.ts";
import {
  checkGenes,
  checkLimits,
  createSpace,
  type Definitions,
  generationsFor,
  type Genes,
  genomeCount,
  genomeIn,
  PENDING,
  type PresetName,
  presets,
  readDefinitions,
  resized,
  type SearchSettings,
  type Shape,
  type Space,
  STRATEGY_NAMES,
  type StrategyName,
  type StrategyOptions,
} from "../search/mod.ts";
import type { JsonRecord } from "../study/mod.ts";
import { readRecipe, type Recipe, recipeSchema } from "../training/mod.ts";

/** How finalists and baselines are compared. */
const comparisonSchema = z.object({
  finalists: integer("Best functions that are compared with the baselines; 0: no comparison", { minimum: 0 }),
  finalSeeds: integer("Trainings of each function that is compared, with as many seeds", { minimum: 1 }),
  race: integer("Best functions of which a race over seeds selects the finalists; 0: no race", { minimum: 0 }).default(
    0,
  ),
  raceSeeds: integer("Seeds of the race at most", { minimum: 3 }).default(8),
  baselines: list("Functions that the finalists are compared with", {
    of: choice("A function of the catalogue", CATALOG_NAMES as unknown as readonly [string, ...string[]]),
  }),
});

/** How finalists and baselines are compared. */
export type ComparisonSettings = Readonly<z.output<typeof comparisonSchema>>;

const machineFields = {
  engine: true,
  engineVersion: true,
  splitSeed: true,
  dataDigest: true,
  dataEdition: true,
  networkDigest: true,
} as const;

/** What a user may ask of a search; what is not given is the preset's. */
export const searchRequestSchema = partial(z.object({
  preset: choice(
    "Sizes of search and training: quick takes minutes, paper and afos take days on a small machine",
    ["quick", "paper", "afos"],
  ),
  strategy: choice("How functions are proposed: the paper's genetic search, or another strategy", STRATEGY_NAMES),
  pending: integer("Functions that are proposed before the first of them is known, of all strategies but genetic", {
    minimum: 1,
  }),
  shapes: list("Numbers of genes: 3, 5, 7", { of: integer("3, 5 or 7", { minimum: 3, below: 8 }), minimum: 1 }),
  operators: list("Operators of the functions: tanh, x*tanh(x), a*sigmoid(b), +", {
    of: text("An operator"),
    minimum: 1,
  }),
  define: list("Functions of one's own that operators may use: lisht(x) = x*tanh(x)", { of: text("A definition") }),
  seedWith: list("Functions that the search begins with, at most a population", { of: text("A function") }),
  populationSize: integer("Functions in a population; the parts of the preset keep their proportions", { minimum: 1 }),
  generations: integer("Populations in all, the random one included", { minimum: 1 }),
  ...recipeSchema.omit(machineFields).shape,
  ...comparisonSchema.shape,
}));

/** What a user may ask of a search; what is not given is the preset's. */
export type SearchRequest = Partial<
  & Omit<Recipe, keyof typeof machineFields>
  & ComparisonSettings
  & {
    readonly preset: PresetName;
    readonly strategy: StrategyName;
    readonly pending: number;
    readonly shapes: readonly Shape[];
    readonly operators: readonly string[];
    readonly define: readonly string[];
    readonly seedWith: readonly string[];
    readonly populationSize: number;
    readonly generations: number;
  }
>;

/** AFOS's training (arXiv 2409.04915): SGD .001, momentum .9, batches of 64, 15 epochs, dropout .2, a gate of .25. */
const AFOS = {
  network: "phi",
  dataset: "fashion-mnist",
  imageSize: 28,
  trainImages: 55_000,
  validationImages: 5_000,
  testImages: 10_000,
  epochs: 15,
  batchSize: 64,
  optimizer: "momentum",
  learningRate: 0.001,
  momentum: 0.9,
  dropout: 0.2,
  precision: "bfloat16",
  gate: 0.25,
} as const satisfies Partial<Recipe>;

/** `quick` trains on few small images, without dropout and with a higher learning rate, so that two epochs tell something. */
const QUICK = {
  ...AFOS,
  imageSize: 14,
  trainImages: 3_072,
  validationImages: 1_000,
  testImages: 2_000,
  epochs: 2,
  batchSize: 32,
  learningRate: 0.01,
  dropout: 0,
} as const satisfies Partial<Recipe>;

/**
 * How a function is trained, by preset. Where the processor has bfloat16 in hardware, searches multiply in it: over 60
 * random functions, the fitness of `quick` in bfloat16 had a rank correlation of .994 with that in float32, and that of two
 * seeds in float32 was .975, on an AMD EPYC with AVX-512, 2026-11-24.
 */
export const searchRecipes = { quick: QUICK, paper: AFOS, afos: AFOS } as const satisfies Record<
  PresetName,
  Partial<Recipe>
>;

const COMPARISON = { finalists: 3, finalSeeds: 3, baselines: ["relu", "swish", "gelu", "eelu2"] };

/** What is known of the machine, once its workers have started. */
export interface Machine {
  readonly engine: string;
  readonly engineVersion: string;
  readonly kernel: boolean;
  readonly splitSeed: number;
  /** Whether the processor multiplies bfloat16 numbers in hardware. */
  readonly bfloat16: boolean;
}

/** What a data set has. */
export interface Available {
  readonly facts: DatasetFacts;
  /** Images as they were counted (default: the facts'). */
  readonly counts?: DatasetCounts;
}

const LARGEST = 64; // pixels: larger images are a choice of the user's

/** The sizes of a recipe fitted to another data set: no more images than there are, of a size in proportion. */
export function fitRecipe(
  recipe: typeof QUICK | typeof AFOS,
  { facts, counts }: Available,
): Pick<Partial<Recipe>, "imageSize" | "trainImages" | "validationImages" | "testImages"> {
  if (facts.name === recipe.dataset) return {};
  const all = counts ?? { train: facts.trainImages, validation: facts.validationImages, test: facts.testImages };
  const validation = Math.min(recipe.validationImages, partSizes(all).validation);
  const { train, test } = partSizes(all, { validation });
  const share = recipe.imageSize / datasetSource(recipe.dataset).facts.imageSize;
  return {
    imageSize: Math.round(share * Math.min(LARGEST, facts.imageSize)),
    trainImages: Math.min(recipe.trainImages, train),
    validationImages: validation,
    testImages: Math.min(recipe.testImages, test),
  };
}

/** The record of a request. Throws a SettingsError that names what is unknown or out of range. */
export function planSearch(
  request: SearchRequest,
  { bfloat16, ...machine }: Machine,
  { available }: { readonly available?: Available } = {},
): JsonRecord {
  const { preset = "quick", strategy = "genetic", pending = PENDING, populationSize, generations, ...asked } = check(
    searchRequestSchema,
    request,
    { action: "Cannot search" },
  ) as SearchRequest;
  const { shapes, operators, define, seedWith } = asked;
  const { genes: allowed, ...sizes } = populationSize === undefined
    ? presets[preset]
    : resized(presets[preset], populationSize);
  const restricted = { ...allowed, ...shapes && { shapes } };
  const { genes } = spaceOf({ operators, define }, restricted);
  checkGenes(genes);
  const whole = strategy === "exhaustive" ? generationsFor(genomeCount(genes), sizes) : sizes.generations;
  const graph = asked.graph ?? machine.engine === "tensorflow";
  const training = {
    ...searchRecipes[preset],
    ...available && fitRecipe(searchRecipes[preset], available),
    ...!(bfloat16 && graph) && { precision: "float32" },
    ...asked.optimizer === "adam" && { momentum: 0 },
    ...asked.learningRate !== undefined && { learningRates: undefined },
    ...pickFields(recipeSchema, asked),
    graph,
    ...machine,
  };
  const settings: JsonRecord = {
    preset,
    strategy,
    ...strategy !== "genetic" && { pending },
    ...sizes,
    generations: generations ?? whole,
    shapes: [...genes.shapes],
    binaryCodes: [...genes.binary],
    unaryCodes: [...genes.unary],
    ...operators && { operators },
    ...define && { define },
    ...seedWith && { seedWith },
    ...readRecipe(training),
    ...check(comparisonSchema, { ...COMPARISON, ...pickFields(comparisonSchema, asked) }, { action: "Cannot search" }),
  } as JsonRecord;
  const { network, imageSize } = searchRecipe(settings);
  if (!isNetworkPath(network)) checkNetwork(network, { imageSize });
  proposalSettings(settings);
  spaceSettings(settings);
  return settings;
}

type SpaceRequest = Pick<SearchRequest, "operators" | "define">;

function spaceOf({ operators = [], define = [] }: SpaceRequest, genes: Genes): Space {
  return createSpace({ operators, functions: readDefinitions(define), genes });
}

/** What genomes stand for and what the search begins with, out of a study's record. */
export function spaceSettings(settings: JsonRecord): Pick<StrategyOptions, "candidateOf" | "given"> {
  const { operators, define, seedWith = [] } = settings as SearchRequest;
  const { genes, populationSize } = proposalSettings(settings);
  const space = spaceOf({ operators, define }, genes);
  if (seedWith.length > populationSize) {
    throw new SettingsError(
      `Cannot search: expected at most ${populationSize} functions to begin with, as many as a population, got ${seedWith.length}`,
    );
  }
  const functions = readDefinitions(define ?? []);
  const given = seedWith.map((text) => {
    const name = text.trim();
    const genome = genomeIn(space, Object.hasOwn(functions, name) ? functions[name] : activationOf(text, functions));
    if (genome) return genome;
    throw new SettingsError(
      `Cannot search: expected functions to begin with that the search space has, got ${text}; allow its operators and as many genes`,
    );
  });
  return { ...operators && { candidateOf: space.candidateOf }, ...given.length > 0 && { given } };
}

/** A function by a name of the catalogue, or a formula. */
function activationOf(text: string, functions: Definitions): Expression {
  try {
    return resolveActivation(text);
  } catch {
    return parse(text, { functions });
  }
}

/** How functions are proposed, out of a study's record. */
export function proposalSettings(settings: JsonRecord): SearchSettings {
  const genes = {
    shapes: settings.shapes as readonly Shape[],
    binary: settings.binaryCodes as readonly number[],
    unary: settings.unaryCodes as readonly number[],
  };
  const names = [
    ...["populationSize", "generations", "elites", "crossed", "mutated", "immigrants"],
    ...["breedingTries", "drawTries", "selection", "crossoverRate"],
  ];
  const own = Object.fromEntries(names.filter((name) => name in settings).map((name) => [name, settings[name]]));
  const search = { genes, ...own } as unknown as SearchSettings;
  checkLimits(search);
  checkGenes(genes);
  return search;
}

/** Which strategy proposes functions, out of a study's record; older ones know the genetic search only. */
export function strategySettings({ strategy = "genetic", pending = PENDING }: JsonRecord): {
  readonly strategy: StrategyName;
  readonly pending: number;
} {
  return { strategy: strategy as StrategyName, pending: pending as number };
}

/** How functions are trained, out of a study's record. */
export function searchRecipe(settings: JsonRecord): Recipe {
  return readRecipe(pickFields(recipeSchema, settings));
}

/** How finalists, whose figures are reported, are trained: to the end and in float32. */
export function finalRecipe(settings: JsonRecord): Recipe {
  return { ...searchRecipe(settings), gate: 0, precision: "float32" };
}

/** How the finalists are compared, out of a study's record. */
export function comparisonSettings(settings: JsonRecord): ComparisonSettings {
  return check(comparisonSchema, pickFields(comparisonSchema, settings), { action: "Cannot compare finalists" });
}
