/**
 * Programs that share variables → the nodes of one graph. It knows nothing of how the graph is run, nor of layers.
 *
 * @module
 */
import type { GraphNode, NodeAttribute } from "./graph_def.ts";
import type { OptimizerSettings } from "./optimizers.ts";
import { type Constant, DataType, type Program, type TensorFact } from "./program.ts";

/** What the graph is made of. */
export interface GraphParts {
  /** Programs by name. */
  readonly programs: Readonly<Record<string, Program>>;
  /** Shapes and types of the variables that the programs share. */
  readonly variables: readonly TensorFact[];
  /** Variables, by index, that an optimizer changes where a program gives their gradients. */
  readonly optimizer: OptimizerSettings;
}

/** The graph's nodes, and the names by which it is run. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  /** For each variable, and then for each slot of the optimizer: nodes that take, set and give its value. */
  readonly state: readonly StateNames[];
  /** Facts of the slots, in the order of `state` behind the variables. */
  readonly slots: readonly TensorFact[];
}

/** Node names of one variable or slot. */
export interface StateNames {
  readonly given: string;
  readonly set: string;
  readonly value: string;
}

/** A constant of equal values of more bytes than this is written as one value. */
const LARGE = 4096;

/** A graph that is being written. */
class Writer {
  readonly nodes: GraphNode[] = [];
  readonly #readers = new Map<string, string[]>();

  add(
    node: { name: string; operation: string; inputs?: readonly string[] } & { attributes?: GraphNode["attributes"] },
  ) {
    const { name, operation, inputs = [], attributes = {} } = node;
    this.nodes.push({ name, operation, inputs, attributes });
    for (const input of inputs) {
      const from = input.replace(/^\^|:\d+$/g, "");
      const known = this.#readers.get(from);
      if (known) known.push(name);
      else this.#readers.set(from, [name]);
    }
    return name;
  }

  /** The nodes that have a node as an input. */
  readers(name: string): readonly string[] {
    return this.#readers.get(name) ?? [];
  }
}

const type = (value: number) => ({ kind: "type", value }) as const;
const bool = (value: boolean) => ({ kind: "bool", value }) as const;

function scalar(value: number): Constant {
  return { shape: [], dtype: DataType.float32, bytes: new Uint8Array(Float32Array.of(value).buffer) };
}

function constantNode(writer: Writer, { name, value }: { name: string; value: Constant }): string {
  const { dtype, shape, bytes } = value;
  const attributes = (of: Constant): Record<string, NodeAttribute> => ({
    dtype: type(of.dtype),
    value: { kind: "constant", value: of },
  });
  const width = bytes.length / shape.reduce((product, size) => product * size, 1);
  if (bytes.length <= LARGE || bytes.some((byte, i) => byte !== bytes[i % width])) {
    return writer.add({ name, operation: "Const", attributes: attributes(value) });
  }
  const dims: Constant = {
    shape: [shape.length],
    dtype: DataType.int32,
    bytes: new Uint8Array(Int32Array.from(shape).buffer),
  };
  const inputs = [
    writer.add({ name: `${name}/dims`, operation: "Const", attributes: attributes(dims) }),
    writer.add({
      name: `${name}/value`,
      operation: "Const",
      attributes: attributes({ shape: [], dtype, bytes: bytes.slice(0, width) }),
    }),
  ];
  return writer.add({
    name,
    operation: "Fill",
    inputs,
    attributes: { T: type(dtype), index_type: type(DataType.int32) },
  });
}

