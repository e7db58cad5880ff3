/**
 * Reference values of operators and activation functions: activations.json, computed with 50 digits (mpmath), outside
 * of this project; rows are [x, f(x), f′(x)], or [a, b, f(a, b)], in float64; null where undefined or beyond float64.
 *
 * @module
 */
import { catalog, type CatalogName } from "../catalog.ts";
import type { Expression } from "../expression.ts";
import { unaryOf } from "../genome.ts";
import data from "./activations.json" with { type: "json" };

/** A value, where there is one. */
export type Entry = number | null;

/** A function and its reference rows. */
export interface Reference {
  readonly name: string;
  readonly expression: Expression;
  readonly rows: readonly (readonly [x: number, value: Entry, slope: Entry])[];
}

type Table = Record<string, { formula: string; rows: unknown[] } | string>;

function rowsOf(table: unknown, name: string): unknown[] {
  return ((table as Table)[name] as { rows: unknown[] }).rows;
}

/** The file's names of the unary codes. */
const UNARY: Readonly<Record<string, number>> = {
  identity: 0,
  exp: 1,
  abs: 2,
  neg: 3,
  expneg: 4,
  min0: 5,
  erf: 6,
  sigmoid: 7,
  xerf: 8,
  relu: 9,
  sin: 10,
  atan: 11,
  tanh: 12,
  softplus: 13,
  sinh: 14,
  atanh: 16,
  asinh: 17,
  cos: 18,
};

/** The unary codes and the catalogue. */
export const REFERENCES: readonly Reference[] = [
  ...Object.keys(data.unary).map((name) => ({
    name: `unary code ${UNARY[name]}, ${name}`,
    expression: unaryOf(UNARY[name]),
    rows: rowsOf(data.unary, name) as Reference["rows"],
  })),
  ...Object.keys(data.activation).map((name) => ({
    name,
    expression: catalog[name.replace("_0.01", "") as CatalogName],
    rows: rowsOf(data.activation, name) as Reference["rows"],
  })),
];

/** The file's names of the binary codes, in the order of the codes. */
const BINARY = ["add", "mul", "max0", "mulerf", "max", "mulexp", "sigmoidmul", "min", "mulsigmoid"];

/** Rows [a, b, f(a, b)] of the binary codes: index = code. */
export const BINARY_REFERENCES = BINARY.map((name) =>
  rowsOf(data.binary, name) as readonly (readonly [a: number, b: number, value: Entry])[]
);
