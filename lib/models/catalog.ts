/**
 * The networks by name.
 *
 * @module
 */
import type { LayersModel } from "../engine/tensorflow.ts";
import { UserError } from "../user_error.ts";
import { alexnet } from "./alexnet.ts";
import { cct } from "./cct.ts";
import { cct7 } from "./cct7.ts";
import { mobilenet } from "./mobilenet.ts";
import type { NetworkOptions } from "./network.ts";
import { phi } from "./phi.ts";
import { resnet50 } from "./resnet50.ts";
import { vgg16 } from "./vgg16.ts";

const NETWORKS: Readonly<Record<string, (options: NetworkOptions) => LayersModel>> = {
  phi,
  resnet50,
  alexnet,
  vgg16,
  mobilenet,
  cct,
  cct7,
};

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
