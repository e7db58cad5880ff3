/**
 * A graph as TensorFlow reads it: nodes by name, written as a SavedModel with the classes that tfjs-node brings.
 *
 * @module
 */
import { createRequire } from "node:module";
import type { Attribute, Constant } from "./program.ts";

/** A node of a graph. */
export interface GraphNode {
  readonly name: string;
  /** TensorFlow's name of the operation. */
  readonly operation: string;
  /** `node`, `node:1` for a further output, `^node` to wait for it only. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, NodeAttribute>>;
}

/** An attribute of a node: of an operation, or the values of a constant. */
export type NodeAttribute = Attribute | { readonly kind: "constant"; readonly value: Constant };

/** A message of the generated classes, of which only setters are used. */
type Message = Record<string, (value: unknown) => unknown> & {
  serializeBinary(): Uint8Array;
  getAttrMap(): Map<string, Message>;
};

type Classes = Readonly<Record<string, new () => Message>>;

let classes: Classes | undefined;

/** The package's generated classes (tensorflow/core/protobuf). */
function messages(): Classes {
  classes ??= createRequire(import.meta.url)("@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js") as Classes;
  return classes;
}

/** A message with fields, named as in the .proto files but in camel case. */
function message(type: new () => Message, fields: Readonly<Record<string, unknown>>): Message {
  const result = new type();
  for (const [name, value] of Object.entries(fields)) result[`set${name[0].toUpperCase()}${name.slice(1)}`](value);
  return result;
}

function shapeMessage(shape: readonly number[]): Message {
  const { TensorShape } = messages();
  const { Dim } = TensorShape as unknown as Classes;
  return message(TensorShape, { dimList: shape.map((size) => message(Dim, { size })) });
}

function attributeMessage(attribute: NodeAttribute): Message {
  const { AttrValue, Tensor } = messages();
  const { ListValue } = AttrValue as unknown as Classes;
  const { kind, value } = attribute;
  switch (kind) {
    case "string":
      return message(AttrValue, { s: new TextEncoder().encode(value) });
    case "int":
      return message(AttrValue, { i: value });
    case "float":
      return message(AttrValue, { f: value });
    case "bool":
      return message(AttrValue, { b: value });
    case "type":
      return message(AttrValue, { type: value });
    case "shape":
      return message(AttrValue, { shape: shapeMessage(value) });
    case "ints":
      return message(AttrValue, { list: message(ListValue, { iList: value }) });
    case "floats":
      return message(AttrValue, { list: message(ListValue, { fList: value }) });
    case "constant": {
      const { dtype, shape, bytes } = value;
      return message(AttrValue, {
        tensor: message(Tensor, { dtype, tensorShape: shapeMessage(shape), tensorContent: bytes }),
      });
    }
  }
}

function nodeMessage({ name, operation, inputs, attributes }: GraphNode): Message {
  const node = message(messages().NodeDef, { name, op: operation, inputList: [...inputs] });
  for (const [key, attribute] of Object.entries(attributes)) node.getAttrMap().set(key, attributeMessage(attribute));
  return node;
}

/** The version of the graph format, which decides what operations may do (tensorflow/core/public/version.h). */
const PRODUCER = 1882;

/** The tag of the one graph in the model. */
export const TAG = "serve";

/** The bytes of `saved_model.pb`. */
export function savedModel(nodes: readonly GraphNode[]): Uint8Array {
  const { GraphDef, MetaGraphDef, SavedModel, VersionDef } = messages();
  const { MetaInfoDef } = MetaGraphDef as unknown as Classes;
  const graph = message(GraphDef, {
    nodeList: nodes.map(nodeMessage),
    versions: message(VersionDef, { producer: PRODUCER }),
  });
  const metaGraph = message(MetaGraphDef, { metaInfoDef: message(MetaInfoDef, { tagsList: [TAG] }), graphDef: graph });
  return message(SavedModel, { savedModelSchemaVersion: 1, metaGraphsList: [metaGraph] }).serializeBinary();
}
