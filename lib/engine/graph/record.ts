/**
 * Step 1, record: a computation on tensors and variables → a program. The computation is run in eager mode while the
 * operations that TensorFlow is asked for are written down; then its inputs, variables and results are found again in
 * them.
 *
 * @module
 */
import { engine, nativeBackend, type Tensor, type Variable } from "../tensorflow.ts";
import type { Attribute, Constant, Operation, Program, TensorFact } from "./program.ts";

/** A computation that a recording cannot stand for. */
export class NotRecordable extends Error {
  override name = "NotRecordable";
}

/** What happened while a computation ran. */
interface Recording {
  readonly operations: readonly Operation[];
  readonly facts: ReadonlyMap<number, TensorFact>;
  /** Tensors that were made from values in JavaScript. */
  readonly constants: ReadonlyMap<number, Constant>;
}

interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

interface OutputInfo extends TensorFact {
  readonly id: number;
}

type Values = ArrayBufferView;

/** The functions of the binding that are listened to, and the ones that run graphs. */
interface RecordedBinding extends Readonly<Record<string, unknown>> {
  createTensor(shape: readonly number[], dtype: number, values: Values): number;
  executeOp(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): OutputInfo[];
  tensorDataSync(id: number): Values;
  deleteTensor(id: number): void;
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(id: number, inputs: readonly number[], inputNames: string, outputNames: string): OutputInfo[];
}

/** tfjs-node's backend as it is seen from here. */
export interface RecordedBackend {
  binding: RecordedBinding;
  /** The binding's numbers of tensors; what is not yet uploaded is. */
  getInputTensorIds: (tensors: readonly Tensor[]) => number[];
  getDTypeInteger(dtype: string): number;
  createOutputTensor(info: OutputInfo): Tensor;
}

/** The backend. Throws a NotRecordable where the engine is not TensorFlow. */
export function recordedBackend(): RecordedBackend {
  const backend = nativeBackend();
  if (!backend) throw new NotRecordable("the engine is not TensorFlow");
  return backend as unknown as RecordedBackend;
}

/** The bytes of a typed array. */
function bytesOf({ buffer, byteOffset, byteLength }: Values): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

function attributeOf({ name, type, value }: OperationAttribute, binding: RecordedBinding): Attribute {
  const list = Array.isArray(value);
  switch (type) {
    case binding.TF_ATTR_STRING:
      return { kind: "string", value: String(value) };
    case binding.TF_ATTR_INT:
      return list ? { kind: "ints", value } : { kind: "int", value: Number(value) };
    case binding.TF_ATTR_FLOAT:
      return list ? { kind: "floats", value } : { kind: "float", value: Number(value) };
    case binding.TF_ATTR_BOOL:
      return { kind: "bool", value: Boolean(value) };
    case binding.TF_ATTR_TYPE:
      return { kind: "type", value: Number(value) };
    case binding.TF_ATTR_SHAPE:
      return { kind: "shape", value: value as readonly number[] };
  }
  throw new NotRecordable(`an operation has an attribute ${name} of an unknown type, ${type}`);
}

/**
 * Runs `body` and records its operations. Throws a NotRecordable where the body reads a tensor's values: what follows
 * from them in JavaScript would be the same in every run of the recording.
 */
function recordOperations<T>(body: () => T): { readonly recording: Recording; readonly result: T } {
  const backend = recordedBackend();
  const { binding } = backend;
  const operations: Operation[] = [];
  const facts = new Map<number, TensorFact>();
  const constants = new Map<number, Constant>();
  // a Proxy in its place fails: the binding's functions look at what they are called on
  const copy = Object.fromEntries(
    Object.getOwnPropertyNames(binding).map((name) => {
      const value = binding[name];
      return [name, typeof value === "function" ? value.bind(binding) : value];
    }),
  );
  const recorder: RecordedBinding = {
    ...copy as unknown as RecordedBinding,
    createTensor(shape, dtype, values) {
      const id = binding.createTensor(shape, dtype, values);
      if (!ArrayBuffer.isView(values)) throw new NotRecordable("it makes a tensor of texts");
      const fact = { shape: [...shape], dtype };
      constants.set(id, { ...fact, bytes: bytesOf(values) });
      facts.set(id, fact);
      return id;
    },
    executeOp(name, attributes, inputs, count) {
      const outputs = binding.executeOp(name, attributes, inputs, count);
      operations.push({
        name,
        attributes: Object.fromEntries(
          attributes.map((attribute) => [attribute.name, attributeOf(attribute, binding)]),
        ),
        inputs: [...inputs],
        outputs: outputs.map(({ id }) => id),
      });
      for (const { id, shape, dtype } of outputs) facts.set(id, { shape: [...shape], dtype });
      return outputs;
    },
    tensorDataSync() {
      throw new NotRecordable("it reads a tensor's values in JavaScript");
    },
  };
  // tensors that are older than the recording
  const inputIds = (tensors: readonly Tensor[]): number[] => {
    const ids = original.call(backend, tensors);
    for (const [i, { shape, dtype }] of tensors.entries()) {
      if (!facts.has(ids[i])) facts.set(ids[i], { shape: [...shape], dtype: backend.getDTypeInteger(dtype) });
    }
    return ids;
  };
  const { getInputTensorIds: original } = backend;
  backend.binding = recorder;
  backend.getInputTensorIds = inputIds;
  try {
    return { result: body(), recording: { operations, facts, constants } };
  } finally {
    backend.binding = binding;
    backend.getInputTensorIds = original;
  }
}

