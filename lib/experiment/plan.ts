/**
 * What a search does, as one flat record that a study keeps: how functions are proposed, trained and compared. It knows
 * nothing of files or processes.
 *
 * @module
 */
import { checkNetwork } from "../models/mod.ts";
import {
  checkGenes,
  checkLimits,
  type PresetName,
  presets,
  resized,
  type SearchSettings,
  type Shape,
} from "../search/mod.ts";
import type { JsonRecord } from "../study/mod.ts";
import { trainingSettings } from "../training/mod.ts";
import { UserError } from "../user_error.ts";
import { type Budget, budgets } from "./budget.ts";
import { type Available, fitBudget } from "./fit_budget.ts";

/** What a user may ask for; what is not given is the preset's. */
export interface SearchRequest extends Partial<Budget> {
  /** The preset (default: `quick`). */
  readonly preset?: PresetName;
  /** Functions in a population. The parts of the preset keep their proportions. */
  readonly populationSize?: number;
  /** Populations in all, the random one included. */
  readonly generations?: number;
  /** Threads of one operation (default: 1; the other cores have trials of their own). */
  readonly threads?: number;
  /** Whether each training step is one graph (default: where the engine is TensorFlow). */
  readonly graph?: boolean;
  /** Whether an activation is one operation of our own (default: where that is built for this processor). */
  readonly kernel?: boolean;
}

/** What is known of the machine's part. */
export interface Surroundings {
  readonly engine: string;
  readonly engineVersion: string;
  readonly kernel: boolean;
  readonly splitSeed: number;
}

/** What decides about settings that are not asked for. */
export interface Circumstances {
  /** Whether the processor multiplies bfloat16 numbers in hardware. */
  readonly bfloat16: boolean;
  /** What the data set has (default: what is asked of the preset's). */
  readonly available?: Available;
}

/** The preset by its name. Throws a UserError for an unknown one. */
export function presetName(name: string): PresetName {
  if (!Object.hasOwn(presets, name)) {
    throw new UserError(`Unknown preset: expected ${Object.keys(presets).join(", ")}, got "${name}"`);
  }
  return name as PresetName;
}

/** The record of a request. Throws a RangeError that names what is out of range. */
export function planSettings(request: SearchRequest, options: Surroundings & Circumstances): JsonRecord {
  const { bfloat16, available, ...surroundings } = options;
  const { preset = "quick", populationSize, generations, threads = 1, ...training } = request;
  const { graph = surroundings.engine === "tensorflow" } = request;
  const given = Object.fromEntries(Object.entries(training).filter(([, value]) => value !== undefined));
  const base = presets[presetName(preset)];
  const { genes, ...sizes } = {
    ...populationSize === undefined ? base : resized(base, populationSize),
    ...generations !== undefined && { generations },
  };
  const settings: JsonRecord = {
    preset,
    ...sizes,
    shapes: [...genes.shapes],
    binaryCodes: [...genes.binary],
    unaryCodes: [...genes.unary],
    ...budgets[preset],
    ...available && fitBudget(budgets[preset], available),
    ...!(bfloat16 && graph) && { precision: "float32" },
    ...given,
    threads,
    graph,
    ...surroundings,
  };
  searchSettings(settings);
  const { network, imageSize } = trainingSettings(settings);
  checkNetwork(network, { imageSize });
  finalSettings(settings);
  return settings;
}

/** How functions are proposed, out of a study's record. */
export function searchSettings(settings: JsonRecord): SearchSettings {
  const { shapes, binaryCodes, unaryCodes } = settings;
  const genes = {
    shapes: shapes as readonly Shape[],
    binary: binaryCodes as readonly number[],
    unary: unaryCodes as readonly number[],
  };
  const pick = (name: keyof SearchSettings) => settings[name] === undefined ? {} : { [name]: settings[name] };
  const sizes = ["populationSize", "generations", "elites", "crossed", "mutated", "immigrants"] as const;
  const others = ["breedingTries", "drawTries", "selection", "crossoverRate"] as const;
  const search = Object.assign({ genes }, ...[...sizes, ...others].map(pick)) as SearchSettings;
  checkLimits(search);
  checkGenes(genes);
  return search;
}

const SEARCH_ONLY = [
  ...["preset", "populationSize", "generations", "elites", "crossed", "mutated", "immigrants", "shapes"],
  ...["binaryCodes", "unaryCodes", "breedingTries", "drawTries", "selection", "crossoverRate"],
  ...["finalists", "finalSeeds", "baselines"],
];

/** How functions are trained, out of a study's record. */
export function searchRecipe(settings: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !SEARCH_ONLY.includes(name)));
}

/** How finalists, whose figures are reported, are trained: to the end and in float32. */
export function finalRecipe(settings: JsonRecord): JsonRecord {
  return { ...searchRecipe(settings), gate: 0, precision: "float32" };
}

/** How the finalists are compared, out of a study's record. */
export function finalSettings(settings: JsonRecord): Pick<Budget, "finalists" | "finalSeeds" | "baselines"> {
  const { finalists, finalSeeds, baselines } = settings as unknown as Budget;
  for (const [name, value, least] of [["finalists", finalists, 0], ["finalSeeds", finalSeeds, 1]] as const) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new RangeError(
        `Cannot compare finalists: expected ${name} to be an integer of at least ${least}, got ${value}`,
      );
    }
  }
  return { finalists, finalSeeds, baselines };
}
