/**
 * What the passes of step 2, rewrite, need to change a program: tensors that stand for others, new constants, shapes.
 *
 * @module
 */
import {
  type Attributes,
  type Constant,
  DataType,
  type Operation,
  type Program,
  results,
  sameShape,
  type TensorFact,
  withoutDeadCode,
} from "./program.ts";

/** A rule gets each operation in its order, and says whether it has put something in its place. */
export type Rule = (operation: Operation, rewriter: Rewriter) => boolean;

/** A program while it is rewritten, operation by operation. */
export class Rewriter {
  readonly #operations: Operation[] = [];
  readonly #facts: Map<number, TensorFact>;
  readonly #constants: Map<number, Constant>;
  readonly #producers = new Map<number, Operation>();
  readonly #aliases = new Map<number, number>();
  readonly #results: ReadonlySet<number>;
  #next: number;

  constructor(program: Program) {
    this.#facts = new Map(program.facts);
    this.#constants = new Map(program.constants);
    this.#results = new Set(results(program));
    this.#next = [...program.facts.keys()].reduce((most, id) => Math.max(most, id), 0) + 1;
  }

  /** The program with the rules applied to each operation, the first that fits. */
  static apply(program: Program, rules: readonly Rule[]): Program {
    const rewriter = new Rewriter(program);
    for (const operation of program.operations) {
      const resolved = { ...operation, inputs: operation.inputs.map((id) => rewriter.resolve(id)) };
      if (!rules.some((rule) => rule(resolved, rewriter))) rewriter.emit(resolved);
    }
    const resolved = <T extends { readonly tensor: number }>(list: readonly T[]) =>
      list.map((entry) => ({ ...entry, tensor: rewriter.resolve(entry.tensor) }));
    return withoutDeadCode({
      ...program,
      operations: rewriter.#operations,
      facts: rewriter.#facts,
      constants: rewriter.#constants,
      outputs: Object.fromEntries(Object.entries(program.outputs).map(([name, id]) => [name, rewriter.resolve(id)])),
      assignments: resolved(program.assignments),
      gradients: resolved(program.gradients),
    });
  }

  /** The tensor that a tensor stands for. */
  resolve(id: number): number {
    const other = this.#aliases.get(id);
    return other === undefined ? id : this.resolve(other);
  }

  /** Makes a tensor stand for another one. */
  alias(id: number, other: number): void {
    this.#aliases.set(id, other);
  }

  /** Appends an operation. */
  emit(operation: Operation): void {
    this.#operations.push(operation);
    for (const id of operation.outputs) this.#producers.set(id, operation);
  }

  /** Appends an operation with one new float32 output, and gives that. */
  emitNew(name: string, { inputs, shape, attributes = {} }: {
    readonly inputs: readonly number[];
    readonly shape: readonly number[];
    readonly attributes?: Attributes;
  }): number {
    const output = this.tensor({ shape, dtype: DataType.float32 });
    this.emit({
      name,
      inputs,
      outputs: [output],
      attributes: { T: { kind: "type", value: DataType.float32 }, ...attributes },
    });
    return output;
  }

  /** The operation that makes a tensor; undefined for inputs, variables and constants. */
  producer(id: number): Operation | undefined {
    return this.#producers.get(id);
  }

  /** Shape and type of a tensor. */
  fact(id: number): TensorFact {
    return this.#facts.get(id)!;
  }

  /** The program's constants. */
  get constants(): ReadonlyMap<number, Constant> {
    return this.#constants;
  }

  /** Whether a tensor must come out of the program. */
  isResult(id: number): boolean {
    return this.#results.has(id);
  }

  /** The tensor in another shape; reshapes of reshapes become one, and one to the same shape none. */
  reshape(id: number, shape: readonly number[], output?: number): number {
    let source = id;
    for (let made = this.producer(source); made?.name === "Reshape"; made = this.producer(source)) {
      [source] = made.inputs;
    }
    if (sameShape(this.fact(source).shape, shape)) {
      if (output !== undefined) this.alias(output, source);
      return source;
    }
    const { dtype } = this.fact(source);
    const made = output ?? this.tensor({ shape, dtype });
    const attributes: Attributes = {
      T: { kind: "type", value: dtype },
      Tshape: { kind: "type", value: DataType.int32 },
    };
    this.emit({ name: "Reshape", attributes, inputs: [source, this.integers(shape)], outputs: [made] });
    return made;
  }

  /** A new constant: a list of int32 numbers. */
  integers(values: readonly number[]): number {
    const id = this.tensor({ shape: [values.length], dtype: DataType.int32 });
    this.#constants.set(id, { ...this.fact(id), bytes: new Uint8Array(Int32Array.from(values).buffer) });
    return id;
  }

  /** A new tensor, which an operation must make. */
  tensor(fact: TensorFact): number {
    const id = this.#next++;
    this.#facts.set(id, fact);
    return id;
  }
}
