/**
 * A convolution with a product over its channels behind it, and nothing between them, are one linear map: it is computed
 * as one convolution, with the product of the two weights. Only the weights are multiplied then, not every pixel, in the
 * gradients too:
 *
 * with y = (W ∗ x + b) M, V = W M and a gradient g of y: y = V ∗ x + b M, dx = g ∗ᵀ V, dV = x ∗ g, dW = dV Mᵀ,
 * dM = Wᵀ dV + b (Σg)ᵀ, db = M Σg.
 *
 * The sums are those of the two maps in another order.
 *
 * @module
 */
import { DataType, type Operation, type Program } from "./program.ts";
import { Rewriter, type Rule } from "./rewrite.ts";

/** A convolution and the product behind it. */
interface Pair {
  /** The convolution. */
  readonly convolution: Operation;
  /** What is added to its result. */
  readonly bias: number | undefined;
  /** Tensors of the convolution's result, before and behind the bias. */
  readonly inner: readonly number[];
  /** The matrix [channels between, channels out]. */
  readonly matrix: number;
  /** Output of the product. */
  readonly product: number;
}

const FLOAT = { T: { kind: "type", value: DataType.float32 } } as const;

function isProduct({ name, attributes }: Operation, { a, b }: { readonly a: boolean; readonly b: boolean }): boolean {
  const is = (key: string) => attributes[key]?.value === true;
  return name === "MatMul" && is("transpose_a") === a && is("transpose_b") === b;
}

/** What makes and takes the tensors of a program; reshapes are seen through. */
class Connections {
  readonly #producers = new Map<number, Operation>();
  readonly #users = new Map<number, Operation[]>();

  constructor({ operations }: Program) {
    for (const operation of operations) {
      for (const id of operation.outputs) this.#producers.set(id, operation);
    }
    for (const operation of operations) {
      if (operation.name === "Reshape") continue;
      for (const id of new Set(operation.inputs.map((id) => this.origin(id)))) {
        const known = this.#users.get(id);
        if (known) known.push(operation);
        else this.#users.set(id, [operation]);
      }
    }
  }

  /** The tensor that a tensor is another shape of. */
  origin(id: number): number {
    const made = this.#producers.get(id);
    return made?.name === "Reshape" ? this.origin(made.inputs[0]) : id;
  }

  producer(id: number): Operation | undefined {
    return this.#producers.get(id);
  }

  users(id: number): readonly Operation[] {
    return this.#users.get(id) ?? [];
  }
}

/** Whether one convolution takes fewer multiplications than the two maps. */
function isWorthIt({ facts }: Program, { convolution: { inputs, outputs }, matrix }: Pair): boolean {
  const pixels = facts.get(outputs[0])!.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const window = facts.get(inputs[1])!.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const [between, out] = facts.get(matrix)!.shape;
  return pixels * between * out + pixels * window * (between - out) > window * between * out;
}

/** The pair that ends with a product; undefined where there is none, or where something else takes what is between. */
function pairOf(product: Operation, { program, connections }: {
  readonly program: Program;
  readonly connections: Connections;
}): Pair | undefined {
  if (!isProduct(product, { a: false, b: false })) return undefined;
  const [input, matrix] = product.inputs;
  const last = connections.origin(input);
  const added = connections.producer(last);
  const bias = added?.name === "BiasAdd" ? added.inputs[1] : undefined;
  const convolution = bias === undefined ? added : connections.producer(added!.inputs[0]);
  if (
    convolution?.name !== "Conv2D" ||
    connections.users(matrix).filter((user) => isProduct(user, { a: false, b: false })).length !== 1
  ) return undefined;
  const channels = (id: number) => program.facts.get(id)!.shape.at(-1);
  if (channels(input) !== channels(last)) return undefined;
  const inner = bias === undefined ? [last] : [convolution.outputs[0], last];
  const pair = { convolution, bias, inner, matrix, product: product.outputs[0] };
  const [x, kernel] = convolution.inputs;
  // y, dM; and of the gradient behind the convolution, dx, dW, db
  const takesInner = (user: Operation) =>
    user === product || (isProduct(user, { a: true, b: false }) && connections.origin(user.inputs[0]) === last);
  const takesGradient = ({ name, inputs }: Operation) =>
    name === "BiasAddGrad" || (name === "Conv2DBackpropInput" && inputs[1] === kernel) ||
    (name === "Conv2DBackpropFilter" && inputs[0] === x);
  const allowed = connections.users(last).every(takesInner) &&
    (bias === undefined || connections.users(inner[0]).every((user) => user === added)) &&
    connections.users(matrix).filter((user) => isProduct(user, { a: false, b: true })).every(({ outputs: [dh] }) =>
      connections.users(dh).every(takesGradient)
    );
  return allowed && isWorthIt(program, pair) ? pair : undefined;
}

