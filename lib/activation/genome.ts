/**
 * The prefix code of AFOS, both ways. An operator enters the search space by the `code` of its row, the next that is
 * free: stored genomes must keep their meaning.
 *
 * A tree that was decoded is read back by its structure. Any other function is looked for by its values among those
 * of 3 and 5 genes, and proven to be the same.
 *
 * @module
 */
import { evaluate } from "./evaluate.ts";
import { call, type Expression, sameTree, substitute } from "./expression.ts";
import { operatorOf, OPERATORS } from "./operators.ts";
import { parse } from "./parse.ts";
import { format } from "./format.ts";
import { isProvenEqual } from "./simplify/proof.ts";

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
function binaryPattern(code: number): Expression {
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

/** Places inside the domain of atanh, where the functions of the search space are moderate. */
const POINTS = [0.5772156649, -0.3178372452, 0.8346268417];

/** Relative difference at which two values count as the same; a proof has the last word. */
const TOLERANCE = 1e-9;

function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(1e-3, Math.abs(a), Math.abs(b));
}

/** A binary code as a function of two numbers. */
function binaryFunction(code: number): (a: number, b: number) => number {
  const compile = (e: Expression): (a: number, b: number) => number => {
    if (e.kind === "constant") return () => e.value;
    if (e.kind === "variable") return e.name === "a" ? (a) => a : (_, b) => b;
    const [f, g] = e.args.map(compile);
    const { value } = operatorOf(e.operator);
    return g ? (a, b) => value(f(a, b), g(a, b)) : (a, b) => value(f(a, b));
  };
  return compile(binaryPattern(code));
}

const codes = [...BINARY_CODES.keys()];
const genes = [...UNARY_CODES.keys()].filter((code) => UNARY_CODES.indexOf(UNARY_CODES[code]) === code);

interface Table {
  readonly binary: readonly ((a: number, b: number) => number)[];
  /** unary[point][code] */
  readonly unary: readonly (readonly number[])[];
  readonly pairs: readonly { readonly genome: readonly [number, number, number]; readonly values: readonly number[] }[];
}

let table: Table | undefined;

function tabulate(): Table {
  const binary = codes.map(binaryFunction);
  const unary = POINTS.map((x) => [...UNARY_CODES.keys()].map((code) => evaluate(unaryOf(code), x)));
  const pairs = codes.flatMap((b) =>
    genes.flatMap((u) =>
      genes.map((v) => ({
        genome: [b, u, v] as const,
        values: unary.map((values) => binary[b](values[u], values[v])),
      }))
    )
  );
  return { binary, unary, pairs };
}

function* candidates(target: readonly number[]): Generator<number[]> {
  const { binary, unary, pairs } = table ??= tabulate();
  const fits = (value: (point: number) => number) => target.every((t, point) => close(value(point), t));
  for (const { genome, values } of pairs) if (fits((point) => values[point])) yield [...genome];
  for (const [b, f] of binary.entries()) {
    for (const { genome: [inner, u, v], values } of pairs) {
      for (const w of genes) {
        if (fits((point) => f(values[point], unary[point][w]))) yield [b, inner, u, v, w];
      }
    }
  }
}

/** A genome of 3 genes, else of 5, whose function is proven to equal `e`; undefined where there is none. */
function lookUpGenome(e: Expression): number[] | undefined {
  const target = POINTS.map((x) => evaluate(e, x));
  if (!target.every(Number.isFinite)) return undefined;
  for (const genome of candidates(target)) if (isProvenEqual(decodeGenome(genome), e)) return genome;
  return undefined;
}

type Bindings = { readonly [name: string]: Expression };

/** What the variables of the pattern stand for in `e`; undefined where it does not have the pattern's form. */
function match(pattern: Expression, e: Expression, bound: Bindings = {}): Bindings | undefined {
  if (pattern.kind === "variable") {
    const before = bound[pattern.name];
    if (before) return sameTree(before, e) ? bound : undefined;
    return { ...bound, [pattern.name]: e };
  }
  if (pattern.kind === "constant") return sameTree(pattern, e) ? bound : undefined;
  if (e.kind !== "call" || e.operator !== pattern.operator) return undefined;
  return pattern.args.reduce<Bindings | undefined>(
    (known, arg, i) => known && match(arg, e.args[i], known),
    bound,
  );
}

function unaryCode(e: Expression): number | undefined {
  const code = UNARY_CODES.findIndex((_, candidate) => sameTree(unaryOf(candidate), e));
  return code < 0 ? undefined : code;
}

/** All ways to read the root of `e` as a coded binary operator. */
function* roots(e: Expression): Generator<{ code: number; a: Expression; b: Expression }> {
  for (const code of BINARY_CODES.keys()) {
    const found = match(binaryPattern(code), e);
    if (found) yield { code, a: found.a, b: found.b };
  }
}

/** [b, u, u] of a tree of 3 genes. */
function readThree(e: Expression): [number, number, number] | undefined {
  for (const { code, a, b } of roots(e)) {
    const [u, v] = [unaryCode(a), unaryCode(b)];
    if (u !== undefined && v !== undefined) return [code, u, v];
  }
  return undefined;
}

function read(e: Expression): number[] | undefined {
  const three = readThree(e);
  if (three) return three;
  for (const { code, a, b } of roots(e)) {
    const left = readThree(a);
    if (!left) continue;
    const [lb, ...lu] = left;
    const last = unaryCode(b);
    if (last !== undefined) return [code, lb, ...lu, last];
    const right = readThree(b);
    if (right) return [code, lb, right[0], ...lu, ...right.slice(1)];
  }
  return undefined;
}

/**
 * A genome of the function: `decodeGenome(encodeGenome(e))` is the tree `e` where it was decoded from a genome, else
 * an equal function of 3 or 5 genes. Undefined where none is found.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encodeGenome } from "./genome.ts";
 * import { parse } from "./parse.ts";
 * assertEquals(encodeGenome(parse("-x * erf(e^-x)")), [3, 3, 4]);
 * ```
 */
export function encodeGenome(e: Expression): number[] | undefined {
  return read(e) ?? lookUpGenome(e);
}
