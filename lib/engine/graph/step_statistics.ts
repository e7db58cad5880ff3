/**
 * How long each operation of a graph takes: runs with TensorFlow's step statistics, which only its C interface gives.
 *
 * @module
 */
import { engineFolder } from "../install/installation.ts";
import { makeScratchFolder } from "../scratch_folder.ts";
import { optimizerInputs, type OptimizerSettings } from "./optimizer.ts";
import { DataType, type Program, type TensorFact } from "./program.ts";
import type { Given } from "./run.ts";
import { savedModel, TAG } from "./saved_model.ts";
import { writeGraph } from "./write.ts";

/** A node of the graph as TensorFlow ran it, after its own rewriting. */
export interface NodeTime {
  /** Its name. */
  readonly node: string;
  /** The operation, as `_FusedConv2D`. */
  readonly operation: string;
  /** From the operation's begin to its end. */
  readonly milliseconds: number;
}

/** A program as a graph whose runs are timed. */
export interface TimedProgram extends Disposable {
  /** Runs it with values of its inputs; gives the times of its nodes. */
  run(inputs: Readonly<Record<string, Given>>): NodeTime[];
}

/** Options of {@linkcode openTimed}. */
export interface TimedOptions {
  /** The variables' values, in the order in which the program knows them. */
  readonly variables: readonly Given[];
  /** What changes them. */
  readonly optimizer: OptimizerSettings;
}

const SYMBOLS = {
  TF_AllocateTensor: { parameters: ["i32", "buffer", "i32", "usize"], result: "pointer" },
  TF_DeleteBuffer: { parameters: ["pointer"], result: "void" },
  TF_DeleteSession: { parameters: ["pointer", "pointer"], result: "void" },
  TF_DeleteStatus: { parameters: ["pointer"], result: "void" },
  TF_DeleteTensor: { parameters: ["pointer"], result: "void" },
  TF_GetBuffer: { parameters: ["pointer"], result: { struct: ["pointer", "usize", "pointer"] } },
  TF_GetCode: { parameters: ["pointer"], result: "i32" },
  TF_GraphOperationByName: { parameters: ["pointer", "buffer"], result: "pointer" },
  TF_LoadSessionFromSavedModel: {
    parameters: ["pointer", "pointer", "buffer", "buffer", "i32", "pointer", "pointer", "pointer"],
    result: "pointer",
  },
  TF_Message: { parameters: ["pointer"], result: "pointer" },
  TF_NewBuffer: { parameters: [], result: "pointer" },
  TF_NewBufferFromString: { parameters: ["buffer", "usize"], result: "pointer" },
  TF_NewGraph: { parameters: [], result: "pointer" },
  TF_NewSessionOptions: { parameters: [], result: "pointer" },
  TF_NewStatus: { parameters: [], result: "pointer" },
  TF_SessionRun: {
    parameters: [
      ...["pointer", "pointer", "buffer", "buffer", "i32", "buffer", "buffer", "i32"] as const,
      ...["pointer", "i32", "pointer", "pointer"] as const,
    ],
    result: "void",
  },
  TF_TensorData: { parameters: ["pointer"], result: "pointer" },
} as const;

type Pointer = Deno.PointerValue;

const address = (pointer: Pointer) => Deno.UnsafePointer.value(pointer);
const text = (value: string) => new TextEncoder().encode(`${value}\0`);

/** RunOptions with the trace level FULL_TRACE (tensorflow/core/protobuf/config.proto). */
const TRACED = Uint8Array.of(0x08, 3);

/** A session of its own, by the C interface. */
class TracedSession implements Disposable {
  readonly #library = Deno.dlopen(`${engineFolder()}/libtensorflow_cc.so.2`, SYMBOLS);
  readonly #status = this.#library.symbols.TF_NewStatus();
  readonly #graph = this.#library.symbols.TF_NewGraph();
  readonly #session: Pointer;

