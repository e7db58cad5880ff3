/**
 * Scaled dot-product attention as one step with a gradient of its own, which keeps one tensor of the size of the
 * attention weights where tfjs's would keep ten.
 *
 * @module
 */
import { native } from "../../activation/mod.ts";
import { engine, type Tensor } from "../../engine/mod.ts";

/** What attention is computed from; query, key and value are [batch, heads, tokens, size]. */
export interface AttendOptions {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
  /** Which weights [batch, heads, tokens, tokens] dropout keeps (bool), and with what probability it does not. */
  readonly dropout?: { readonly kept: Tensor; readonly rate: number };
}

/**
 * softmax(query keyᵀ / √size) value, [batch, heads, tokens, size] (Vaswani et al., NeurIPS 2017). With dropout, weights
 * become 0 after the softmax, and the others grow by 1/(1 − rate).
 */
export function attend({ query, key, value, dropout }: AttendOptions): Tensor {
  const tf = engine();
  const scale = 1 / Math.sqrt(query.shape.at(-1)!);
  const growth = dropout ? 1 / (1 - dropout.rate) : 1;
  const masked = (weights: Tensor, kept?: Tensor): Tensor => {
    if (!kept) return weights;
    const zero = tf.scalar(0);
    return native("SelectV2", { inputs: [kept, weights, zero] }) ?? tf.where(kept, weights, zero);
  };
  // whatever has the size of the weights is multiplied with no number: that is done on the smaller query, value and dy
  return tf.customGrad((...args) => {
    const [q, k, v, save] = args as unknown as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
    const weights = tf.softmax(tf.matMul(tf.mul(q, scale), k, false, true));
    const mixed = tf.matMul(masked(weights, dropout?.kept), growth === 1 ? v : tf.mul(v, growth));
    save([q, k, v, weights, mixed, ...dropout ? [dropout.kept] : []]);
    return {
      value: mixed,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        tf.tidy(() => {
          const [q, k, v, weights, mixed, kept] = saved;
          const grown = growth === 1 ? dy : tf.mul(dy, growth);
          const slopes = masked(tf.matMul(grown, v, false, true), kept);
          // Σⱼ weightⱼ · slopeⱼ, of softmax's gradient, is dy · mixed
          const scores = tf.mul(weights, tf.sub(slopes, tf.sum(tf.mul(dy, mixed), -1, true)));
          return [
            tf.mul(tf.matMul(scores, k), scale),
            tf.mul(tf.matMul(scores, q, true, false), scale),
            tf.matMul(masked(weights, kept), grown, true, false),
          ];
        }),
    };
  })(query, key, value);
}
