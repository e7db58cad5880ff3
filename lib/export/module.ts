/**
 * What every exported module says of its function, and how functions may be called there. It knows no target.
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

/** Words that a function may not be called: those of the languages, and what the modules use themselves. */
const RESERVED = new Set(
  ("and as assert async await break case catch class const continue debugger def default del delete do elif else enum " +
    "except export extends False false finally for from function global if implements import in instanceof interface " +
    "is lambda let match new None nonlocal not null or package pass private protected public raise return static " +
    "super switch this throw True true try type typeof undefined var void while with yield eval arguments NaN " +
    "Infinity Math Number x np math torch nn jax jnp keras ops erf erfc dx upstream int float str bool list dict " +
    "tuple set object staticmethod property self ctx inputs primals tangents").split(" "),
);

function nameOf(e: Expression): string {
  return CATALOG_NAMES.find((name) => sameTree(catalog[name], e)) ?? "f";
}

/**
 * The facts of a function. `name` defaults to the catalogue's name, or else `f`. Throws a RangeError for a name that is
 * no identifier of letters, digits and underscores beginning with a letter, or that a module needs itself.
 */
export function moduleFacts(e: Expression, { name = nameOf(e) }: { readonly name?: string } = {}): ModuleFacts {
  const taken = RESERVED.has(name) || RESERVED.has(`d${name}`) || /^t\d+$/.test(name);
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || taken) {
    const reason = taken ? ", which a language or the module needs itself" : "";
    throw new RangeError(
      `Cannot call a function "${name}": expected a letter and then letters, digits and underscores, got "${name}"` +
        `${reason}; choose another name`,
    );
  }
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
