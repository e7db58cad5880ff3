/**
 * What an evaluation compares: the cases whose data are here, the functions, the seeds. It makes data sets ready and reads
 * files; it trains nothing.
 *
 * @module
 */
import { dirname } from "node:path";
import { format, parse } from "../activation/mod.ts";
import { z } from "zod";
import { choice, flag, integer, partial, text, texts } from "../schema.ts";
import { type BudgetName, BUDGETS, type Case, type CaseRecipe, casesOn, selectCases } from "./cases.ts";
import { type Contestant, contestant, DEFAULT_FUNCTIONS, distinct } from "./contestant.ts";
import type { Grid, GridCase } from "./grid.ts";
import { readCases } from "./read_cases.ts";
import {
  type DatasetCounts,
  datasetLabels,
  datasetName,
  FOLDER_PREFIX,
  inspectDataset,
  partSizes,
  type Progress,
} from "../datasets/mod.ts";
import { isNetworkPath } from "../models/mod.ts";
import { PROJECT_FOLDER } from "../project.ts";
import { type JsonRecord, openStudy, studyPath } from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { bestTrials } from "./finals.ts";
import { dataConditions } from "./data_conditions.ts";
import { networkDigest } from "./network_digest.ts";

/** What a user may ask for; what is not given is a default. */
export interface EvaluationRequest {
  /** Which of the cases' recipes is used (default: `quick`). */
  readonly budget?: BudgetName;
  /** The file of the cases (default: `data/cases.json`). */
  readonly cases?: string;
  /** Networks of the cases (default: all). */
  readonly networks?: readonly string[] | "all";
  /** Data sets of the cases, or pictures of one's own as `folder:PATH` with an absolute path (default: all). */
  readonly datasets?: readonly string[] | "all";
  /** Functions: names, formulas, or `study:NAME` for the best of a search (default: the eleven of the catalogue). */
  readonly functions?: readonly string[];
  /** What `study:NAME` stands for, where that is known; else the study is read. */
  readonly found?: Readonly<Record<string, Contestant>>;
  /** Trainings of each function in each case (default: 2, with `full` 5). */
  readonly seeds?: number;
  /** Seed of everything random (default: 1). */
  readonly seed?: number;
  /** Whether each training tries the case's learning rates, and goes on with the best (default: not with `quick`). */
  readonly tuned?: boolean;
}

/** Checks of what stands in a request by itself; names are looked up when it is planned. */
export const evaluationRequestSchema = partial(z.object({
  budget: choice(
    "Which of the cases' recipes is used: quick, of small images, for the cases whose data are here; medium, for a " +
      "workstation; or full, which fetches data and takes weeks on a small machine",
    BUDGETS,
  ),
  networks: texts("Networks of the cases", { whole: "all" }),
  datasets: texts(
    "Data sets of the cases; named ones are fetched. folder:PATH, with a folder of pictures for each class, is taken " +
      "with the recipes of each network's first case",
    { whole: "all" },
  ),
  functions: texts("Functions: names, formulas, or study:NAME for the best of a search, with commas between them"),
  found: z.any(),
  cases: text("File of the cases"),
  seeds: integer("Trainings of each function in each case", { minimum: 1 }),
  seed: integer("Seed of everything random", { minimum: 0 }),
  tuned: flag("Whether each training tries the case's learning rates, and goes on with the best"),
}));

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
  /** What each `study:NAME` stands for. */
  readonly found: Readonly<Record<string, Contestant>>;
}

/** The cases that come with the project. */
export const CASES_FILE = `${PROJECT_FOLDER}data/cases.json`;

/** Trainings of each function in each case where nothing is said. */
export const SEEDS: Readonly<Record<BudgetName, number>> = { quick: 2, medium: 2, full: 5 };
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
export function casesFor({ cases: path, networks, datasets, budget = "quick" }: EvaluationRequest): Case[] {
  const cases = casesOf(path).filter(({ recipes }) => recipes[budget]);
  if (cases.length === 0) {
    throw new UserError(
      `Cannot evaluate: no case of ${path ?? CASES_FILE} has a recipe ${budget}; use another --budget`,
    );
  }
  const known = new Set(cases.map(({ dataset }) => dataset));
  const own = new Set(someOf(datasets)?.filter((name) => name.startsWith(FOLDER_PREFIX) && !known.has(name)));
  const labels = datasetLabels([...own], { taken: cases.map(({ name }) => name.slice(name.indexOf("/") + 1)) });
  const all = [...cases, ...[...own].flatMap((dataset, i) => casesOn(dataset, { name: labels[i], cases }))];
  return selectCases(all, { networks: someOf(networks), datasets: someOf(datasets) });
}

function someOf(names?: readonly string[] | "all"): readonly string[] | undefined {
  return names === "all" ? undefined : names;
}

