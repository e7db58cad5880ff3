/**
 * Multi-head self-attention.
 *
 * @module
 */
import type { serialization, Tensor } from "../../engine/mod.ts";
import { random } from "../../random.ts";
import { attend } from "./attend.ts";
import { initializer, type InitialWeights } from "./initial_weights.ts";
import { type CallOptions, type Layer, layerClass, type Shape, single, type Weight } from "./own_layer.ts";
import { randomMask } from "./random_mask.ts";

/** Arguments of {@linkcode attentionLayer}. */
export interface AttentionArguments {
  /** The layer's name. */
  readonly name: string;
  /** Number of heads. */
  readonly heads: number;
  /** Width of a head's queries, keys and values. */
  readonly headSize: number;
  /** Share of the attention weights that are set to 0 in training, in [0, 1). */
  readonly dropout: number;
  /** Distribution of the initial kernels; biases begin with 0. */
  readonly initial: InitialWeights;
  /** Seed of the initial kernels and of dropout, a 31-bit integer. */
  readonly seed: number;
}

interface Projection {
  readonly kernel: Weight;
  readonly bias: Weight;
}

/** The class of {@linkcode attentionLayer}. */
export const attentionClass = layerClass((tf) =>
  class Attention extends tf.layers.Layer {
    static className = "AfosAttention";
    readonly #args: AttentionArguments;
    readonly #mask;
    #inputs: readonly Projection[] = [];
    #output?: Projection;

    constructor(args: AttentionArguments) {
      super({ ...args });
      this.#args = args;
      this.#mask = randomMask(random(args.seed).seed("dropout"));
    }

    override build(inputShape: Shape | Shape[]): void {
      const { heads, headSize, initial, seed } = this.#args;
      const width = (inputShape as number[])[2];
      const rng = random(seed);
      const kernel = (name: string, shape: Shape) =>
        this.addWeight(`${name}/kernel`, shape, "float32", initializer(initial, { seed: rng.seed(name) }));
      const bias = (name: string, shape: Shape) =>
        this.addWeight(`${name}/bias`, shape, "float32", tf.initializers.zeros());
      this.#inputs = ["query", "key", "value"].map((name) => ({
        kernel: kernel(name, [width, heads, headSize]),
        bias: bias(name, [heads, headSize]),
      }));
      const output = "attention_output";
      this.#output = { kernel: kernel(output, [heads, headSize, width]), bias: bias(output, [width]) };
      super.build(inputShape);
    }

    override call(inputs: Tensor | Tensor[], { training = false }: CallOptions = {}): Tensor {
      const x = single(inputs);
      const { heads, headSize, dropout } = this.#args;
      const [batch, tokens, width] = x.shape;
      /** [batch · tokens, n] → [batch · tokens, to], as one product of matrices. */
      const project = (rows: Tensor, { kernel, bias, to }: Projection & { to: number }): Tensor => {
        const product = tf.matMul(rows, tf.reshape(kernel.read(), [rows.shape[1]!, to]));
        return tf.add(product, tf.reshape(bias.read(), [to]));
      };
      return tf.tidy(() => {
        const rows = tf.reshape(x, [batch * tokens, width]);
        const [query, key, value] = this.#inputs.map((projection) => {
          const projected = project(rows, { ...projection, to: heads * headSize });
          return tf.transpose(tf.reshape(projected, [batch, tokens, heads, headSize]), [0, 2, 1, 3]);
        });
        const kept = training && dropout > 0
          ? { kept: this.#mask([batch, heads, tokens, tokens], dropout), rate: dropout }
          : undefined;
        const attended = tf.transpose(attend({ query, key, value, dropout: kept }), [0, 2, 1, 3]);
        const mixed = tf.reshape(attended, [batch * tokens, heads * headSize]);
        return tf.reshape(project(mixed, { ...this.#output!, to: width }), [batch, tokens, width]);
      });
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      return inputShape;
    }

    override getConfig(): serialization.ConfigDict {
      const { heads, headSize, dropout, initial, seed } = this.#args;
      return { ...super.getConfig(), heads, headSize, dropout, initial, seed };
    }
  }
);

/**
 * Multi-head self-attention (Vaswani et al., NeurIPS 2017): [batch, tokens, width] → the same. In each head the values
 * are summed up with the weights softmax(q kᵀ / √headSize), of which dropout sets some to 0 in training.
 *
 * Weights, in the order and shapes of Keras: for query, key and value a kernel [width, heads, headSize] and a
 * bias [heads, headSize]; then the output's kernel [heads, headSize, width] and bias [width].
 */
export function attentionLayer(args: AttentionArguments): Layer {
  return new (attentionClass())(args);
}
