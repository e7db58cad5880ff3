/**
 * A function as LaTeX: its formula and its derivative's as displayed equations. It writes no document around them.
 *
 * @module
 */
import { exportCommand, type ModuleFacts } from "./module.ts";

/** The text, for `\input` in a document that uses the package amsmath. */
export function latexModule(facts: ModuleFacts): string {
  const { name, formula, source, latex, slopeLatex } = facts;
  return [
    `% The activation function ${name}(x) = ${formula}`,
    "% and its derivative; at a kink, that of one side. Needs \\usepackage{amsmath}.",
    ...(source === undefined ? [] : [`% Source: ${source}.`]),
    `% Made by AFOS Lab: ${exportCommand(facts, "latex")}`,
    "\\begin{align*}",
    `  f(x) &= ${latex} \\\\`,
    `  f'(x) &= ${slopeLatex}`,
    "\\end{align*}",
    "",
  ].join("\n");
}