/** A pair in a program that is being rewritten: what is computed once and used several times. */
class MergedPair {
  readonly #pair: Pair;
  readonly #rewriter: Rewriter;
  readonly #made = new Map<string, number>();

  constructor(pair: Pair, rewriter: Rewriter) {
    this.#pair = pair;
    this.#rewriter = rewriter;
  }

  #once(key: string, make: () => number): number {
    let id = this.#made.get(key);
    if (id === undefined) this.#made.set(key, id = make());
    return id;
  }

  #shape(id: number): readonly number[] {
    return this.#rewriter.fact(id).shape;
  }

  #product(inputs: readonly [number, number], { a = false, b = false } = {}): number {
    const [left, right] = inputs.map((id) => this.#shape(id));
    const flag = (value: boolean) => ({ kind: "bool", value }) as const;
    return this.#rewriter.emitNew("MatMul", {
      inputs,
      shape: [left[a ? 1 : 0], right[b ? 0 : 1]],
      attributes: { transpose_a: flag(a), transpose_b: flag(b) },
    });
  }

  /** W as a matrix [window, channels between]. */
  #flatKernel(): number {
    const kernel = this.#pair.convolution.inputs[1];
    const shape = this.#shape(kernel);
    const window = shape.slice(0, -1).reduce((product, size) => product * size, 1);
    return this.#once("W", () => this.#rewriter.reshape(kernel, [window, shape.at(-1)!]));
  }

  /** V, as a kernel. */
  #kernel(): number {
    return this.#once("V", () => {
      const shape = this.#shape(this.#pair.convolution.inputs[1]);
      const flat = this.#product([this.#flatKernel(), this.#pair.matrix]);
      return this.#rewriter.reshape(flat, [...shape.slice(0, -1), this.#shape(flat)[1]]);
    });
  }

  /** A gradient of y in the shape of images. */
  #images(gradient: number): number {
    const [output] = this.#pair.convolution.outputs;
    return this.#rewriter.reshape(gradient, [...this.#shape(output).slice(0, -1), this.#shape(gradient).at(-1)!]);
  }

  /** dV as a matrix [window, channels out]. */
  #flatGradient(gradient: number): number {
    const { convolution: { attributes, inputs: [x, kernel] } } = this.#pair;
    const images = this.#images(gradient);
    return this.#once(`dV ${images}`, () => {
      const shape = [...this.#shape(kernel).slice(0, -1), this.#shape(images).at(-1)!];
      const inputs = [x, this.#rewriter.integers(shape), images];
      const filter = this.#rewriter.emitNew("Conv2DBackpropFilter", { inputs, shape, attributes });
      return this.#rewriter.reshape(filter, [this.#shape(this.#flatKernel())[0], shape.at(-1)!]);
    });
  }

  /** Σg as a matrix of one row. */
  #sum(gradient: number): number {
    const images = this.#images(gradient);
    return this.#once(`sum ${images}`, () => {
      const out = this.#shape(images).at(-1)!;
      const sum = this.#rewriter.emitNew("BiasAddGrad", { inputs: [images], shape: [out] });
      return this.#rewriter.reshape(sum, [1, out]);
    });
  }

  /** The bias as a matrix of one row. */
  #bias(bias: number): number {
    return this.#rewriter.reshape(bias, [1, this.#shape(bias)[0]]);
  }

  /** y in place of the product's output. */
  output(output: number): void {
    const { convolution: { attributes, inputs: [x], outputs: [inner] }, bias, matrix } = this.#pair;
    const shape = [...this.#shape(inner).slice(0, -1), this.#shape(output).at(-1)!];
    let y = this.#rewriter.emitNew("Conv2D", { inputs: [x, this.#kernel()], shape, attributes });
    if (bias !== undefined) {
      const vector = this.#rewriter.reshape(this.#product([this.#bias(bias), matrix]), [shape.at(-1)!]);
      y = this.#rewriter.emitNew("BiasAdd", { inputs: [y, vector], shape });
    }
    this.#rewriter.reshape(y, this.#shape(output), output);
  }

  /** dM in place of `output`. */
  matrixGradient(gradient: number, output: number): void {
    const { bias } = this.#pair;
    const ofKernel = this.#product([this.#flatKernel(), this.#flatGradient(gradient)], { a: true });
    if (bias === undefined) return this.#rewriter.alias(output, ofKernel);
    const ofBias = this.#product([this.#bias(bias), this.#sum(gradient)], { a: true });
    this.#rewriter.emit({ name: "AddV2", attributes: FLOAT, inputs: [ofKernel, ofBias], outputs: [output] });
  }

  /** dx, dW or db in place of the operation's output. */
  innerGradient({ name, attributes, inputs, outputs: [output] }: Operation, gradient: number): void {
    if (name === "Conv2DBackpropInput") {
      const images = this.#images(gradient);
      this.#rewriter.emit({ name, attributes, inputs: [inputs[0], this.#kernel(), images], outputs: [output] });
      return;
    }
    const outer = name === "BiasAddGrad" ? this.#sum(gradient) : this.#flatGradient(gradient);
    const product = this.#product([outer, this.#pair.matrix], { b: true });
    this.#rewriter.reshape(product, this.#shape(output), output);
  }
}

