/**
 * A function as LaTeX: its formula and its derivative's as displayed equations.
 *
 * @module
 */
import { LEFT_OUT } from "../activation/mod.ts";
import { exportCommand, type ModuleFacts } from "./module.ts";

/** The text, for `\input` in a document that uses the package amsmath. */
export function latexModule(facts: ModuleFacts): string {
  const { name, formula, source, latex, slope } = facts;
  return [
    `% The activation function ${name}(x) = ${formula}`,
    `% and its derivative${slope ? "; at a kink, that of one side" : `, ${LEFT_OUT}`}. Needs \\usepackage{amsmath}.`,
    ...(source === undefined ? [] : [`% Source: ${source}.`]),
    `% Made by AFOS Lab: ${exportCommand(facts, "latex")}`,
    "\\begin{align*}",
    ...slope ? [`  f(x) &= ${latex} \\\\`, `  f'(x) &= ${slope.latex}`] : [`  f(x) &= ${latex}`],
    "\\end{align*}",
    "",
  ].join("\n");
}
