/**
 * A small algebra for the tests of the search: every code has a function, every genome a value on a grid. It is not
 * the algebra of AFOS, which the search does not know either.
 *
 * @module
 */
import type { Description } from "../gate.ts";
import { binaryCount, type Genome } from "../genes.ts";

const BINARY: readonly ((a: number, b: number) => number)[] = [
  (a, b) => a + b,
  (a, b) => a * b,
  Math.max,
  Math.min,
  (a, b) => a - b,
  (a, b) => a * Math.tanh(b),
  (a, b) => Math.hypot(a, b),
  (a, b) => a * Math.exp(-b * b),
  (a, b) => (a + b) / 2,
];

const UNARY: readonly ((x: number) => number)[] = [
  (x) => x,
  (x) => -x,
  Math.abs,
  (x) => x * x,
  Math.tanh,
  Math.sin,
  Math.cos,
  Math.exp,
  Math.atan,
  (x) => Math.max(x, 0),
  (x) => Math.min(x, 0),
  (x) => 1 / (1 + Math.exp(-x)),
  (x) => Math.log1p(Math.exp(x)),
  (x) => x / 2,
  (x) => 2 * x,
  (x) => Math.sqrt(Math.abs(x)),
  Math.asinh,
  () => 1,
  (x) => 1 / x,
];

/** -2, -1.75 … 2. */
const GRID = Array.from({ length: 17 }, (_, i) => i / 4 - 2);

/** Whether the codes are of the right kind in each place of one of the three shapes. */
export function isToyGenome(genome: Genome): boolean {
  const binary = binaryCount(genome);
  return [3, 5, 7].includes(genome.length) &&
    genome.every((code, place) => Number.isInteger(code) && code >= 0 && code < (place < binary ? 9 : 19));
}

/** The values on the grid: b(u, u), b(b(u, u), u) or b(b(u, u), b(u, u)). Throws a RangeError for other genomes. */
export function toyValues(genome: Genome): number[] {
  if (!isToyGenome(genome)) throw new RangeError(`Expected a genome of 3, 5 or 7 genes, got [${genome.join(", ")}]`);
  const binary = genome.slice(0, binaryCount(genome)).map((code) => BINARY[code]);
  return GRID.map((x) => {
    const u = genome.slice(binary.length).map((code) => UNARY[code](x));
    if (binary.length === 1) return binary[0](u[0], u[1]);
    return binary[0](binary[1](u[0], u[1]), binary.length === 2 ? u[2] : binary[2](u[2], u[3]));
  });
}

/** Functions that agree on the grid are equal. */
export function toyDescription(genome: Genome): Description {
  const values = toyValues(genome);
  const identity = values.map((value) => (value === 0 ? 0 : value).toPrecision(9)).join();
  const formula = `f(${genome.join(" ")})`;
  if (!values.every(Number.isFinite)) return { formula, identity, rejected: "not finite" };
  if (values.every((value) => value === values[0])) return { formula, identity, rejected: "constant" };
  return { formula, identity };
}

/** How close a function comes to another on the grid: 1 / (1 + root mean square of the difference). */
export function closeness(genome: Genome, target: Genome): number {
  const values = toyValues(target);
  const squares = toyValues(genome).map((value, i) => (value - values[i]) ** 2);
  return 1 / (1 + Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length));
}
