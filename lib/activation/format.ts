/**
 * Expression → text that parse.ts reads back as the same tree, with as few parentheses as that allows.
 *
 * @module
 */
import type { Expression } from "./expression.ts";
import { operatorOf } from "./operators.ts";

const NAMED: ReadonlyMap<number, string> = new Map([[Math.PI, "pi"], [Math.E, "e"]]);
const POWER = 4;
const ATOM = 5;

interface Text {
  readonly text: string;
  readonly precedence: number;
}

function number(value: number): Text {
  const text = NAMED.get(value) ?? (Object.is(value, -0) ? "-0" : `${value}`);
  return { text, precedence: text.startsWith("-") ? 3 : ATOM };
}

/** The text, in parentheses unless it binds at least as tightly as `precedence`. */
function wrap({ text, precedence }: Text, least: number): string {
  return precedence >= least ? text : `(${text})`;
}

function sign(e: Expression, inner: Text): Text {
  // "--x" and "-2" would be read, but badly or as a number
  const literal = e.kind === "constant" && !NAMED.has(e.value);
  const least = literal || inner.text.startsWith("-") ? ATOM + 1 : 3;
  return { text: `-${wrap(inner, least)}`, precedence: 3 };
}

function render(e: Expression): Text {
  if (e.kind === "variable") return { text: e.name, precedence: ATOM };
  if (e.kind === "constant") return number(e.value);
  const { name, infix } = operatorOf(e.operator);
  const args = e.args.map(render);
  if (name === "where") {
    const [a, b, yes, no] = args.map(({ text }) => text);
    return { text: `where(${a} > ${b}, ${yes}, ${no})`, precedence: ATOM };
  }
  if (name === "max" || name === "min") {
    // max(max(a, b), c) is what max(a, b, c) is read as
    const first = e.args[0].kind === "call" && e.args[0].operator === name
      ? args[0].text.slice(name.length + 1, -1)
      : args[0].text;
    return { text: `${name}(${first}, ${args[1].text})`, precedence: ATOM };
  }
  if (!infix) return { text: `${name}(${args.map(({ text }) => text).join(", ")})`, precedence: ATOM };
  const { symbol, precedence } = infix;
  if (args.length === 1) return sign(e.args[0], args[0]);
  if (precedence === POWER) {
    // e^u would be read as exp(u)
    const base = args[0].text === "e" ? "(e)" : wrap(args[0], ATOM);
    return { text: `${base}^${wrap(args[1], 3)}`, precedence };
  }
  return { text: `${wrap(args[0], precedence)} ${symbol} ${wrap(args[1], precedence + 1)}`, precedence };
}

/**
 * The expression as a text: `parse(format(e))` is the same tree as `e`.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { format } from "./format.ts";
 * import { parse } from "./parse.ts";
 * assertEquals(format(parse("(x + 1) * (-(x^2))")), "(x + 1) * -x^2");
 * ```
 */
export function format(e: Expression): string {
  return render(e).text;
}
