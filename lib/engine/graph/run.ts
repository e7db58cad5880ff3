/**
 * Step 4, run: programs that share variables as one graph that is loaded into TensorFlow, with its variables and its
 * optimizer's slots.
 *
 * @module
 */
import { makeScratchFolder } from "../scratch_folder.ts";
import { engine, type Tensor, type Variable } from "../tensorflow.ts";
import type { OptimizerSettings } from "./optimizer.ts";
import { DataType, type Program } from "./program.ts";
import { recordedBackend } from "./record.ts";
import { type GraphNode, savedModel, TAG } from "./saved_model.ts";
import { type Graph, writeGraph } from "./write.ts";

/** Values that are given to a run. */
export interface Given {
  /** Sizes of the dimensions. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array | Int32Array;
}

/** A loaded graph. Its variables live as long as it does. */
interface Session extends Disposable {
  /** Runs what the outputs need; gives the outputs' values, in their order. */
  run(given: Readonly<Record<string, Given>>, outputs: readonly string[]): (Float32Array | Int32Array)[];
  /** As `run`, but takes and gives tensors. */
  runTensors(given: Readonly<Record<string, Tensor>>, outputs: readonly string[]): Tensor[];
}

/** Loads a graph. */
function openSession(nodes: readonly GraphNode[]): Session {
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

/** Options of {@linkcode loadPrograms}. */
export interface ProgramsOptions {
  /** The variables, in the order in which the programs know them. */
  readonly variables: readonly Variable[];
  readonly optimizer: OptimizerSettings;
}

/** A loaded graph of programs. It holds values of its own for the variables. */
export interface LoadedPrograms extends Disposable {
  /** Runs a program; gives its outputs' first values, by name. */
  run(program: string, inputs: Readonly<Record<string, Given>>): Readonly<Record<string, number>>;
  /** The values of the variables and of the optimizer's slots; the caller disposes them. */
  save(): Tensor[];
  /** Goes on from saved values. */
  restore(values: readonly Tensor[]): void;
  /** Takes the graph's values into the variables. */
  download(): void;
}

/** Loads programs by name; the variables' values go with them, and the optimizer's slots are 0. */
export function loadPrograms(
  programs: Readonly<Record<string, Program>>,
  { variables, optimizer }: ProgramsOptions,
): LoadedPrograms {
  const tf = engine();
  const backend = recordedBackend();
  const facts = variables.map(({ shape, dtype }) => ({ shape, dtype: backend.getDTypeInteger(dtype) }));
  const { nodes, state, slots }: Graph = writeGraph({ programs, variables: facts, optimizer });
  const session: Session = openSession(nodes);
  const restore = (values: readonly Tensor[]) => {
    const given = Object.fromEntries(state.map(({ given }, i) => [given, values[i]]));
    tf.dispose(session.runTensors(given, state.map(({ set }) => set)));
  };
  tf.tidy(() => restore([...variables, ...slots.map(({ shape }) => tf.zeros([...shape]))]));
  return {
    run(program, inputs) {
      const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`${program}/${name}`, value]));
      const names = Object.keys(programs[program].outputs);
      const values = session.run(given, names.map((name) => `${program}/${name}`));
      return Object.fromEntries(names.map((name, i) => [name, values[i][0]]));
    },
    save: () => session.runTensors({}, state.map(({ value }) => value)),
    restore,
    download() {
      const names = state.slice(0, variables.length).map(({ value }) => value);
      const values = session.runTensors({}, names);
      for (const [i, value] of values.entries()) variables[i].assign(value);
      tf.dispose(values);
    },
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}
