/**
 * A graph that is loaded and can be run: TensorFlow's session behind tfjs-node's binding. It knows nothing of programs.
 *
 * @module
 */
import { makeScratchFolder } from "../scratch_folder.ts";
import type { Tensor } from "../tensorflow.ts";
import { type GraphNode, savedModel, TAG } from "./graph_def.ts";
import { DataType } from "./program.ts";
import { recordedBackend } from "./recording.ts";

/** Values that are given to a run. */
export interface Given {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** A loaded graph. Its variables live as long as it does. */
export interface Session extends Disposable {
  /** Runs what the outputs need; gives the outputs' values, in their order. */
  run(given: Readonly<Record<string, Given>>, outputs: readonly string[]): (Float32Array | Int32Array)[];
  /** As `run`, but takes and gives tensors. */
  runTensors(given: Readonly<Record<string, Tensor>>, outputs: readonly string[]): Tensor[];
}

/** Loads a graph. */
export function openSession(nodes: readonly GraphNode[]): Session {
  const backend = recordedBackend();
  const { binding } = backend;
  const folder = makeScratchFolder();
  let id: number;
  try {
    Deno.writeFileSync(`${folder}/saved_model.pb`, savedModel(nodes));
    id = binding.loadSavedModel(folder, TAG);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  const names = (list: readonly string[]) => list.map((name) => `${name}:0`).join(",");
  return {
    run(given, outputs) {
      const ids = Object.values(given).map(({ shape, values }) =>
        binding.createTensor(shape, values instanceof Int32Array ? DataType.int32 : DataType.float32, values)
      );
      const results = binding.runSavedModel(id, ids, names(Object.keys(given)), names(outputs));
      const values = results.map((result) => binding.tensorDataSync(result.id) as Float32Array | Int32Array);
      for (const tensor of [...ids, ...results.map((result) => result.id)]) binding.deleteTensor(tensor);
      return values;
    },
    runTensors(given, outputs) {
      if (outputs.length === 0) return [];
      const ids = backend.getInputTensorIds(Object.values(given));
      return binding.runSavedModel(id, ids, names(Object.keys(given)), names(outputs))
        .map((info) => backend.createOutputTensor(info));
    },
    [Symbol.dispose]: () => binding.deleteSavedModel(id),
  };
}
