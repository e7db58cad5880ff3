/**
 * The genome as the search sees it: a list of codes, binary ones first. What may be drawn follows from the table of
 * codes in activation.
 *
 * A genome of 3, 5 or 7 genes has 1, 2 or 3 binary codes and then one unary code more than binary ones. Every list of
 * such a length with codes of the right kind in each place is well-formed, so that operators need to keep the kinds
 * in their places and nothing else.
 *
 * @module
 */
import { BINARY_CODES, UNARY_CODES } from "../activation/mod.ts";

/** Codes of a function: `(length - 1) / 2` binary codes, then `(length + 1) / 2` unary ones; length 3, 5 or 7. */
export type Genome = readonly number[];

/** The number of genes of a genome. */
export type Shape = 3 | 5 | 7;

/** What a search may draw from: shapes and codes, each drawn with equal probability. */
export interface Genes {
  /** Lengths of a genome. */
  readonly shapes: readonly Shape[];
  /** Codes for the binary places. */
  readonly binary: readonly number[];
  /** Codes for the unary places. */
  readonly unary: readonly number[];
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, code) => code);
}

/** The codes whose function has no lower code. */
function distinct(codes: readonly string[]): number[] {
  return [...codes.keys()].filter((code) => codes.indexOf(codes[code]) === code);
}

/** Every shape and every function: unary code 15, which is softplus once more (code 13), is not drawn. */
export const ALL_GENES: Genes = { shapes: [3, 5, 7], binary: distinct(BINARY_CODES), unary: distinct(UNARY_CODES) };

/** What the published code of AFOS draws: binary codes 0 to 6, unary codes 0 to 16 (asinh, 17, never). */
export const AFOS_GENES: Genes = { shapes: [3, 5, 7], binary: range(7), unary: range(17) };

/** The number of binary codes of a genome: its first genes. */
export function binaryCount(genome: Genome): number {
  return (genome.length - 1) / 2;
}

/** Throws a RangeError unless there is a shape, a code for every place, no code twice, and more than one genome. */
export function checkGenes(genes: Genes): void {
  if (genes.shapes.length === 0 || genes.shapes.some((shape) => ![3, 5, 7].includes(shape))) {
    throw new RangeError(`Cannot search: expected shapes out of 3, 5 and 7, got [${genes.shapes.join(", ")}]`);
  }
  for (const kind of ["binary", "unary"] as const) {
    const codes = genes[kind];
    const distinct = new Set(codes).size === codes.length;
    if (codes.length === 0 || !distinct || codes.some((code) => !Number.isSafeInteger(code) || code < 0)) {
      throw new RangeError(
        `Cannot search: expected at least 1 ${kind} code, integers of at least 0, none twice, got [${
          codes.join(", ")
        }]`,
      );
    }
  }
  if (genes.binary.length + genes.unary.length < 3) {
    throw new RangeError("Cannot search: expected at least 2 binary or 2 unary codes to choose from, got 1 of each");
  }
}
