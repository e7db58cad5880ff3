/**
 * Reads cases out of JSON: `{ "recipes": { NAME: recipe }, "cases": [ { "network", "dataset", "full", "quick" } ] }`. A
 * recipe is an object, the name of one, or an object that names in `like` the one it changes. It opens no file, and does
 * not know which data sets there are.
 *
 * @module
 */
import { isAbsolute, resolve } from "node:path";
import type { z } from "zod";
import { fileURLToPath } from "node:url";
import { checkNetwork, isNetworkPath, NETWORK_NAMES } from "../models/mod.ts";
import { check, partial, SettingsError, type SettingsSchema } from "../schema.ts";
import { didYouMean } from "../closest.ts";
import { UserError } from "../user_error.ts";
import { BUDGETS, type Case, type CaseRecipe, caseRecipeSchema } from "./cases.ts";

/** Options of {@linkcode readCases}. */
export interface ReadCasesOptions {
  /** What the text is called in errors. */
  readonly source: string;
  /** The folder that paths of networks are relative to. */
  readonly folder: string;
}

type Fields = Readonly<Record<string, unknown>>;

const PART_SCHEMA = partial(caseRecipeSchema);

const CASE_FIELDS = ["name", "network", "dataset", ...BUDGETS];

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Says where something is wrong: which file, which case, which field. */
class Place {
  constructor(readonly source: string, readonly path: string) {}

  at(field: string): Place {
    return new Place(this.source, this.path === "" ? field : `${this.path}, field ${field}`);
  }

  /** `words`: what may have been meant. */
  refuse(expected: string, got: unknown, words: readonly string[] = []): never {
    const text = typeof got === "string" ? `"${got}"${didYouMean(got, words)}` : JSON.stringify(got) ?? "none";
    throw new UserError(`Cannot read ${this.source}: ${this.path}: expected ${expected}, got ${text}`);
  }

  checkFields(given: Fields, known: readonly string[]): void {
    const unknown = Object.keys(given).find((name) => !known.includes(name));
    if (unknown !== undefined) this.refuse(`the fields ${known.join(", ")}`, unknown, known);
  }
}

interface RecipeContext {
  readonly recipes: Fields;
  readonly place: Place;
}

/** A recipe with all that it takes over from others; `seen` are the names on the way. */
function inherited(
  given: unknown,
  { recipes, place, seen = [] }: { recipes: Fields; place: Place; seen?: string[] },
): Fields {
  const name = isObject(given) ? given.like : given;
  if (isObject(given) && name === undefined) return given;
  if (typeof name !== "string") return place.refuse("a recipe or the name of one", given);
  if (!Object.hasOwn(recipes, name) || seen.includes(name)) {
    const others = Object.keys(recipes).filter((other) => !seen.includes(other));
    const loop = seen.includes(name) ? ", as a recipe cannot be made of itself" : "";
    return place.refuse(`one of the recipes ${others.join(", ") || "(there is none)"}${loop}`, name, others);
  }
  const base = inherited(recipes[name], { recipes, place, seen: [...seen, name] });
  const { like: _, ...own } = isObject(given) ? given : { like: name };
  return { ...base, ...own };
}

/** Checks a recipe by a schema, which for a recipe that others change has every field optional. */
function checkRecipe<S extends SettingsSchema>(
  schema: S,
  given: unknown,
  { recipes, place }: RecipeContext,
): z.output<S> {
  const fields = inherited(given, { recipes, place });
  try {
    return check(schema, fields, { action: `Cannot read ${place.source}`, path: place.path });
  } catch (error) { // of a file, and no setting of a call
    throw error instanceof SettingsError ? new UserError(error.message) : error;
  }
}

function readRecipe(given: unknown, context: RecipeContext): CaseRecipe {
  const recipe: CaseRecipe = checkRecipe(caseRecipeSchema, given, context);
  const { optimizer, momentum } = recipe;
  if (optimizer === "adam" && momentum !== 0) context.place.at("momentum").refuse("0 with Adam", momentum);
  return recipe;
}

/** A user's own network says itself what it can take, when it is built. */
function checkImages({ imageSize }: CaseRecipe, { network, place }: { network: string; place: Place }): void {
  if (isNetworkPath(network)) return;
  try {
    checkNetwork(network, { imageSize });
  } catch (error) {
    throw new UserError(`Cannot read ${place.source}: ${place.path}, field imageSize: ${(error as Error).message}`);
  }
}

function readNetwork(given: unknown, { place, folder }: { place: Place; folder: string }): string {
  if (typeof given === "string" && isNetworkPath(given)) {
    return given.startsWith("file:") ? fileURLToPath(given) : isAbsolute(given) ? given : resolve(folder, given);
  }
  if (NETWORK_NAMES.includes(given as string)) return given as string;
  return place.refuse(
    `${NETWORK_NAMES.join(", ")}, or the path of a module (.ts, .mts, .js, .mjs)`,
    given,
    NETWORK_NAMES,
  );
}

/**
 * Reads cases. Throws a UserError that says which case and which field is wrong, what was expected there and what was
 * found.
 */
export function readCases(text: string, { source, folder }: ReadCasesOptions): Case[] {
  const whole = new Place(source, "the file");
  let file: unknown;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UserError(`Cannot read ${source}: expected JSON, got ${(error as Error).message}`);
  }
  if (!isObject(file)) return whole.refuse("an object with recipes and cases", file);
  whole.checkFields(file, ["about", "recipes", "cases"]);
  const { recipes = {}, cases: list } = file;
  if (!isObject(recipes)) return whole.at("recipes").refuse("an object with recipes by name", recipes);
  if (!Array.isArray(list) || list.length === 0) return whole.at("cases").refuse("a list of at least 1 case", list);
  for (const [name, recipe] of Object.entries(recipes)) {
    checkRecipe(PART_SCHEMA, recipe, { recipes, place: new Place(source, `recipe ${name}`) });
  }
  const names = new Map<string, number>();
  return list.map((given, i) => {
    const numbered = new Place(source, `case ${i + 1}`);
    if (!isObject(given)) return numbered.refuse("an object", given);
    const place = new Place(source, `case ${i + 1} (${given.network} on ${given.dataset})`);
    place.checkFields(given, CASE_FIELDS);
    const { dataset, name = `${given.network}/${dataset}` } = given;
    const network = readNetwork(given.network, { place: place.at("network"), folder });
    if (typeof dataset !== "string" || dataset === "") return place.at("dataset").refuse("a data set's name", dataset);
    if (typeof name !== "string" || name === "") return place.at("name").refuse("a text", name);
    const before = names.get(name);
    if (before !== undefined) return place.at("name").refuse(`another name than that of case ${before}`, name);
    names.set(name, i + 1);
    const read = (given: unknown, budget: string) => {
      const recipe = readRecipe(given, { recipes, place: place.at(budget) });
      checkImages(recipe, { network, place: place.at(budget) });
      return recipe;
    };
    const own = BUDGETS.filter((budget) => given[budget] !== undefined);
    if (own.length === 0) return place.refuse(`a recipe ${BUDGETS.join(", ")}, or several of them`, undefined);
    return {
      name,
      network,
      dataset,
      recipes: Object.fromEntries(own.map((budget) => [budget, read(given[budget], budget)])),
    };
  });
}
