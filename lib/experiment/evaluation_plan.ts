/**
 * What an evaluation compares: the cases whose data are here, the functions, the seeds. It makes data sets ready and reads
 * files; it trains nothing.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { basename, dirname } from "node:path";
import { format } from "../activation/format.ts";
import { parse } from "../activation/parse.ts";
import type { BudgetName, Case, CaseRecipe } from "../cases/case.ts";
import { type Contestant, contestant, DEFAULT_FUNCTIONS, distinct } from "../cases/contestant.ts";
import type { Grid, GridCase } from "../cases/grid.ts";
import { readCases } from "../cases/read_cases.ts";
import { type CaseSelection, casesOn, selectCases } from "../cases/select.ts";
import { datasetName } from "../datasets/catalog.ts";
import type { DatasetCounts, Progress } from "../datasets/dataset.ts";
import { FOLDER_PREFIX } from "../datasets/folder_source.ts";
import { countImages, loadDataset } from "../datasets/load_dataset.ts";
import { partSizes } from "../datasets/part_sizes.ts";
import { isNetworkPath } from "../models/user_network.ts";
import { PROJECT_FOLDER } from "../project.ts";
import type { Settings } from "../study/settings.ts";
import { openStudy, studyPath } from "../study/study_file.ts";
import { usualAugmentation } from "../training/evaluate_activation.ts";
import { UserError } from "../user_error.ts";
import { bestTrials } from "./finals.ts";

/** What a user may ask for; what is not given is a default. */
export interface EvaluationRequest extends CaseSelection {
  /** Which of the cases' recipes is used (default: `quick`). */
  readonly budget?: BudgetName;
  /** The file of the cases (default: `data/cases.json`). */
  readonly cases?: string;
  /** Functions: names, formulas, or `study:NAME` for the best of a search (default: the eleven of the catalogue). */
  readonly functions?: readonly string[];
  /** Trainings of each function in each case (default: 2 with `quick`, 5 with `full`). */
  readonly seeds?: number;
  /** Seed of everything random (default: 1). */
  readonly seed?: number;
  /** Whether each function gets the best of the case's learning rates (default: with `full`). */
  readonly tuned?: boolean;
}

/** A case that cannot be run here, and why. */
export interface MissingCase {
  /** Its name. */
  readonly name: string;
  /** Its data set. */
  readonly dataset: string;
  /** Why its data cannot be had. */
  readonly reason: string;
}

/** What an evaluation compares. */
export interface EvaluationPlan extends Grid {
  /** Which of the cases' recipes is used. */
  readonly budget: BudgetName;
  /** The cases that are left out, as their data are not here. */
  readonly missing: readonly MissingCase[];
}

/** The cases that come with the project. */
export const CASES_FILE = `${PROJECT_FOLDER}data/cases.json`;

const SEEDS: Readonly<Record<BudgetName, number>> = { quick: 2, full: 5 };
const STUDY_PREFIX = "study:";

/**
 * The cases of a file, which paths in it are relative to. Throws a UserError for a file that cannot be read, that holds
 * none, or that names an unknown data set.
 */
export function casesOf(path: string = CASES_FILE): Case[] {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    throw new UserError(`Cannot read cases: ${(error as Error).message}: name another file with --cases`);
  }
  const folder = dirname(path);
  return readCases(text, { source: path, folder }).map((one) => {
    try {
      return { ...one, dataset: datasetName(one.dataset, { base: folder }) };
    } catch (error) {
      throw new UserError(`Cannot read ${path}: case ${one.name}: ${(error as Error).message}`);
    }
  });
}

/** The cases of a request; those of pictures of one's own, which no case has, borrow their recipes. */
function casesFor({ cases: path, networks, datasets }: EvaluationRequest): Case[] {
  const cases = casesOf(path);
  const known = new Set(cases.map(({ dataset }) => dataset));
  const own = (datasets ?? []).filter((name) => name.startsWith(FOLDER_PREFIX) && !known.has(name));
  const all = [...cases, ...own.flatMap((dataset) => casesOn(dataset, { name: basename(dataset), cases }))];
  return selectCases(all, { networks, datasets });
}

/** The best function of a search. Throws a UserError where there is none. */
function found(name: string, { folder }: { folder: string }): Contestant {
  using study = openStudy(studyPath(folder, name), { access: "read" });
  const [best] = bestTrials(study.trials(), 1);
  if (!best) throw new UserError(`Cannot compare the best function of study ${name}: expected a trained one, got none`);
  const { expression, identity } = best;
  const { dataset } = study.head.settings;
  return { name: `best of ${name}`, formula: format(parse(expression)), identity, searchedOn: String(dataset) };
}

