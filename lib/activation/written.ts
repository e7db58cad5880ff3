/**
 * Formulas as far as they can be read: that of a derivative may have thousands of operations.
 *
 * @module
 */
import { countOperations, type Expression } from "./expression.ts";
import { format } from "./format.ts";
import { latex } from "./latex.ts";

/** Longer formulas are left out, of text and of LaTeX. */
export const LONGEST_FORMULA = 2000;

/** What stands in the place of a formula that is left out. */
export const LEFT_OUT = `left out: it has more than ${LONGEST_FORMULA} characters`;

/** The formula, as text and in LaTeX; undefined where either has more than `LONGEST_FORMULA` characters. */
export function written(e: Expression): { readonly formula: string; readonly latex: string } | undefined {
  if (countOperations(e) > LONGEST_FORMULA) return undefined; // not written at all: it may have millions
  const texts = { formula: format(e), latex: latex(e) };
  return Object.values(texts).some(({ length }) => length > LONGEST_FORMULA) ? undefined : texts;
}
