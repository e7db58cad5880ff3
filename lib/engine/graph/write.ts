/**
 * Step 3, write: programs that share variables → the nodes of one graph.
 *
 * @module
 */
import { constantNode, GraphWriter, scalar, type } from "./graph_writer.ts";
import { optimizerInputs, type OptimizerSettings, slotsOf, updateNodes } from "./optimizer.ts";
import { DataType, type Program, type TensorFact } from "./program.ts";
import type { GraphNode } from "./saved_model.ts";

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

/** A variable of the graph, with the nodes that set and give it. */
function stateNodes(writer: GraphWriter, { name, fact: { shape, dtype } }: { name: string; fact: TensorFact }): string {
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

/** Writes a program's nodes, all names below `prefix`. */
function programNodes(writer: GraphWriter, { prefix, program, handles, optimizer }: {
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

/** The graph of programs that share variables. */
export function writeGraph({ programs, variables, optimizer }: GraphParts): Graph {
  const writer = new GraphWriter();
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
