/**
 * Expression → LaTeX, from the patterns in the table of operators.
 *
 * @module
 */
import type { Call, Expression } from "./expression.ts";
import { operatorOf } from "./operators.ts";

const ATOM = 5;

interface Text {
  readonly text: string;
  readonly precedence: number;
}

function number(value: number): Text {
  if (value === Math.PI) return { text: "\\pi", precedence: ATOM };
  if (value === Math.E) return { text: "e", precedence: ATOM };
  const [digits, exponent] = `${value}`.split("e");
  const text = exponent === undefined ? digits : `${digits} \\cdot 10^{${Number(exponent)}}`;
  return { text, precedence: value < 0 || exponent !== undefined ? 2 : ATOM };
}

function parenthesized({ text, precedence }: Text, least: number): string {
  return precedence >= least ? text : `\\left(${text}\\right)`;
}

/** The arguments of nested maxima or minima. */
function argumentsOf(e: Call): Expression[] {
  const [first, second] = e.args;
  return [...first.kind === "call" && first.operator === e.operator ? argumentsOf(first) : [first], second];
}

function render(e: Expression): Text {
  if (e.kind === "variable") return { text: e.name, precedence: ATOM };
  if (e.kind === "constant") return number(e.value);
  const { infix, latex: pattern, name } = operatorOf(e.operator);
  const args = e.args.map(render);
  const fill = (text: (i: number) => string) => pattern.replace(/#(\d)/g, (_, digit) => text(Number(digit) - 1));
  if (name === "max" || name === "min") {
    const list = argumentsOf(e).map((arg) => render(arg).text).join(", ");
    return { text: `\\${name}\\left(${list}\\right)`, precedence: ATOM };
  }
  if (!infix || name === "div") return { text: fill((i) => args[i].text), precedence: name === "exp" ? 4 : ATOM };
  const { precedence } = infix;
  if (name === "pow") {
    return { text: fill((i) => i === 0 ? parenthesized(args[0], ATOM) : args[1].text), precedence };
  }
  // the sign of a first operand needs no parentheses, one after an operator does
  const text = fill((i) => {
    const afterOperator = i > 0 || args.length === 1;
    if (afterOperator && args[i].text.startsWith("-")) return parenthesized(args[i], ATOM + 1);
    return parenthesized(args[i], args.length === 1 ? 2 : precedence + i);
  });
  return { text, precedence: args.length === 1 ? 2 : precedence };
}

/**
 * The expression in LaTeX's mathematical mode.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { latex } from "./latex.ts";
 * import { parse } from "./parse.ts";
 * assertEquals(latex(parse("x * erf(exp(x))")), "x \\cdot \\operatorname{erf}\\left(e^{x}\\right)");
 * ```
 */
export function latex(e: Expression): string {
  return render(e).text;
}
