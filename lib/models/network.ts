/**
 * What every network is built from. It knows nothing of any one network.
 *
 * @module
 */
import type { Expression } from "../activation/expression.ts";

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
  /** Seed of the initial weights and of dropout. */
  readonly seed: number;
  /** Share of values that dropout sets to 0 (default: the network's own). */
  readonly dropout?: number;
}
