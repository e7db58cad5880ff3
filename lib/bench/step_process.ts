/**
 * One measurement of `deno task bench --part step`, run as a process of its own: where a training step's time goes, on one
 * thread, beside the step's convolutions and products alone. It must not be imported.
 *
 * @module
 */
import process from "node:process";
import { parse } from "../activation/mod.ts";
import { DataType, type Given, loadEngine, type NodeTime, openTimed, type Program } from "../engine/mod.ts";
import { buildNetwork } from "../models/mod.ts";
import { random } from "../random.ts";
import { type Precision, trainingStepProgram } from "../training/mod.ts";
import { quantile } from "./measure.ts";
import type { NetworkJob } from "./speed_process.ts";

/** What is measured. */
export interface StepJob {
  readonly network: NetworkJob;
  readonly expression: string;
  readonly precision: Precision;
  readonly rounds: number;
}

/** What an operation takes in a step. */
export interface OperationTime {
  readonly operation: string;
  readonly nodes: number;
  readonly milliseconds: number;
}

/** What was measured. Times of operations are the least of the rounds, as another process can only lengthen them. */
export interface StepResult {
  readonly operations: readonly OperationTime[];
  /** The step's convolutions forward, alone, and all of its products, alone. */
  readonly alone: Readonly<Record<"convolutions" | "products", number>>;
  /** Milliseconds of the process's CPU for a step: median. */
  readonly cpu: number;
}

const CONVOLUTIONS = ["Conv2D", "DepthwiseConv2dNative"];
const PRODUCTS = ["MatMul", "BatchMatMul", "BatchMatMulV2"];

/** The convolutions forward and products of a step, each over inputs of its own. */
function withoutTheRest({ operations, facts }: Program): Program {
  const { float32, int32 } = DataType;
  const kept = operations.filter(({ name }) => [...CONVOLUTIONS, ...PRODUCTS].includes(name));
  const known = new Map(facts);
  let next = Math.max(...facts.keys()) + 1;
  const inputs: Record<string, number> = {};
  const constants: [number, ReturnType<Program["constants"]["get"]> & object][] = [];
  const integers = (values: readonly number[]) => {
    const fact = { shape: [values.length], dtype: int32 };
    constants.push([next, { ...fact, bytes: new Uint8Array(Int32Array.from(values).buffer) }]);
    known.set(next, fact);
    return next++;
  };
  const outputs: Record<string, number> = {};
  const alone = kept.flatMap((operation) => {
    const casts: Program["operations"][number][] = [];
    const { shape, dtype } = facts.get(operation.outputs[0])!;
    const own = operation.inputs.map((id) => {
      const { shape, dtype } = facts.get(id)!;
      const given = next++;
      inputs[`given${given}`] = given;
      known.set(given, { shape, dtype: float32 });
      if (dtype === float32) return given;
      const cast = next++;
      known.set(cast, { shape, dtype });
      const attributes = { SrcT: { kind: "type", value: float32 }, DstT: { kind: "type", value: dtype } } as const;
      casts.push({ name: "Cast", attributes, inputs: [given], outputs: [cast] });
      return cast;
    });
    // one number of the result, so that its memory is free for the next one, as in the step
    const first = next++;
    known.set(first, { shape: shape.map(() => 1), dtype });
    outputs[`output${first}`] = first;
    const attributes = { T: { kind: "type", value: dtype }, Index: { kind: "type", value: int32 } } as const;
    const slice = {
      name: "Slice",
      attributes,
      inputs: [operation.outputs[0], integers(shape.map(() => 0)), integers(shape.map(() => 1))],
      outputs: [first],
    };
    return [...casts, { ...operation, inputs: own }, slice];
  });
  return {
    operations: alone,
    facts: known,
    constants: new Map(constants),
    inputs,
    variables: [],
    outputs,
    assignments: [],
    gradients: [],
  };
}

/** Sums of nodes by operation, in TensorFlow's names without the prefixes of its oneDNN kernels. */
function byOperation(runs: readonly (readonly NodeTime[])[]): OperationTime[] {
  const nodes = new Map<string, { operation: string; times: number[] }>();
  for (const { node, operation, milliseconds } of runs.flat()) {
    if (!nodes.has(node)) nodes.set(node, { operation: operation.replace(/^_(Mkl(Native)?)?/, ""), times: [] });
    nodes.get(node)!.times.push(milliseconds);
  }
  const sums = new Map<string, OperationTime>();
  for (const { operation, times } of nodes.values()) {
    const { nodes: count, milliseconds } = sums.get(operation) ?? { nodes: 0, milliseconds: 0 };
    sums.set(operation, {
      operation,
      nodes: count + 1,
      milliseconds: milliseconds + Math.min(...times),
    });
  }
  return [...sums.values()].toSorted((a, b) => b.milliseconds - a.milliseconds);
}

function measure({ network: { name, imageSize, batch }, expression, precision, rounds }: StepJob): StepResult {
  const rng = random(1);
  const channels = 3;
  const numbers = (shape: readonly number[]): Given => ({
    shape,
    values: Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => rng.next()),
  });
  const model = buildNetwork(name, { activation: parse(expression), imageSize, channels, classes: 10, seed: 1 });
  const variables = model.weights.map((weight) => {
    const tensor = weight.read();
    return { shape: tensor.shape, values: tensor.dataSync() as Float32Array };
  });
  const program = trainingStepProgram(model, { size: batch, precision });
  const optimizer = { kind: "momentum", momentum: 0.9 } as const;
  using step = openTimed(program, { variables, optimizer });
  const rest = withoutTheRest(program);
  using alone = openTimed(rest, { variables: [], optimizer });
  const given = {
    images: numbers([batch, imageSize, imageSize, channels]),
    labels: { shape: [batch], values: Int32Array.from({ length: batch }, () => rng.integer(10)) },
    step: { shape: [], values: Int32Array.of(0) },
  };
  const givenAlone = Object.fromEntries(
    Object.entries(rest.inputs).map(([name, id]) => [name, numbers(rest.facts.get(id)!.shape)]),
  );
  const runs: { step: NodeTime[]; alone: NodeTime[]; cpu: number }[] = [];
  for (let round = -2; round < rounds; round++) {
    const before = process.cpuUsage();
    const times = step.run(given);
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) runs.push({ step: times, alone: alone.run(givenAlone), cpu: (user + system) / 1000 });
  }
  const operationsAlone = byOperation(runs.map(({ alone }) => alone));
  const sum = (wanted: readonly string[]) =>
    operationsAlone.filter(({ operation }) => wanted.includes(operation)).reduce(
      (sum, { milliseconds }) => sum + milliseconds,
      0,
    );
  return {
    operations: byOperation(runs.map(({ step }) => step)),
    alone: { convolutions: sum(CONVOLUTIONS), products: sum(PRODUCTS) },
    cpu: quantile(runs.map(({ cpu }) => cpu), 0.5),
  };
}

if (import.meta.main) {
  await loadEngine({ engine: "tensorflow", threads: 1 });
  console.log(JSON.stringify(measure(JSON.parse(Deno.args[0]))));
}
