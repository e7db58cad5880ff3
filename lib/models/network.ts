/**
 * What every network is built from. It knows nothing of any one network.
 *
 * @module
 */
import type { Expression } from "../activation/mod.ts";

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

/** The images that a network can take. */
export interface ImageLimits {
  /** The network's name in print. */
  readonly network: string;
  /** Pixels a side that it needs. */
  readonly smallest: number;
}

/** Throws a RangeError for images that a network cannot take. */
export function checkImageSize(
  { imageSize }: Pick<NetworkOptions, "imageSize">,
  { network, smallest }: ImageLimits,
): void {
  if (!Number.isInteger(imageSize) || imageSize < smallest) {
    const pixels = smallest === 1 ? "1 pixel" : `${smallest} pixels`;
    throw new RangeError(`${network} takes images of at least ${pixels} a side, got ${imageSize}`);
  }
}