  constructor(bytes: Uint8Array) {
    const { symbols } = this.#library;
    const folder = makeScratchFolder();
    try {
      Deno.writeFileSync(`${folder}/saved_model.pb`, bytes as Uint8Array<ArrayBuffer>);
      const tag = text(TAG);
      const tags = BigUint64Array.of(address(Deno.UnsafePointer.of(tag)));
      const options = symbols.TF_NewSessionOptions();
      this.#session = symbols.TF_LoadSessionFromSavedModel(
        ...[options, null, text(folder), tags, 1, this.#graph, null, this.#status] as const,
      );
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
    this.#check();
  }

  #check(): void {
    const { symbols } = this.#library;
    if (symbols.TF_GetCode(this.#status) === 0) return;
    throw new Error(Deno.UnsafePointerView.getCString(symbols.TF_Message(this.#status)!));
  }

  /** The first output of each node. */
  #outputs(names: readonly string[]): BigUint64Array<ArrayBuffer> {
    const list = new BigUint64Array(2 * names.length);
    for (const [i, name] of names.entries()) {
      list[2 * i] = address(this.#library.symbols.TF_GraphOperationByName(this.#graph, text(name)));
    }
    return list;
  }

  #tensor({ shape, values }: Given): Pointer {
    const { symbols } = this.#library;
    const dtype = values instanceof Int32Array ? DataType.int32 : DataType.float32;
    const sizes = BigInt64Array.from(shape, BigInt);
    const tensor = symbols.TF_AllocateTensor(dtype, sizes, shape.length, BigInt(values.byteLength));
    const data = symbols.TF_TensorData(tensor);
    if (data) {
      new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(data, values.byteLength)).set(
        new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      );
    }
    return tensor;
  }

  /** Runs what the nodes need; gives the bytes of RunMetadata. */
  run(given: Readonly<Record<string, Given>>, names: readonly string[]): Uint8Array {
    const { symbols } = this.#library;
    const tensors = Object.values(given).map((value) => this.#tensor(value));
    const results = new BigUint64Array(names.length);
    const options = symbols.TF_NewBufferFromString(TRACED, BigInt(TRACED.length));
    const metadata = symbols.TF_NewBuffer();
    symbols.TF_SessionRun(
      ...[this.#session, options] as const,
      ...[this.#outputs(Object.keys(given)), BigUint64Array.from(tensors, address), tensors.length] as const,
      ...[this.#outputs(names), results, names.length] as const,
      ...[null, 0, metadata, this.#status] as const,
    );
    this.#check();
    const view = new DataView(symbols.TF_GetBuffer(metadata).buffer);
    const [data, length] = [view.getBigUint64(0, true), Number(view.getBigUint64(8, true))];
    const bytes = new Uint8Array(
      Deno.UnsafePointerView.getArrayBuffer(Deno.UnsafePointer.create(data)!, length),
    ).slice();
    for (const tensor of [...tensors, ...Array.from(results, (at) => Deno.UnsafePointer.create(at))]) {
      symbols.TF_DeleteTensor(tensor);
    }
    for (const buffer of [options, metadata]) symbols.TF_DeleteBuffer(buffer);
    return bytes;
  }

  [Symbol.dispose](): void {
    const { symbols } = this.#library;
    symbols.TF_DeleteSession(this.#session, this.#status);
    symbols.TF_DeleteStatus(this.#status);
    this.#library.close();
  }
}

/** Fields of a message in protobuf's wire format: numbers, and bytes of what has a length. */
function* fields(bytes: Uint8Array): Generator<{ readonly field: number; readonly value: number | Uint8Array }> {
  let at = 0;
  const varint = () => {
    let [value, scale] = [0, 1];
    for (;; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const [field, kind] = [key >> 3, key & 7];
    if (kind === 0) yield { field, value: varint() };
    else if (kind === 2) {
      const length = varint();
      yield { field, value: bytes.subarray(at, at += length) };
    } else at += kind === 1 ? 8 : 4;
  }
}

/** Messages or texts of a repeated field. */
const parts = (bytes: Uint8Array, wanted: number) =>
  [...fields(bytes)].filter(({ field }) => field === wanted).map(({ value }) => value as Uint8Array);

/** The nodes of RunMetadata (tensorflow/core/framework/step_stats.proto). */
function nodeTimes(metadata: Uint8Array): NodeTime[] {
  const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
  return parts(metadata, 1).flatMap((stepStats) => parts(stepStats, 1)).flatMap((device) => parts(device, 2)).map(
    (stats) => {
      const number = (wanted: number) => Number([...fields(stats)].find(({ field }) => field === wanted)?.value ?? 0);
      const [node, label] = [decode(parts(stats, 1)[0]), decode(parts(stats, 8)[0])];
      const operation = /= (\w+)\(/.exec(label)?.[1] ?? node;
      return { node, operation, milliseconds: (number(15) - number(14)) / 1e6 };
    },
  );
}

/** Loads a program as a graph whose runs are timed; the optimizer's slots are 0, and its learning rate 0.001. */
export function openTimed(program: Program, { variables, optimizer }: TimedOptions): TimedProgram {
  const facts: TensorFact[] = program.variables.map((id) => program.facts.get(id)!);
  const { nodes, state, slots } = writeGraph({ programs: { step: program }, variables: facts, optimizer });
  const session = new TracedSession(savedModel(nodes));
  const zeros = slots.map(({ shape }) => ({
    shape,
    values: new Float32Array(shape.reduce((product, size) => product * size, 1)),
  }));
  for (const [i, value] of [...variables, ...zeros].entries()) session.run({ [state[i].given]: value }, [state[i].set]);
  const rate = { shape: [], values: Float32Array.of(0.001) };
  const rates = program.gradients.length > 0 ? optimizerInputs(optimizer).map((name) => [name, rate] as const) : [];
  const outputs = Object.keys(program.outputs).map((name) => `step/${name}`);
  return {
    run(inputs) {
      const given = [...rates, ...Object.entries(inputs)].map(([name, value]) => [`step/${name}`, value] as const);
      return nodeTimes(session.run(Object.fromEntries(given), outputs));
    },
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}
