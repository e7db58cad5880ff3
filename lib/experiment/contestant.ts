/**
 * The functions that are compared: by name, as expressions, or brought by a study. It knows nothing of cases, nor of where
 * studies are.
 *
 * @module
 */
import { type CatalogName, catalogName, format, identityKey, resolveActivation } from "../activation/mod.ts";

/** A function that is compared. */
export interface Contestant {
  /** The name in tables: of the catalogue's equal function, or the text that the user wrote. */
  readonly name: string;
  /** The function as a text. */
  readonly formula: string;
  /** The same for equal functions, see `identityKey`. */
  readonly identity: string;
  /** The data sets that the function was searched on, where that is known. */
  readonly searchedOn: readonly string[];
}

/** The functions that are compared where none are named. */
export const DEFAULT_FUNCTIONS: readonly CatalogName[] = [
  ...["relu", "leaky_relu", "elu", "selu", "gelu", "swish", "mish"] as const,
  ...["eelu1", "eelu2", "eelu3", "eelu4"] as const,
];

/** What AFOS's own functions were searched on (arXiv 2409.04915). */
const AFOS_DATASET = "cifar-10";

/**
 * The parts of a list with commas; those inside parentheses part nothing.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { splitList } from "./contestant.ts";
 * assertEquals(splitList("relu, max(x,0.1*x)"), ["relu", "max(x,0.1*x)"]);
 * ```
 */
export function splitList(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** A function by a name of the catalogue or by its formula. Throws a SyntaxError for a text that is neither. */
export function contestant(text: string): Contestant {
  const expression = resolveActivation(text);
  const name = catalogName(expression);
  return {
    name: name ?? text,
    formula: format(expression),
    identity: identityKey(expression),
    searchedOn: name?.startsWith("eelu") ? [AFOS_DATASET] : [],
  };
}

/** The functions without those that are equal to an earlier one, which was then searched where they were, too. */
export function distinct(contestants: readonly Contestant[]): Contestant[] {
  return [...Map.groupBy(contestants, ({ identity }) => identity).values()].map((equal) => ({
    ...equal[0],
    searchedOn: [...new Set(equal.flatMap(({ searchedOn }) => searchedOn))],
  }));
}