/** A variable of the graph, with the nodes that set and give it. */
function stateNodes(writer: Writer, { name, fact: { shape, dtype } }: { name: string; fact: TensorFact }): string {
  const handle = writer.add({
    name,
    operation: "VarHandleOp",
    attributes: {
      dtype: type(dtype),
      shape: { kind: "shape", value: shape },
      shared_name: { kind: "string", value: name },
      container: { kind: "string", value: "" },
    },
  });
  const given = writer.add({
    name: `${name}/given`,
    operation: "Placeholder",
    attributes: { dtype: type(dtype), shape: { kind: "shape", value: shape } },
  });
  const assigned = writer.add({
    name: `${name}/assign`,
    operation: "AssignVariableOp",
    inputs: [handle, given],
    attributes: { dtype: type(dtype) },
  });
  // a run must give something: the value that was set
  writer.add({
    name: `${name}/set`,
    operation: "Const",
    inputs: [`^${assigned}`],
    attributes: { dtype: type(DataType.float32), value: { kind: "constant", value: scalar(1) } },
  });
  writer.add({
    name: `${name}/value`,
    operation: "ReadVariableOp",
    inputs: [handle],
    attributes: { dtype: type(dtype) },
  });
  return handle;
}

/** Slots of the optimizer for one variable: their suffixes. */
function slotsOf({ kind }: OptimizerSettings): readonly string[] {
  return kind === "momentum" ? ["accumulator"] : ["m", "v"];
}

/** The nodes by which an optimizer changes a variable; the last to run is given. */
function updateNodes(writer: Writer, options: {
  readonly prefix: string;
  readonly handle: string;
  readonly gradient: string;
  readonly wait: readonly string[];
  readonly optimizer: OptimizerSettings;
}): string {
  const { prefix, handle, gradient, wait, optimizer } = options;
  const number = (name: string, value: number) =>
    constantNode(writer, { name: `${prefix}/${handle}/${name}`, value: scalar(value) });
  const attributes = { T: type(DataType.float32), use_locking: bool(false), use_nesterov: bool(false) };
  const name = `${prefix}/${handle}/update`;
  const rate = `${prefix}/learningRate`;
  const decay: string[] = [];
  if (optimizer.weightDecay) {
    const step = writer.add({
      name: `${prefix}/${handle}/decay`,
      operation: "Mul",
      inputs: [rate, number("weightDecay", optimizer.weightDecay)],
      attributes: { T: type(DataType.float32) },
    });
    // w ← w − (η λ) w
    const value = writer.add({
      name: `${prefix}/${handle}/decayed`,
      operation: "ReadVariableOp",
      inputs: [handle],
      attributes: { dtype: type(DataType.float32) },
    });
    const decayed = writer.add({
      name: `${prefix}/${handle}/applyDecay`,
      operation: "ResourceApplyGradientDescent",
      inputs: [handle, step, value, ...wait],
      attributes: { T: type(DataType.float32), use_locking: bool(false) },
    });
    decay.push(`^${decayed}`);
  }
  if (optimizer.kind === "momentum") {
    return writer.add({
      name,
      operation: "ResourceApplyMomentum",
      inputs: [
        handle,
        `${handle}/accumulator`,
        rate,
        gradient,
        number("momentum", optimizer.momentum),
        ...wait,
        ...decay,
      ],
      attributes,
    });
  }
  const numbers = [
    number("beta1", optimizer.beta1),
    number("beta2", optimizer.beta2),
    number("epsilon", optimizer.epsilon),
  ];
  return writer.add({
    name,
    operation: "ResourceApplyAdam",
    inputs: [
      ...[handle, `${handle}/m`, `${handle}/v`, `${prefix}/beta1Power`, `${prefix}/beta2Power`, rate],
      ...[...numbers, gradient, ...wait, ...decay],
    ],
    attributes,
  });
}

