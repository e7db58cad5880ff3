/**
 * The one door to TensorFlow: it loads the chosen engine, once, and hands it to whoever needs tensors.
 *
 * @module
 */
import type * as tfjs from "@tensorflow/tfjs";
import { didYouMean } from "../closest.ts";
import { UserError } from "../user_error.ts";
import { type Loaded, loadNative } from "./native.ts";

/** TensorFlow.js's interface, whatever computes behind it. */
export type TensorFlow = typeof tfjs;
/** A tensor of any shape. */
export type Tensor = tfjs.Tensor;
/** A Keras-style network. */
export type LayersModel = tfjs.LayersModel;
export type {
  NamedTensorMap,
  Optimizer,
  Scalar,
  serialization,
  SymbolicTensor,
  Tensor1D,
  Variable,
} from "@tensorflow/tfjs";

/** The engines: real TensorFlow in the process, or TensorFlow.js's plain JavaScript backend (slow, always there). */
export const ENGINES = ["tensorflow", "javascript"] as const;

/** Name of an engine. */
export type EngineName = typeof ENGINES[number];

/**
 * The engine by its name, by the environment variable `AFOS_ENGINE`, or else `tensorflow`.
 * Throws a UserError for a name that is none.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { chooseEngine } from "./tensorflow.ts";
 * assertEquals(chooseEngine("javascript"), "javascript");
 * ```
 */
export function chooseEngine(name?: string): EngineName {
  const wanted = name ?? (Deno.env.get("AFOS_ENGINE") || "tensorflow");
  const engine = ENGINES.find((known) => known === wanted);
  if (!engine) {
    const origin = name === undefined ? "AFOS_ENGINE" : "--engine";
    throw new UserError(
      `Unknown engine in ${origin}: expected ${ENGINES.join(" or ")}, got "${wanted}"${didYouMean(wanted, ENGINES)}`,
    );
  }
  return engine;
}

/** What computes. */
export interface EngineInfo {
  /** The engine's name. */
  readonly name: EngineName;
  /** The version of the TensorFlow library; of TensorFlow.js for `javascript`. */
  readonly version: string;
  /** The device that operations run on. */
  readonly device: "cpu" | "gpu";
  /** Whether an activation can be one operation of our own (see kernel/). */
  readonly kernel: boolean;
  /** Whether the processor is known to multiply bfloat16 numbers in hardware. */
  readonly bfloat16: boolean;
}

/** Options of {@linkcode loadEngine}. */
export interface LoadOptions {
  /** The engine (default: `AFOS_ENGINE`, or else `tensorflow`). */
  readonly engine?: string;
  /** Threads of one operation (default: all cores). It counts at the first loading only. */
  readonly threads?: number;
  /** Whether activations are to be one operation of our own, where that is built (default: true). */
  readonly kernel?: boolean;
}

/** Loads TensorFlow.js with its JavaScript backend. */
async function loadJavaScript(): Promise<TensorFlow> {
  const loaded = await import("@tensorflow/tfjs") as TensorFlow & { default?: TensorFlow };
  const tf = loaded.default ?? loaded;
  tf.enableProdMode(); // else it prints an advertisement of tfjs-node
  await tf.setBackend("cpu");
  return tf;
}

let loading: Promise<TensorFlow> | undefined;
let loaded: Loaded & { readonly name: EngineName } | undefined;

/**
 * Loads the chosen engine; a second call gives the same one. Throws a UserError when there is no such engine, or when
 * it is not set up.
 */
export function loadEngine({ engine, threads, kernel }: LoadOptions = {}): Promise<TensorFlow> {
  loading ??= (async () => {
    const name = chooseEngine(engine);
    loaded = name === "tensorflow"
      ? { ...await loadNative({ threads, kernel }), name }
      : { tf: await loadJavaScript(), name, kernel: false, bfloat16: false, filterGradients: false };
    loaded.tf.enableProdMode();
    return loaded.tf;
  })();
  return loading;
}

/** The engine that was loaded. Throws an Error before {@linkcode loadEngine} has ended. */
export function engine(): TensorFlow {
  if (!loaded) throw new Error("No engine is loaded yet: await loadEngine() first");
  return loaded.tf;
}

/** What the loaded engine is. Throws an Error before {@linkcode loadEngine} has ended. */
export function engineInfo(): EngineInfo {
  const tf = engine();
  const { name, kernel, bfloat16 } = loaded!;
  const backend = nativeBackend();
  return {
    name,
    version: backend ? backend.binding.TF_Version : tf.version_core,
    device: backend?.isUsingGpuDevice ? "gpu" : "cpu",
    kernel,
    bfloat16,
  };
}

/** Whether filter gradients in bfloat16 are computed by an operation of our own (see kernel/). */
export function hasFilterGradients(): boolean {
  return loaded?.filterGradients ?? false;
}

/** An attribute of a raw operation: its name, type (one of the binding's `TF_ATTR_…`) and value. */
export interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** What we use of tfjs-node's backend beside TensorFlow.js's interface. */
export interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string } & Readonly<Record<string, number>>;
  executeSingleOutput(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly tfjs.TensorInfo[],
  ): tfjs.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly tfjs.TensorInfo[],
    outputs: number,
  ): tfjs.Tensor[];
}

/** The backend that can run any TensorFlow operation by its name; undefined where the engine is not TensorFlow. */
export function nativeBackend(): NativeBackend | undefined {
  const tf = engine();
  return loaded!.name === "tensorflow" ? tf.backend() as unknown as NativeBackend : undefined;
}
