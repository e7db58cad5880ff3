/**
 * A computation on tensors and variables → a program: it is run, recorded, and its inputs, variables and results are
 * found again in what was recorded. It knows nothing of layers or optimizers.
 *
 * @module
 */
import { engine, type Tensor, type Variable } from "../tensorflow.ts";
import { optimized } from "./passes.ts";
import type { Program } from "./program.ts";
import { bytesOf, difference, NotRecordable, record, recordedBackend, type Recording } from "./recording.ts";

/** What a computation gives. */
export interface Computed {
  /** Results by name. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Gradients of variables, for an optimizer. */
  readonly gradients?: ReadonlyMap<Variable, Tensor>;
}

/** Options of {@linkcode traceProgram}. */
export interface TraceOptions {
  /** What is given anew for each run: examples of the right shapes. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** All variables that the computation reads or assigns. They are left as they were. */
  readonly variables: readonly Variable[];
  /** Records a second time, and refuses what is not the same then (default: true). */
  readonly check?: boolean;
}

interface Traced {
  readonly recording: Recording;
  readonly outputs: Readonly<Record<string, number>>;
  readonly gradients: Program["gradients"];
  readonly after: readonly number[];
}

/**
 * Traces a computation, and rewrites it into TensorFlow's faster operations. Throws a NotRecordable where a program could not stand for it: it reads values in JavaScript,
 * or JavaScript gives it other values each time.
 */
export function traceProgram(body: () => Computed, { inputs, variables, check = true }: TraceOptions): Program {
  const tf = engine();
  const backend = recordedBackend();
  const [inputIds, before] = [Object.values(inputs), variables].map((tensors) => backend.getInputTensorIds(tensors));
  const trace = (): Traced => {
    const saved = variables.map((variable) => tf.clone(variable));
    try {
      let traced: Traced | undefined;
      tf.tidy(() => {
        const { recording, result: { outputs, gradients } } = record(body);
        const idOf = (tensor: Tensor) => backend.getInputTensorIds([tensor])[0];
        traced = {
          recording,
          outputs: Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, idOf(tensor)])),
          gradients: [...gradients ?? []].map(([variable, tensor]) => ({
            variable: variables.indexOf(variable),
            tensor: idOf(tensor),
          })),
          after: backend.getInputTensorIds(variables),
        };
      });
      return traced!;
    } finally {
      for (const [i, variable] of variables.entries()) variable.assign(saved[i]);
      tf.dispose(saved);
    }
  };
  const traced = trace();
  const changed = check ? difference(traced.recording, trace().recording) : undefined;
  if (changed !== undefined) throw new NotRecordable(changed);
  const { recording, outputs, gradients, after } = traced;
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
  return optimized(withOlderTensors(program));
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
