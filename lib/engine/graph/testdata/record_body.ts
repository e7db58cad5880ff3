/**
 * Programs of small computations, and whole numbers to run them with.
 *
 * @module
 */
import { random } from "../../../random.ts";
import { engine, type Tensor } from "../../tensorflow.ts";
import type { Program } from "../program.ts";
import { recordProgram } from "../record.ts";
import { inScope, type Values } from "./evaluate_program.ts";

/** Tensors that a computation is given, by name. */
export type Inputs = Readonly<Record<string, Tensor>>;

/** Small whole numbers: their sums are exact in any order. */
export function wholeNumbers(shapes: Readonly<Record<string, readonly number[]>>): Values {
  const rng = random(1);
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => rng.integer(7) - 3),
    ]),
  );
}

/** The program of a computation on inputs of these shapes. */
export function recordBody({ shapes, body }: {
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly body: (inputs: Inputs) => Tensor | Inputs;
}): Program {
  return inScope(() => {
    const inputs = Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => [name, engine().zeros([...shape])]),
    );
    return recordProgram(() => {
      const result = body(inputs);
      return { outputs: "dataId" in result ? { result: result as Tensor } : result };
    }, { inputs, variables: [] });
  });
}

/** The operations' names. */
export const namesOf = ({ operations }: Program) => operations.map(({ name }) => name);
