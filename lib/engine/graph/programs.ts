/**
 * Programs that share variables, as one loaded graph: its variables, its optimizer's slots, its runs. It knows nothing
 * of layers.
 *
 * @module
 */
import { engine, type Variable } from "../tensorflow.ts";
import { type Graph, graphOf } from "./emitter.ts";
import type { OptimizerSettings } from "./optimizers.ts";
import type { Program } from "./program.ts";
import { type Given, openSession, type Session } from "./session.ts";
import { recordedBackend } from "./recording.ts";

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
  /** Takes the variables' values into the graph. */
  upload(): void;
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
  const { nodes, state, slots }: Graph = graphOf({ programs, variables: facts, optimizer });
  const session: Session = openSession(nodes);
  const upload = () => {
    const names = state.slice(0, variables.length);
    const given = Object.fromEntries(names.map(({ given }, i) => [given, variables[i]]));
    tf.dispose(session.runTensors(given, names.map(({ set }) => set)));
  };
  tf.tidy(() => {
    const names = state.slice(variables.length);
    if (names.length === 0) return;
    const zeros = slots.map(({ shape }) => tf.zeros([...shape]));
    session.runTensors(Object.fromEntries(names.map(({ given }, i) => [given, zeros[i]])), names.map(({ set }) => set));
  });
  upload();
  return {
    run(program, inputs) {
      const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`${program}/${name}`, value]));
      const names = Object.keys(programs[program].outputs);
      const values = session.run(given, names.map((name) => `${program}/${name}`));
      return Object.fromEntries(names.map((name, i) => [name, values[i][0]]));
    },
    upload,
    download() {
      const names = state.slice(0, variables.length).map(({ value }) => value);
      const values = session.runTensors({}, names);
      for (const [i, value] of values.entries()) variables[i].assign(value);
      tf.dispose(values);
    },
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}