/** Writes a program's nodes, all names below `prefix`. */
function programNodes(writer: Writer, { prefix, program, handles, optimizer }: {
  readonly prefix: string;
  readonly program: Program;
  readonly handles: readonly string[];
  readonly optimizer: OptimizerSettings;
}): void {
  const { facts, constants, inputs, variables, outputs } = program;
  const names = new Map<number, string>();
  for (const [name, id] of Object.entries(inputs)) {
    const { shape, dtype } = facts.get(id)!;
    const attributes = { dtype: type(dtype), shape: { kind: "shape", value: shape } } as const;
    names.set(id, writer.add({ name: `${prefix}/${name}`, operation: "Placeholder", attributes }));
  }
  const reads = variables.map((id, i) => {
    const dtype = type(facts.get(id)!.dtype);
    const name = `${prefix}/${handles[i]}/read`;
    names.set(id, writer.add({ name, operation: "ReadVariableOp", inputs: [handles[i]], attributes: { dtype } }));
    return name;
  });
  const nameOf = (id: number): string => {
    let name = names.get(id);
    if (name === undefined) {
      const value = constants.get(id);
      if (!value) throw new Error(`Tensor ${id} of ${prefix} comes from nowhere`);
      names.set(id, name = constantNode(writer, { name: `${prefix}/constant${id}`, value }));
    }
    return name;
  };
  for (const [i, operation] of program.operations.entries()) {
    const { name, attributes } = operation;
    const node = { name: `${prefix}/${name}${i}`, operation: name, inputs: operation.inputs.map(nameOf), attributes };
    writer.add(node);
    for (const [at, id] of operation.outputs.entries()) names.set(id, at === 0 ? node.name : `${node.name}:${at}`);
  }
  // a variable may change only when everything that reads it has run
  const updated: string[] = [];
  const waiting = (variable: number) => [reads[variable], ...writer.readers(reads[variable])].map((name) => `^${name}`);
  for (const { variable, tensor } of program.gradients) {
    const [handle, gradient, wait] = [handles[variable], nameOf(tensor), waiting(variable)];
    updated.push(updateNodes(writer, { prefix, handle, gradient, wait, optimizer }));
  }
  for (const { variable, tensor } of program.assignments) {
    updated.push(writer.add({
      name: `${prefix}/${handles[variable]}/assign`,
      operation: "AssignVariableOp",
      inputs: [handles[variable], nameOf(tensor), ...waiting(variable)],
      attributes: { dtype: type(facts.get(tensor)!.dtype) },
    }));
  }
  for (const [name, id] of Object.entries(outputs)) {
    writer.add({
      name: `${prefix}/${name}`,
      operation: "Identity",
      inputs: [nameOf(id), ...updated.map((node) => `^${node}`)],
      attributes: { T: type(facts.get(id)!.dtype) },
    });
  }
}

/** What an optimizer takes for each step, by name, besides the gradients. */
export function optimizerInputs({ kind }: OptimizerSettings): readonly string[] {
  return kind === "momentum" ? ["learningRate"] : ["learningRate", "beta1Power", "beta2Power"];
}

/** The graph of programs that share variables. */
export function graphOf({ programs, variables, optimizer }: GraphParts): Graph {
  const writer = new Writer();
  const handles = variables.map((fact, i) => stateNodes(writer, { name: `variable${i}`, fact }));
  const trained = [
    ...new Set(Object.values(programs).flatMap(({ gradients }) => gradients.map(({ variable }) => variable))),
  ];
  const slots = trained.flatMap((variable) =>
    slotsOf(optimizer).map((suffix) => ({ name: `${handles[variable]}/${suffix}`, fact: variables[variable] }))
  );
  for (const slot of slots) stateNodes(writer, slot);
  for (const [prefix, program] of Object.entries(programs)) {
    if (program.gradients.length > 0) {
      for (const name of optimizerInputs(optimizer)) {
        const attributes = { dtype: type(DataType.float32), shape: { kind: "shape", value: [] } } as const;
        writer.add({ name: `${prefix}/${name}`, operation: "Placeholder", attributes });
      }
    }
    programNodes(writer, { prefix, program, handles, optimizer });
  }
  const state = [...handles, ...slots.map(({ name }) => name)].map((name) => ({
    given: `${name}/given`,
    set: `${name}/set`,
    value: `${name}/value`,
  }));
  return { nodes: writer.nodes, state, slots: slots.map(({ fact }) => fact) };
}
