/**
 * A computation as a list of TensorFlow operations over numbered tensors: what is recorded, rewritten, and written as a
 * graph.
 *
 * @module
 */

/** TensorFlow's numbers of the data types (types.proto). */
export const DataType = { float32: 1, int32: 3, bool: 10, bfloat16: 14, resource: 20 } as const;

/** Shape and data type of a tensor. */
export interface TensorFact {
  readonly shape: readonly number[];
  /** One of {@linkcode DataType}, or another number of types.proto. */
  readonly dtype: number;
}

/** A tensor whose values are known before the program runs. */
export interface Constant extends TensorFact {
  /** The values as they lie in memory. */
  readonly bytes: Uint8Array;
}

/** An attribute of an operation. */
export type Attribute =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "int" | "float" | "type"; readonly value: number }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "shape"; readonly value: readonly number[] }
  | { readonly kind: "ints" | "floats"; readonly value: readonly number[] };

/** Attributes by name. */
export type Attributes = Readonly<Record<string, Attribute>>;

/** One TensorFlow operation; tensors are numbers. */
export interface Operation {
  /** Its name in TensorFlow: `Conv2D`. */
  readonly name: string;
  readonly attributes: Attributes;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Operations in the order of their execution, and what is known of their tensors. */
export interface Program {
  readonly operations: readonly Operation[];
  /** Facts of every tensor that stands in it. */
  readonly facts: ReadonlyMap<number, TensorFact>;
  readonly constants: ReadonlyMap<number, Constant>;
  /** Tensors that are given anew for each run, by name. */
  readonly inputs: Readonly<Record<string, number>>;
  /** Tensors that hold the variables' values before the run, in the order of the variables. */
  readonly variables: readonly number[];
  /** Tensors that the run gives, by name. */
  readonly outputs: Readonly<Record<string, number>>;
  /** The variables that the run sets, by their index, and to which tensors. */
  readonly assignments: readonly { readonly variable: number; readonly tensor: number }[];
  /** The gradients of variables, by their index, that an optimizer takes. */
  readonly gradients: readonly { readonly variable: number; readonly tensor: number }[];
}

/** All tensors that must come out of a program. */
export function results({ outputs, assignments, gradients }: Program): number[] {
  return [...Object.values(outputs), ...[...assignments, ...gradients].map(({ tensor }) => tensor)];
}

/** The program without the operations that no result needs. */
export function withoutDeadCode(program: Program): Program {
  const needed = new Set(results(program));
  const kept: Operation[] = [];
  for (const operation of program.operations.toReversed()) {
    if (!operation.outputs.some((id) => needed.has(id))) continue;
    for (const id of operation.inputs) needed.add(id);
    kept.push(operation);
  }
  return { ...program, operations: kept.reverse() };
}

/** The values of an int32 constant; undefined for what is none. */
export function integers({ constants }: Pick<Program, "constants">, id: number): number[] | undefined {
  const constant = constants.get(id);
  if (constant?.dtype !== DataType.int32) return undefined;
  return [...new Int32Array(constant.bytes.slice().buffer)];
}

/** Whether two shapes are the same. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}
