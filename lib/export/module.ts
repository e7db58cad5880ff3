/**
 * What every exported module says of its function.
 *
 * @module
 */
import {
  catalog,
  CATALOG_NAMES,
  derivative,
  type Expression,
  format,
  latex,
  LEFT_OUT,
  sameTree,
  written,
} from "../activation/mod.ts";
import { SOURCES } from "./sources.ts";

/** What a module is made of. */
export interface ModuleFacts {
  /** The function's name in the module. */
  readonly name: string;
  /** The function. */
  readonly expression: Expression;
  /** Its formula. */
  readonly formula: string;
  /** The formula in LaTeX. */
  readonly latex: string;
  /** The derivative's formula, as text and in LaTeX; undefined where either would be too long to read. */
  readonly slope: { readonly formula: string; readonly latex: string } | undefined;
  /** Where the function comes from, as far as it is in the catalogue. */
  readonly source: string | undefined;
}

function nameOf(e: Expression): string {
  return CATALOG_NAMES.find((name) => sameTree(catalog[name], e)) ?? "f";
}

/** The facts of a function under a name; default: its name in the catalogue, or else `f`. */
export function moduleFacts(e: Expression, { name = nameOf(e) }: { readonly name?: string } = {}): ModuleFacts {
  const known = CATALOG_NAMES.find((candidate) => sameTree(catalog[candidate], e));
  return {
    name,
    expression: e,
    formula: format(e),
    latex: latex(e),
    slope: written(derivative(e)),
    source: known && SOURCES[known],
  };
}

/** The command that makes the module. */
export function exportCommand({ name, formula, expression }: ModuleFacts, target: string): string {
  return `deno task export "${formula}" --to ${target}${name === nameOf(expression) ? "" : ` --name ${name}`}`;
}

/** The lines that introduce a module: formulas, LaTeX, source, how it is computed. */
export function description(facts: ModuleFacts, { target, more }: {
  readonly target: string;
  readonly more: readonly string[];
}): string[] {
  const { name, formula, slope, source } = facts;
  return [
    `The activation function ${name} and its derivative d${name}.`,
    "",
    `    ${name}(x) = ${formula}`,
    `    d${name}(x) = ${slope?.formula ?? LEFT_OUT}`,
    "",
    "In LaTeX:",
    "",
    `    f(x) = ${facts.latex}`,
    `    f'(x) = ${slope?.latex ?? LEFT_OUT}`,
    "",
    ...(source === undefined ? [] : [`Source: ${source}.`]),
    `Made by AFOS Lab: ${exportCommand(facts, target)}`,
    "",
    "The code computes an equal form that is chosen for float32: it overflows and cancels less.",
    ...more,
  ];
}
