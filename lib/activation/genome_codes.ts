/**
 * The codes of AFOS's operators, and the function that a list of codes stands for. It knows nothing of the way back
 * (see genome.ts) or of a search.
 *
 * A code is an index. An operator enters the search space by `searched` in its row (operators.ts), behind the codes of
 * the paper; a composite entry, here at the end of these. Stored genomes must keep their meaning.
 *
 * @module
 */
import { type Expression, substitute } from "./expression.ts";
import { OPERATORS } from "./operators.ts";
import { parse } from "./parse.ts";

/** The operators that are drawn beside the paper's, by the number of their arguments. */
function searched(arity: number): string[] {
  return [...OPERATORS.values()].filter((row) => row.searched && row.arity === arity).map(({ name }) => name);
}

/** The binary operators of a and b by their codes: 0 to 6 are AFOS's, 7 and 8 are in the paper only. */
export const BINARY_CODES: readonly string[] = [
  "a + b",
  "a * b",
  "max(a, b, 0)",
  "a * erf(b)",
  "max(a, b)",
  "a * exp(b)",
  "sigmoid(a) * b",
  "min(a, b)",
  "a * sigmoid(b)",
  ...searched(2).map((name) => `${name}(a, b)`),
];

/** The unary operators of x by their codes: 0 to 17 are AFOS's (13 and 15 are the same), 18 is in the paper only. */
export const UNARY_CODES: readonly string[] = [
  "x",
  "exp(x)",
  "abs(x)",
  "-x",
  "exp(-x)",
  "min(x, 0)",
  "erf(x)",
  "sigmoid(x)",
  "x * erf(x)",
  "relu(x)",
  "sin(x)",
  "atan(x)",
  "tanh(x)",
  "softplus(x)",
  "sinh(x)",
  "softplus(x)",
  "atanh(x)",
  "asinh(x)",
  "cos(x)",
  ...searched(1).map((name) => `${name}(x)`),
];

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
