/**
 * The codes of AFOS's operators, and the function that a list of codes stands for. It knows nothing of the way back
 * (see genome.ts) or of a search.
 *
 * An operator enters the search space as the `code` of its row, the next that is free: stored
 * genomes must keep their meaning.
 *
 * @module
 */
import { call, type Expression, substitute } from "./expression.ts";
import { format } from "./format.ts";
import { OPERATORS } from "./operators.ts";
import { parse } from "./parse.ts";

/** Codes of more than one operator: AFOS's; unary code 15 is code 13 once more. */
const COMPOUND: Readonly<Record<"binary" | "unary", Readonly<Record<number, string>>>> = {
  binary: { 2: "max(a, b, 0)", 3: "a * erf(b)", 5: "a * exp(b)", 6: "sigmoid(a) * b", 8: "a * sigmoid(b)" },
  unary: { 0: "x", 4: "exp(-x)", 5: "min(x, 0)", 8: "x * erf(x)", 15: "softplus(x)" },
};

/** The texts of all codes in order. */
function codesOf(kind: "binary" | "unary"): string[] {
  const texts: string[] = [];
  for (const [code, text] of Object.entries(COMPOUND[kind])) texts[Number(code)] = text;
  const args = kind === "binary" ? ["a", "b"] : ["x"];
  for (const { name, arity, code } of OPERATORS.values()) {
    if (code === undefined || arity !== args.length) continue;
    if (texts[code] !== undefined) throw new RangeError(`Expected a code of its own for ${name} but got ${code}`);
    texts[code] = format(call(name, ...args.map((name): Expression => ({ kind: "variable", name }))));
  }
  const missing = texts.findIndex((text) => text === undefined);
  if (missing >= 0) throw new RangeError(`Expected ${kind} codes without a gap but got none for ${missing}`);
  return texts;
}

/** The binary operators of a and b by their codes: 0 to 6 are AFOS's, 7 and 8 are in the paper only. */
export const BINARY_CODES: readonly string[] = codesOf("binary");

/** The unary operators of x by their codes: 0 to 17 are AFOS's (13 and 15 are the same), 18 is in the paper only. */
export const UNARY_CODES: readonly string[] = codesOf("unary");

const binary = BINARY_CODES.map((text) => parse(text, { variables: ["a", "b"] }));
const unary = UNARY_CODES.map((text) => parse(text));

/** The expression of a binary code applied to two arguments. */
export function binaryOf(code: number, { a, b }: { readonly a: Expression; readonly b: Expression }): Expression {
  return substitute(binary[code], { a, b });
}

/** The pattern of a binary code, in the variables `a` and `b`. */
export function binaryPattern(code: number): Expression {
  return binary[code];
}

/** The expression of a unary code, in `x`. */
export function unaryOf(code: number): Expression {
  return unary[code];
}

/** What is wrong with a genome: the expected and the got; undefined where it is well-formed. */
function defect(genome: readonly number[]): string | undefined {
  if (![3, 5, 7].includes(genome.length)) return `expected 3, 5 or 7 genes, got ${genome.length}`;
  const places = (genome.length - 1) / 2;
  for (const [place, code] of genome.entries()) {
    const [kind, codes] = place < places ? ["binary", BINARY_CODES] as const : ["unary", UNARY_CODES] as const;
    if (!Number.isInteger(code) || code < 0 || code >= codes.length) {
      return `expected a ${kind} code from 0 to ${codes.length - 1} as gene ${place + 1}, got ${code}`;
    }
  }
  return undefined;
}

/** Whether a list is a genome: 3, 5 or 7 codes, binary ones first, one more unary code than binary ones. */
export function isGenome(genome: readonly number[]): boolean {
  return defect(genome) === undefined;
}

/**
 * The function of a genome: [b, u, u] is b(u(x), u(x)), [b, b, u, u, u] is b(b(u, u), u), [b, b, b, u, u, u, u] is
 * b(b(u, u), b(u, u)). Throws a RangeError when it is malformed.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { format } from "./format.ts";
 * import { decodeGenome } from "./genome.ts";
 * assertEquals(format(decodeGenome([3, 3, 4])), "-x * erf(exp(-x))");
 * ```
 */
export function decodeGenome(genome: readonly number[]): Expression {
  const wrong = defect(genome);
  if (wrong) throw new RangeError(`Cannot decode genome [${genome.join(", ")}]: ${wrong}`);
  const places = (genome.length - 1) / 2;
  const u = genome.slice(places).map(unaryOf);
  const pair = (code: number, at: number) => binaryOf(code, { a: u[at], b: u[at + 1] });
  if (places === 1) return pair(genome[0], 0);
  return binaryOf(genome[0], { a: pair(genome[1], 0), b: places === 2 ? u[2] : pair(genome[2], 2) });
}
