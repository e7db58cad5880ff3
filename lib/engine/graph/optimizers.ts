/**
 * Optimizers as operations of a graph: how a variable and its slots change with its gradient. It knows nothing of
 * networks; training/optimizer.ts has the same rules for eager mode.
 *
 * @module
 */

/**
 * How weights follow from gradients. The learning rate η is given for each step. With a decay λ, w ← (1 − η λ) w comes
 * first (Loshchilov, Hutter: Decoupled Weight Decay Regularization, ICLR 2019), as Keras has it.
 */
export type OptimizerSettings =
  /** Stochastic gradient descent with momentum m: a ← m a + g, w ← w − η a (Polyak 1964, as Keras's SGD). */
  | { readonly kind: "momentum"; readonly momentum: number; readonly weightDecay?: number }
  /** Adam (Kingma, Ba, ICLR 2015), with ε beside √v̂'s numerator as at the end of its section 2; with a decay, AdamW. */
  | {
    readonly kind: "adam";
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
    readonly weightDecay: number;
  };
