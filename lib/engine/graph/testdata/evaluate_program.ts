/**
 * A program's operations one by one in eager mode: what its graph must compute too.
 *
 * @module
 */
import { engine, nativeBackend } from "../../tensorflow.ts";
import type { Attribute, Program } from "../program.ts";
import { recordedBackend } from "../record.ts";

/** Values of a program's inputs or results, by name. */
export type Values = Readonly<Record<string, Float32Array>>;

/** The results by name, of which each must be float32. Its variables are taken from `variables`, in their order. */
export function evaluateProgram(program: Program, { given, variables = [] }: {
  readonly given: Values;
  readonly variables?: readonly Float32Array[];
}): Values {
  const { binding } = recordedBackend();
  const attributeTypes = nativeBackend()!.binding;
  const typeOf = ({ kind }: Attribute) => attributeTypes[`TF_ATTR_${kind.replace(/s$/, "").toUpperCase()}`];
  const tensors = new Map<number, number>();
  const create = (id: number, bytes: Uint8Array) => {
    const { shape, dtype } = program.facts.get(id)!;
    const buffer = bytes.slice().buffer;
    const values = { 1: new Float32Array(buffer), 3: new Int32Array(buffer) }[dtype] ?? new Uint8Array(buffer);
    tensors.set(id, binding.createTensor(shape, dtype, values));
  };
  const bytesOf = ({ buffer }: Float32Array) => new Uint8Array(buffer);
  for (const [name, values] of Object.entries(given)) create(program.inputs[name], bytesOf(values));
  for (const [i, values] of variables.entries()) create(program.variables[i], bytesOf(values));
  for (const [id, { bytes }] of program.constants) create(id, bytes);
  for (const { name, attributes, inputs, outputs } of program.operations) {
    const list = Object.entries(attributes).map(([key, attribute]) => ({
      name: key,
      type: typeOf(attribute),
      value: attribute.value,
    }));
    const results = binding.executeOp(name, list, inputs.map((id) => tensors.get(id)!), outputs.length);
    for (const [i, { id }] of results.entries()) tensors.set(outputs[i], id);
  }
  const results = Object.entries(program.outputs).map(([name, id]) =>
    [name, new Float32Array(binding.tensorDataSync(tensors.get(id)!) as Float32Array)] as const
  );
  for (const id of new Set(tensors.values())) binding.deleteTensor(id);
  return Object.fromEntries(results);
}

/** How many numbers are multiplied by a program's convolutions and products. */
export function multiplications({ operations, facts }: Program): number {
  const size = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);
  return operations.reduce((sum, { name, attributes, inputs, outputs }) => {
    const [shapes, [out]] = [inputs, outputs].map((ids) => ids.map((id) => facts.get(id)!.shape));
    switch (name) {
      case "Conv2D":
        return sum + size(out) * size(shapes[1].slice(0, -1));
      case "Conv2DBackpropInput":
        return sum + size(shapes[2]) * size(shapes[1].slice(0, -1));
      case "Conv2DBackpropFilter":
        return sum + size(shapes[2]) * size(out.slice(0, -1));
      case "MatMul":
        return sum + size(out) * shapes[0][attributes.transpose_a?.value ? 0 : 1];
    }
    return sum;
  }, 0);
}

/** What `body` gives; the tensors that it makes are disposed. */
export function inScope<T>(body: () => T): T {
  let result: T | undefined;
  engine().tidy(() => {
    result = body();
  });
  return result!;
}