/** The functions of a request, each once. Throws a SyntaxError for a text that is none. */
export function contestantsOf(
  texts: readonly string[] = DEFAULT_FUNCTIONS,
  { folder }: { readonly folder: string },
): Contestant[] {
  return distinct(
    texts.map((text) =>
      text.startsWith(STUDY_PREFIX) ? found(text.slice(STUDY_PREFIX.length), { folder }) : contestant(text)
    ),
  );
}

/** Options of {@linkcode planEvaluation}. */
export interface PlanOptions {
  /** The folder of the studies. */
  readonly folder: string;
  /** Called with what is being done while a data set is fetched. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Makes the plan of a request. Data that are not here are fetched with `full`, and where the data set was named; a case
 * whose data cannot be had is missing. Throws a UserError for names that are none, and where no case is left, and a
 * RangeError for a recipe that asks for more images than there are.
 */
export async function planEvaluation(request: EvaluationRequest, options: PlanOptions): Promise<EvaluationPlan> {
  const { budget = "quick", seed = 1, seeds = SEEDS[budget], tuned = budget === "full" } = request;
  if (!Number.isSafeInteger(seeds) || seeds < 1) {
    throw new RangeError(`Cannot evaluate: expected seeds to be an integer of at least 1, got ${seeds}`);
  }
  const selected = casesFor(request);
  const contestants = contestantsOf(request.functions, options);
  const [cases, missing]: [GridCase[], MissingCase[]] = [[], []];
  for (const one of selected) {
    const fetch = budget === "full" || (request.datasets?.includes(one.dataset) ?? false);
    try {
      cases.push(await gridCase(one, { budget, seed, fetch, onProgress: options.onProgress }));
    } catch (error) {
      if (error instanceof RangeError) throw new RangeError(`Cannot evaluate ${one.name}: ${error.message}`);
      if (!(error instanceof UserError)) throw error;
      missing.push({ name: one.name, dataset: one.dataset, reason: error.message });
    }
  }
  if (cases.length === 0) {
    const [{ name, reason }] = missing;
    throw new UserError(`Cannot evaluate: expected the data of at least 1 case, got none (${name}: ${reason})`);
  }
  return { budget, cases, missing, contestants, seed, seeds, tuned };
}

interface GridCaseOptions {
  readonly budget: BudgetName;
  readonly seed: number;
  readonly fetch: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

/** A case whose data are here. Throws a UserError where they cannot be had, or where there is no such network. */
async function gridCase(one: Case, { budget, seed, fetch, onProgress }: GridCaseOptions): Promise<GridCase> {
  const { name, network, dataset } = one;
  const { imageSize } = one.recipes[budget];
  const counts = await countImages(dataset, { imageSize, fetch, onProgress });
  const recipe = one.borrowed ? fitted(one.recipes[budget], counts) : one.recipes[budget];
  const { learningRate: _, learningRates: __, ...settings } = recipe;
  const images = partSizes(counts, {
    train: recipe.trainImages ?? undefined,
    validation: recipe.validationImages ?? undefined,
    test: recipe.testImages ?? undefined,
  });
  const data = await loadDataset(dataset, { ...images, seed, imageSize, parts: [], fetch: false });
  const conditions: Settings = {
    network,
    ...isNetworkPath(network) && { networkDigest: digestOf(network) },
    dataset,
    dataDigest: data.digest,
    splitSeed: seed,
    ...settings,
    // what is recorded is what is done: a set may have no usual changes
    augmentation: usualAugmentation(data) ? recipe.augmentation : "none",
  };
  return { name, network, dataset, recipe, images, conditions };
}

/** A recipe with no more images than there are. */
function fitted(recipe: CaseRecipe, counts: DatasetCounts): CaseRecipe {
  const least = (asked: number | null, most: number) => asked === null ? null : Math.min(asked, most);
  const validationImages = least(recipe.validationImages, partSizes(counts).validation);
  const { train, test } = partSizes(counts, { validation: validationImages ?? undefined });
  return {
    ...recipe,
    trainImages: least(recipe.trainImages, train),
    validationImages,
    testImages: least(recipe.testImages, test),
  };
}

function digestOf(path: string): string {
  try {
    return createHash("sha256").update(Deno.readFileSync(path)).digest("hex");
  } catch (error) {
    throw new UserError(`Cannot use network ${path}: ${(error as Error).message}`);
  }
}