/**
 * Why the second recording of the same computation is another one; undefined where the two are the same but for the
 * numbers of their tensors.
 */
function difference(first: Recording, second: Recording): string | undefined {
  const count = first.operations.length;
  if (count !== second.operations.length) return `it has ${count} operations once, ${second.operations.length} then`;
  const sameBytes = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);
  for (const [i, a] of first.operations.entries()) {
    const b = second.operations[i];
    if (a.name !== b.name) return `its operation ${i + 1} is ${a.name} once, ${b.name} then`;
    if (JSON.stringify(a.attributes) !== JSON.stringify(b.attributes)) return `an attribute of ${a.name} changes`;
    for (const [k, id] of a.inputs.entries()) {
      if (id === b.inputs[k]) continue; // older than both
      const [before, after] = [first.constants.get(id), second.constants.get(b.inputs[k])];
      if (before === undefined && after === undefined) continue;
      if (before === undefined || after === undefined || !sameBytes(before.bytes, after.bytes)) {
        return `JavaScript gives ${a.name} other values in each step`;
      }
    }
  }
  return undefined;
}

/** What a computation gives. */
export interface Computed {
  /** Results by name. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Gradients of variables, for an optimizer. */
  readonly gradients?: ReadonlyMap<Variable, Tensor>;
}

/** Options of {@linkcode recordProgram}. */
export interface RecordOptions {
  /** What is given anew for each run: examples of the right shapes. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** All variables that the computation reads or assigns. They are left as they were. */
  readonly variables: readonly Variable[];
  /** Records a second time, and refuses what is not the same then (default: true). */
  readonly check?: boolean;
}

interface Recorded {
  readonly recording: Recording;
  readonly outputs: Readonly<Record<string, number>>;
  readonly gradients: Program["gradients"];
  readonly after: readonly number[];
}

/**
 * Records a computation. Throws a NotRecordable where a program could not stand for it: it reads values in JavaScript, or
 * JavaScript gives it other values each time.
 */
export function recordProgram(body: () => Computed, { inputs, variables, check = true }: RecordOptions): Program {
  const tf = engine();
  const backend = recordedBackend();
  const [inputIds, before] = [Object.values(inputs), variables].map((tensors) => backend.getInputTensorIds(tensors));
  const recordOnce = (): Recorded => {
    const saved = variables.map((variable) => tf.clone(variable));
    try {
      let recorded: Recorded | undefined;
      tf.tidy(() => {
        const { recording, result: { outputs, gradients } } = recordOperations(body);
        const idOf = (tensor: Tensor) => backend.getInputTensorIds([tensor])[0];
        recorded = {
          recording,
          outputs: Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, idOf(tensor)])),
          gradients: [...gradients ?? []].map(([variable, tensor]) => ({
            variable: variables.indexOf(variable),
            tensor: idOf(tensor),
          })),
          after: backend.getInputTensorIds(variables),
        };
      });
      return recorded!;
    } finally {
      for (const [i, variable] of variables.entries()) variable.assign(saved[i]);
      tf.dispose(saved);
    }
  };
  const recorded = recordOnce();
  const changed = check ? difference(recorded.recording, recordOnce().recording) : undefined;
  if (changed !== undefined) throw new NotRecordable(changed);
  const { recording, outputs, gradients, after } = recorded;
  const facts = new Map(recording.facts); // also of inputs that nothing takes
  for (const [i, { shape, dtype }] of [...Object.values(inputs), ...variables].entries()) {
    facts.set([...inputIds, ...before][i], { shape: [...shape], dtype: backend.getDTypeInteger(dtype) });
  }
  const program = {
    ...recording,
    facts,
    inputs: Object.fromEntries(Object.keys(inputs).map((name, i) => [name, inputIds[i]])),
    variables: before,
    outputs,
    assignments: after.flatMap((tensor, variable) => tensor === before[variable] ? [] : [{ variable, tensor }]),
    gradients,
  };
  return withOlderTensors(program);
}

/** The program with the tensors that are older than its recording as constants. */
function withOlderTensors(program: Program): Program {
  const { binding } = recordedBackend();
  const constants = new Map(program.constants);
  const known = new Set([
    ...[...constants.keys(), ...Object.values(program.inputs), ...program.variables],
    ...program.operations.flatMap(({ outputs }) => outputs),
  ]);
  for (const id of program.operations.flatMap(({ inputs }) => inputs)) {
    if (known.has(id)) continue;
    known.add(id);
    constants.set(id, { ...program.facts.get(id)!, bytes: bytesOf(binding.tensorDataSync(id)) });
  }
  return { ...program, constants };
}
