/**
 * A graph that is being written, node by node.
 *
 * @module
 */
import type { GraphNode, NodeAttribute } from "./saved_model.ts";
import { type Constant, DataType } from "./program.ts";

/** A constant of equal values of more bytes than this is written as one value. */
const LARGE = 4096;

/** The nodes so far, and which of them read which. */
export class GraphWriter {
  readonly nodes: GraphNode[] = [];
  readonly #readers = new Map<string, string[]>();

  /** Adds a node, and gives its name. */
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

/** An attribute that is a data type. */
export const type = (value: number) => ({ kind: "type", value }) as const;
/** An attribute that is true or false. */
export const bool = (value: boolean) => ({ kind: "bool", value }) as const;

/** A float32 number as a constant. */
export function scalar(value: number): Constant {
  return { shape: [], dtype: DataType.float32, bytes: new Uint8Array(Float32Array.of(value).buffer) };
}

/** Adds a constant; one of many equal values as one value. Gives its name. */
export function constantNode(writer: GraphWriter, { name, value }: { name: string; value: Constant }): string {
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
