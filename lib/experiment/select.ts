/**
 * The cases that a user names. It knows nothing of where cases come from.
 *
 * @module
 */
import { UserError } from "../user_error.ts";
import type { Case } from "./case.ts";

/** The networks and data sets that are wanted; what is not given is all. */
export interface CaseSelection {
  /** Names of networks. */
  readonly networks?: readonly string[];
  /** Names of data sets. */
  readonly datasets?: readonly string[];
}

/** Every network's first case, on another data set. `name` is the data set's in the names of the cases. */
export function casesOn(dataset: string, { name, cases }: { name: string; cases: readonly Case[] }): Case[] {
  const firsts = [...Map.groupBy(cases, ({ network }) => network).values()].map(([first]) => first);
  return firsts.map(({ network, recipes }) => ({
    name: `${network}/${name}`,
    network,
    dataset,
    recipes,
    borrowed: true,
  }));
}

/** The cases of a selection. Throws a UserError for a name that no case has, and where no case is left. */
export function selectCases(cases: readonly Case[], { networks, datasets }: CaseSelection): Case[] {
  const check = (what: "network" | "dataset", wanted: readonly string[] = []) => {
    const known = [...new Set(cases.map((one) => one[what]))];
    const unknown = wanted.find((name) => !known.includes(name));
    if (unknown === undefined) return;
    throw new UserError(`No case has the ${what} "${unknown}": expected all or some of ${known.join(", ")}`);
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
