/**
 * Expression → LaTeX, from the patterns in the table of operators, as one writes by hand: 2x, a − b for a + (−b), signs
 * in front of products and fractions, and 2/√π for 1.1283791670955126.
 *
 * @module
 */
import type { Call, Expression } from "./expression.ts";
import { operatorOf } from "./operators.ts";

/** How tightly a text holds together. */
type Kind = "sum" | "product" | "fraction" | "number" | "power" | "cases" | "atom";

/** A text without its sign. */
interface Text {
  readonly isNegative: boolean;
  readonly text: string;
  readonly kind: Kind;
  /** Of a number. */
  readonly value?: number;
}

/** What a constant may be a multiple of: above and below the line. */
const IRRATIONAL: readonly (readonly [value: number, above: string, below: string])[] = [
  [1, "", ""],
  [Math.PI, "\\pi", ""],
  [Math.sqrt(Math.PI), "\\sqrt{\\pi}", ""],
  [1 / Math.sqrt(Math.PI), "", "\\sqrt{\\pi}"],
  [Math.SQRT2, "\\sqrt{2}", ""],
  [Math.SQRT1_2, "", "\\sqrt{2}"],
  [Math.sqrt(3), "\\sqrt{3}", ""],
  [1 / Math.sqrt(3), "", "\\sqrt{3}"],
  [Math.sqrt(5), "\\sqrt{5}", ""],
  [Math.sqrt(2 * Math.PI), "\\sqrt{2 \\pi}", ""],
  [1 / Math.sqrt(2 * Math.PI), "", "\\sqrt{2 \\pi}"],
  [Math.sqrt(2 / Math.PI), "\\sqrt{\\frac{2}{\\pi}}", ""],
  [1 / Math.PI, "", "\\pi"],
  [Math.PI ** 2, "\\pi^{2}", ""],
  [Math.LN2, "\\ln 2", ""],
  [1 / Math.LN2, "", "\\ln 2"],
  [Math.E, "e", ""],
  [1 / Math.E, "", "e"],
];

/** The greatest numerator and denominator of the multiples. */
const MOST = 20;

/** A number with so few digits is meant as it stands. */
const SHORT = 9;

/** A constant above 0 as a fraction of texts; undefined where it is best written in digits. */
function fractionOf(value: number): { readonly above: string; readonly below: string } | undefined {
  if (value === Number(value.toPrecision(SHORT))) return undefined;
  let found: { above: string; below: string } | undefined;
  let least = Infinity;
  for (const [unit, above, below] of IRRATIONAL) {
    for (let divisor = 1; divisor <= MOST; divisor++) {
      const factor = Math.round(value * divisor / unit);
      const isMultiple = factor >= 1 && factor <= MOST &&
        Math.abs(factor * unit / divisor - value) <= 4 * Number.EPSILON * value;
      if (!isMultiple || factor + divisor >= least) continue;
      least = factor + divisor;
      const times = (number: number, text: string) => number === 1 && text ? text : `${number}${text && ` ${text}`}`;
      found = { above: times(factor, above), below: divisor === 1 && !below ? "" : times(divisor, below) };
    }
  }
  return found;
}

function digits(value: number): string {
  const [mantissa, exponent] = `${value}`.split("e");
  if (exponent === undefined) return mantissa;
  const power = `10^{${Number(exponent)}}`;
  return mantissa === "1" ? power : `${mantissa} \\cdot ${power}`;
}

const parenthesized = (text: string) => `\\left(${text}\\right)`;

/** The text with its sign. */
function signed({ isNegative, text, kind }: Text): string {
  return isNegative ? `-${kind === "sum" ? parenthesized(text) : text}` : text;
}

/** Factors side by side; a point stands where two numbers would run together, or two letters be taken for one name. */
function juxtaposed(factors: readonly Text[]): string {
  return factors.map(({ kind, text }) =>
    factors.length > 1 && (kind === "sum" || kind === "cases") ? parenthesized(text) : text
  ).reduce((before, text, i) => {
    const previous = factors[i - 1];
    const isNumber = previous.kind === "number";
    const isPoint = /^[\d.]/.test(text) || (isNumber && factors[i].kind === "fraction") ||
      (/^[a-z]$/.test(previous.text) && /^[a-z]$/.test(text));
    if (isPoint) return `${before} \\cdot ${text}`;
    return isNumber && /\d$/.test(before) && /^[a-z]/.test(text) ? before + text : `${before} ${text}`;
  });
}

/** The factors of a product, numbers first. */
function factorsOf(e: Expression): Text[] {
  if (e.kind === "call" && e.operator === "mul") {
    const factors = e.args.flatMap(factorsOf);
    const isNumber = ({ kind }: Text) => kind === "number";
    return [...factors.filter(isNumber), ...factors.filter((factor) => !isNumber(factor))];
  }
  return [render(e)];
}

