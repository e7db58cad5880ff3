/**
 * The networks by name.
 *
 * @module
 */
import type { LayersModel } from "../engine/tensorflow.ts";
import { UserError } from "../user_error.ts";
import type { NetworkOptions } from "./network.ts";
import { phi } from "./phi.ts";

const NETWORKS: Readonly<Record<string, (options: NetworkOptions) => LayersModel>> = { phi };

/** Names of the networks. */
export const NETWORK_NAMES: readonly string[] = Object.keys(NETWORKS);

/**
 * Builds a network by name; its output are logits, shape [batch, classes]. The engine must be loaded. Throws a UserError
 * for an unknown name, and a RangeError for images that the network cannot take.
 */
export function buildNetwork(name: string, options: NetworkOptions): LayersModel {
  if (!Object.hasOwn(NETWORKS, name)) {
    throw new UserError(`Unknown network: expected ${NETWORK_NAMES.join(", ")}, got "${name}"`);
  }
  return NETWORKS[name](options);
}
