/**
 * Records the TensorFlow operations of a computation while it runs in eager mode. It knows nothing of graphs, nor of
 * what is computed.
 *
 * @module
 */
import { nativeBackend, type Tensor } from "../tensorflow.ts";
import type { Attribute, Constant, Operation, TensorFact } from "./program.ts";

/** A computation that a recording cannot stand for. */
export class NotRecordable extends Error {
  override name = "NotRecordable";
}

/** What happened while a computation ran. */
export interface Recording {
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
export interface RecordedBinding extends Readonly<Record<string, unknown>> {
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
export function bytesOf({ buffer, byteOffset, byteLength }: Values): Uint8Array {
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
export function record<T>(body: () => T): { readonly recording: Recording; readonly result: T } {
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
export function difference(first: Recording, second: Recording): string | undefined {
  const count = first.operations.length;
  if (count !== second.operations.length) return `it has ${count} operations once, ${second.operations.length} then`;
  const sameBytes = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);
  for (const [i, a] of first.operations.entries()) {
    const b = second.operations[i];
    if (a.name !== b.name) return `its operation ${i + 1} is ${a.name} once, ${b.name} then`;
    if (JSON.stringify(a.attributes) !== JSON.stringify(b.attributes)) return `an attribute of ${a.name} changes`;
    for (const [k, id] of a.inputs.entries()) {
      const [before, after] = [first.constants.get(id), second.constants.get(b.inputs[k])];
      if (before === undefined && after === undefined) continue;
      if (before === undefined || after === undefined || !sameBytes(before.bytes, after.bytes)) {
        return `JavaScript gives ${a.name} other values in each step`;
      }
    }
  }
  return undefined;
}