/** A product of factors over a product of others, with the fractions among their constants. */
function quotient(above: readonly Text[], below: readonly Text[]): Text {
  const isNegative = [...above, ...below].filter((factor) => factor.isNegative).length % 2 === 1;
  const list = (side: "above" | "below", factors: readonly Text[]) =>
    factors.flatMap((factor): Text[] => {
      const fraction = factor.value === undefined ? undefined : fractionOf(factor.value);
      if (!fraction) return side === "above" ? [factor] : [];
      const { [side]: text } = fraction;
      return text ? [{ isNegative: false, text, kind: /^\d+$/.test(text) ? "number" : "atom" }] : [];
    });
  const numerator = [...list("above", above), ...list("below", below)];
  const denominator = [...list("below", above), ...list("above", below)];
  const [top, bottom] = [numerator, denominator].map((factors) => {
    const others = factors.filter(({ text }) => text !== "1"); // 1x is x
    return others.length > 0 ? others : factors.slice(0, 1);
  });
  if (bottom.length === 0 || bottom[0].text === "1") {
    const [only] = top;
    return top.length === 1 ? { ...only, isNegative } : { isNegative, text: juxtaposed(top), kind: "product" };
  }
  const text = top.length > 0 ? juxtaposed(top) : "1";
  return { isNegative, text: `\\frac{${text}}{${juxtaposed(bottom)}}`, kind: "fraction" };
}

/** The arguments of nested maxima or minima. */
function argumentsOf(e: Call): Expression[] {
  const [first, second] = e.args;
  return [...first.kind === "call" && first.operator === e.operator ? argumentsOf(first) : [first], second];
}

function renderCall(e: Call): Text {
  const { latex: pattern, name } = operatorOf(e.operator);
  const positive = (text: string, kind: Kind): Text => ({ isNegative: false, text, kind });
  switch (name) {
    case "neg": {
      const inner = render(e.args[0]);
      return { ...inner, isNegative: !inner.isNegative };
    }
    case "mul":
      return quotient(factorsOf(e), []);
    case "div":
      return quotient(factorsOf(e.args[0]), factorsOf(e.args[1]));
    case "add":
    case "sub": {
      const [a, b] = e.args.map((arg) => shown(render(arg)));
      const isMinus = (name === "sub") !== b.isNegative;
      const isSum = b.kind === "sum" && (isMinus || b.isNegative);
      return positive(`${signed(a)} ${isMinus ? "-" : "+"} ${isSum ? parenthesized(b.text) : b.text}`, "sum");
    }
    case "pow": {
      const [base, exponent] = e.args.map(render);
      const written = shown(base);
      const isBare = !base.isNegative && (base.kind === "atom" || /^[\d.]+$|^\\pi$|^e$/.test(written.text));
      const text = isBare ? written.text : parenthesized(signed(written));
      return positive(`${text}^{${signed(shown(exponent))}}`, "power");
    }
    case "max":
    case "min":
      return positive(
        `\\${name}\\left(${argumentsOf(e).map((arg) => latex(arg)).join(", ")}\\right)`,
        "atom",
      );
  }
  const args = e.args.map(latex);
  const text = pattern.replace(/#(\d)/g, (_, digit) => args[Number(digit) - 1]);
  return positive(text, name === "exp" ? "power" : name === "where" ? "cases" : "atom");
}

function render(e: Expression): Text {
  if (e.kind === "variable") return { isNegative: false, text: e.name, kind: "atom" };
  if (e.kind === "call") return renderCall(e);
  return { isNegative: e.value < 0, text: digits(Math.abs(e.value)), kind: "number", value: Math.abs(e.value) };
}

/** A text by itself: a number as a fraction where that is better. */
function shown(text: Text): Text {
  const fraction = text.value === undefined ? undefined : fractionOf(text.value);
  if (!fraction) return text;
  const { above, below } = fraction;
  return below
    ? { ...text, text: `\\frac{${above || "1"}}{${below}}`, kind: "fraction" }
    : { ...text, text: above, kind: "atom" };
}

/**
 * The expression in LaTeX's mathematical mode.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { latex } from "./latex.ts";
 * import { parse } from "./parse.ts";
 * assertEquals(latex(parse("1 + -2 * x")), "1 - 2x");
 * assertEquals(latex(parse("2 / sqrt(pi) * exp(-x^2)")), "\\frac{2}{\\sqrt{\\pi}} e^{-x^{2}}");
 * assertEquals(latex(parse("1.1283791670955126 * x")), "\\frac{2x}{\\sqrt{\\pi}}");
 * ```
 */
export function latex(e: Expression): string {
  return signed(shown(render(e)));
}