/** The program with pairs of linear maps as one, where that takes fewer multiplications. */
export function mergeMaps(program: Program): Program {
  const connections = new Connections(program);
  const pairs = program.operations.flatMap((operation) => pairOf(operation, { program, connections }) ?? []);
  if (pairs.length === 0) return program;
  const merged = new Map<Pair, MergedPair>();
  const byProduct = new Map(pairs.map((pair) => [pair.product, pair]));
  const byInner = new Map(pairs.map((pair) => [pair.inner.at(-1)!, pair]));
  const byMatrix = new Map(pairs.map((pair) => [pair.matrix, pair]));

  /** The pair, and the gradient g of y, where a tensor is g Mᵀ. */
  const behind = (id: number) => {
    const made = connections.producer(connections.origin(id));
    const pair = made && isProduct(made, { a: false, b: true }) ? byMatrix.get(made.inputs[1]) : undefined;
    return pair && { pair, gradient: made!.inputs[0] };
  };
  const merge: Rule = (operation, rewriter) => {
    const { name, inputs, outputs: [output] } = operation;
    const of = (pair: Pair) => {
      if (!merged.has(pair)) merged.set(pair, new MergedPair(pair, rewriter));
      return merged.get(pair)!;
    };
    const own = byProduct.get(output);
    if (own) {
      of(own).output(output);
      return true;
    }
    if (isProduct(operation, { a: true, b: false })) {
      const pair = byInner.get(connections.origin(inputs[0]));
      if (pair) of(pair).matrixGradient(rewriter.resolve(inputs[1]), output);
      return pair !== undefined;
    }
    const at = { BiasAddGrad: 0, Conv2DBackpropInput: 2, Conv2DBackpropFilter: 2 }[name];
    const found = at === undefined ? undefined : behind(inputs[at]);
    if (found) of(found.pair).innerGradient(operation, rewriter.resolve(found.gradient));
    return found !== undefined;
  };
  return Rewriter.apply(program, [merge]);
}