/** The functions of a request, each once, and what each `study:NAME` among them stands for. */
function functionsOf(
  { functions = DEFAULT_FUNCTIONS, found: known = {} }: EvaluationRequest,
  { folder }: PlanOptions,
): Pick<EvaluationPlan, "contestants" | "found"> {
  if (functions.length === 0) throw new UserError("Cannot evaluate: expected at least 1 function, got none");
  const studies = functions.filter((text) => text.startsWith(STUDY_PREFIX));
  const found = Object.fromEntries(
    studies.map((text) => [text, known[text] ?? bestOf(text.slice(STUDY_PREFIX.length), { folder })]),
  );
  return {
    contestants: distinct(functions.map((text) => studies.includes(text) ? found[text] : contestant(text))),
    found,
  };
}

/** The best function of a search. Throws a UserError where there is none. */
function bestOf(name: string, { folder }: { folder: string }): Contestant {
  using study = openStudy(studyPath(folder, name), { access: "read" });
  const [best] = bestTrials(study.trials(), 1);
  if (!best) throw new UserError(`Cannot compare the best function of study ${name}: expected a trained one, got none`);
  const { formula, identity } = best;
  const { dataset } = study.head.settings;
  return { name: `best of ${name}`, formula: format(parse(formula)), identity, searchedOn: [String(dataset)] };
}

/** Options of {@linkcode planEvaluation}. */
export interface PlanOptions {
  /** The folder of the studies. */
  readonly folder: string;
  /** Whether data that are not here may be fetched (default: true). */
  readonly fetch?: boolean;
  /** Called with what is being done while a data set is fetched. */
  readonly onProgress?: (progress: Progress) => void;
  /** When aborted, the plan ends by throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Makes the plan of a request. Data that are not here are fetched with `full`, and where the data set was named; a case
 * whose data cannot be had is missing. Throws a SyntaxError for a function that is none, a UserError for names that are
 * none, for a network that cannot be read, and where no case is left, and a RangeError for a recipe that asks for more
 * images than there are.
 */
export async function planEvaluation(request: EvaluationRequest, options: PlanOptions): Promise<EvaluationPlan> {
  const { budget = "quick", seed = 1, seeds = SEEDS[budget], tuned = budget !== "quick" } = request;
  if (!Number.isSafeInteger(seeds) || seeds < 1) {
    throw new RangeError(`Cannot evaluate: expected seeds to be an integer of at least 1, got ${seeds}`);
  }
  const selected = casesFor(request);
  const functions = functionsOf(request, options);
  const named = someOf(request.datasets) ?? [];
  const networks = new Map<string, JsonRecord>();
  for (const { network } of selected) {
    options.signal?.throwIfAborted();
    if (!networks.has(network)) networks.set(network, await networkConditions(network));
  }
  const [cases, missing]: [GridCase[], MissingCase[]] = [[], []];
  for (const one of selected) {
    options.signal?.throwIfAborted();
    const fetch = (options.fetch ?? true) && (budget === "full" || named.includes(one.dataset));
    try {
      cases.push(await gridCase(one, { ...options, budget, seed, fetch, network: networks.get(one.network)! }));
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
  return { budget, cases, missing, ...functions, seed, seeds, tuned };
}

/** What trials depend on of their network. */
async function networkConditions(network: string): Promise<JsonRecord> {
  return { network, ...isNetworkPath(network) && { networkDigest: await networkDigest(network) } };
}

interface GridCaseOptions extends PlanOptions {
  readonly budget: BudgetName;
  readonly seed: number;
  /** Whether data that are not here are fetched. */
  readonly fetch: boolean;
  /** What trials depend on of their network. */
  readonly network: JsonRecord;
}

/** A case whose data are here. Throws a UserError where they cannot be had. */
async function gridCase(one: Case, options: GridCaseOptions): Promise<GridCase> {
  const { budget, seed, fetch, onProgress, signal, network: networkSettings } = options;
  const { name, network, dataset } = one;
  const given = one.recipes[budget]!;
  const { imageSize, split } = given;
  const data = await inspectDataset(dataset, { imageSize, split, fetch, onProgress, signal });
  const { counts, edition } = data;
  const recipe = one.borrowed || edition !== undefined ? fitted(given, counts) : given;
  const { learningRate: _, learningRates: __, ...settings } = recipe;
  const images = partSizes(counts, {
    train: recipe.trainImages ?? undefined,
    validation: recipe.validationImages ?? undefined,
    test: recipe.testImages ?? undefined,
  });
  for (const [part, count] of Object.entries(images)) {
    if (count < 1) throw new RangeError(`expected at least 1 image for ${part}, got ${count}`);
  }
  const conditions: JsonRecord = {
    ...networkSettings,
    dataset,
    splitSeed: seed,
    ...settings,
    ...dataConditions(data),
    // what is recorded is what is done: a set may have no usual changes
    augmentation: data.augmentation ? recipe.augmentation : "none",
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
