/**
 * The activation functions that have a name, and what a user's text stands for.
 *
 * @module
 */
import type { Expression } from "./expression.ts";
import { CATALOG_ALIASES, type CatalogName, FORMULAS } from "./formulas.ts";
import { parse } from "./parse.ts";
import { isProvenEqual } from "./simplify/proof.ts";

export type { CatalogName };

/** The names of the catalogue's functions. */
export const CATALOG_NAMES: readonly CatalogName[] = Object.keys(FORMULAS) as CatalogName[];

/** The catalogue's functions by name. */
export const catalog: Readonly<Record<CatalogName, Expression>> = Object.freeze(
  Object.fromEntries(CATALOG_NAMES.map((name) => [name, parse(FORMULAS[name])])) as Record<CatalogName, Expression>,
);

/** A name as the catalogue spells it: "Leaky ReLU" and "leaky-relu" are leaky_relu. */
function spelled(text: string): string {
  return text.trim().toLowerCase().replace(/[\s-]+/g, "_");
}

/**
 * The function that a text means: a name of the catalogue (in any case, with spaces, hyphens or underscores), or an
 * expression. Throws a SyntaxError when it is neither.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { catalog, resolveActivation } from "./catalog.ts";
 * assertEquals(resolveActivation("EELU-2"), catalog.eelu2);
 * assertEquals(resolveActivation("x * sigmoid(x)"), catalog.swish);
 * ```
 */
export function resolveActivation(text: string): Expression {
  const name = spelled(text);
  const squeezed = name.replaceAll("_", "");
  const known = CATALOG_NAMES.find((candidate) => candidate === name || candidate.replaceAll("_", "") === squeezed) ??
    (Object.hasOwn(CATALOG_ALIASES, name) ? CATALOG_ALIASES[name] : undefined);
  return known === undefined ? parse(text) : catalog[known];
}

/** The name of the function of the catalogue that an expression is proven to be; undefined where there is none. */
export function catalogName(e: Expression): CatalogName | undefined {
  return CATALOG_NAMES.find((name) => isProvenEqual(catalog[name], e));
}
