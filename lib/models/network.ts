/**
 * What a network of the catalogue is, and what it is built from.
 *
 * @module
 */
import type { Expression } from "../activation/mod.ts";
import type { LayersModel } from "../engine/mod.ts";

/** Options that every network takes. */
export interface NetworkOptions {
  /** The function in the place of the network's own activation. */
  readonly activation: Expression;
  /** Height and width of the images, in pixels. */
  readonly imageSize: number;
  /** Channels of the images. */
  readonly channels: number;
  /** Number of classes, which is the number of logits. */
  readonly classes: number;
  /** Seed of the initial weights and of all that is random in training. */
  readonly seed: number;
  /** Share of values that dropout sets to 0 (default: the network's own). */
  readonly dropout?: number;
  /** Share of attention weights that dropout sets to 0; only transformers have it (default: the network's own, 0.1). */
  readonly attentionDropout?: number;
  /**
   * Probability with which the last block's residual branches are left out for an image in training; from 0 for the
   * first block it grows evenly. Only transformers have it (default: the network's own, 0.1).
   */
  readonly stochasticDepth?: number;
}

/** A network of the catalogue. */
export interface Network {
  /** Its name in print. */
  readonly title: string;
  /** Builds it; its output are logits, shape [batch, classes]. */
  readonly build: (options: NetworkOptions) => LayersModel;
  /** Pixels a side that its images must have. */
  readonly smallestImage: number;
  /**
   * Whether training with f(−x) in the place of f(x) is the same in distribution, with the signs of weights turned:
   * `yes`, or another word and the reason.
   */
  readonly symmetry: string;
}
