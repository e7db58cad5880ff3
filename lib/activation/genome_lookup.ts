/**
 * A genome for a function that was written in another way: compares values with all functions of 3 and 5 genes.
 *
 * @module
 */
import { evaluate } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import { BINARY_CODES, binaryPattern, decodeGenome, UNARY_CODES, unaryOf } from "./genome_codes.ts";
import { operatorOf } from "./operators.ts";
import { isProvenEqual } from "./proof.ts";

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
export function lookUpGenome(e: Expression): number[] | undefined {
  const target = POINTS.map((x) => evaluate(e, x));
  if (!target.every(Number.isFinite)) return undefined;
  for (const genome of candidates(target)) if (isProvenEqual(decodeGenome(genome), e)) return genome;
  return undefined;
}
