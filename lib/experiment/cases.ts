/**
 * Cases: a network on a data set, with the recipes by which every function is trained there.
 *
 * @module
 */
import { z } from "zod";
import { didYouMean } from "../closest.ts";
import { list, number } from "../schema.ts";
import { recipeSchema } from "../training/mod.ts";
import { UserError } from "../user_error.ts";

/** The recipes of a case: `quick` for a try, `medium` for results on a workstation, `full` for those of the paper's size. */
export const BUDGETS = ["quick", "medium", "full"] as const;

/** Which of a case's recipes is used. */
export type BudgetName = typeof BUDGETS[number];

const { shape } = recipeSchema;

/** A case's recipe as it stands in a file; what has no default there must be given. */
export const caseRecipeSchema = z.object({
  ...recipeSchema.pick({
    imageSize: true,
    trainImages: true,
    validationImages: true,
    testImages: true,
    split: true,
    momentum: true,
    weightDecay: true,
    schedule: true,
    labelSmoothing: true,
    dropout: true,
    gate: true,
    precision: true,
  }).shape,
  augmentation: shape.augmentation.unwrap().default("standard"),
  keep: shape.keep.unwrap().default("best"),
  epochs: shape.epochs.unwrap(),
  batchSize: shape.batchSize.unwrap(),
  optimizer: shape.optimizer.unwrap(),
  learningRate: shape.learningRate.unwrap(),
  learningRates: list("Learning rates that each training tries where they are tuned", {
    of: number("A learning rate", { above: 0 }),
    minimum: 1,
  }),
});

/** A recipe of a case, with the learning rates that each function can get. */
export type CaseRecipe = Readonly<z.output<typeof caseRecipeSchema>>;

/** A network on a data set. */
export interface Case {
  /** Its name, different for each case: NETWORK/DATASET unless the file says another one. */
  readonly name: string;
  /** A network's name, or the absolute path of a module. */
  readonly network: string;
  /** The data set's name. */
  readonly dataset: string;
  /** How networks are trained here, by budget; a case takes part in those that it has a recipe for. */
  readonly recipes: Readonly<Partial<Record<BudgetName, CaseRecipe>>>;
  /** Whether the recipes were made for another data set, so that their numbers of images are only upper limits. */
  readonly borrowed?: boolean;
}

/** The networks and data sets that are wanted; what is not given is all. */
export interface CaseSelection {
  /** Names of networks. */
  readonly networks?: readonly string[];
  /** Names of data sets. */
  readonly datasets?: readonly string[];
}

/** What a network is called in the name of a case: a module by the path that the file of the cases has. */
function networkLabel({ name, network, dataset }: Case): string {
  return name.endsWith(`/${dataset}`) ? name.slice(0, -dataset.length - 1) : network;
}

/** Every network's first case, on another data set. `name` is the data set's in the names of the cases. */
export function casesOn(dataset: string, { name, cases }: { name: string; cases: readonly Case[] }): Case[] {
  const firsts = [...Map.groupBy(cases, ({ network }) => network).values()].map(([first]) => first);
  return firsts.map((first) => {
    const { network, recipes } = first;
    return { name: `${networkLabel(first)}/${name}`, network, dataset, recipes, borrowed: true };
  });
}

/** The cases of a selection. Throws a UserError for a name that no case has, and where no case is left. */
export function selectCases(cases: readonly Case[], { networks, datasets }: CaseSelection): Case[] {
  const check = (what: "network" | "dataset", wanted: readonly string[] = []) => {
    const known = [...new Set(cases.map((one) => one[what]))];
    const unknown = wanted.find((name) => !known.includes(name));
    if (unknown === undefined) return;
    throw new UserError(
      `No case has the ${what} "${unknown}": expected all or some of ${known.join(", ")}${didYouMean(unknown, known)}`,
    );
  };
  check("network", networks);
  check("dataset", datasets);
  const selected = cases.filter(({ network, dataset }) =>
    (networks?.includes(network) ?? true) && (datasets?.includes(dataset) ?? true)
  );
  if (selected.length > 0) return selected;
  throw new UserError(
    `No case is left: expected one with ${networks?.join(", ")} on ${datasets?.join(", ")}, got none`,
  );
}
