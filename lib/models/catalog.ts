/**
 * The networks by name. To add one: a file beside this one that exports a {@link Network}, and a line in the catalogue.
 *
 * @module
 */
import type { LayersModel } from "../engine/mod.ts";
import { didYouMean } from "../closest.ts";
import { UserError } from "../user_error.ts";
import { ALEXNET } from "./alexnet.ts";
import { CCT } from "./cct.ts";
import { MOBILENET } from "./mobilenet.ts";
import type { Network, NetworkOptions } from "./network.ts";
import { PHI } from "./phi.ts";
import { RESNET50 } from "./resnet50.ts";
import { VGG16 } from "./vgg16.ts";

const NETWORKS: Readonly<Record<string, Network>> = {
  phi: PHI,
  resnet50: RESNET50,
  alexnet: ALEXNET,
  vgg16: VGG16,
  mobilenet: MOBILENET,
  cct: CCT,
};

/** Names of the networks. */
export const NETWORK_NAMES: readonly string[] = Object.keys(NETWORKS);

/** For each network, whether mirroring its activation changes nothing (`yes`), or why it does. */
export const SYMMETRY: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NETWORKS).map(([name, { symmetry }]) => [name, symmetry]),
);

/**
 * Builds a network by name; its output are logits, shape [batch, classes]. The engine must be loaded. Throws a UserError
 * for an unknown name, and a RangeError for images that the network cannot take.
 */
export function buildNetwork(name: string, options: NetworkOptions): LayersModel {
  checkNetwork(name, options);
  return NETWORKS[name].build(options);
}

/**
 * Checks what {@linkcode buildNetwork} will be asked for, without an engine: throws a UserError for an unknown name, and
 * a RangeError for images that the network cannot take.
 */
export function checkNetwork(name: string, { imageSize }: Pick<NetworkOptions, "imageSize">): void {
  if (!Object.hasOwn(NETWORKS, name)) {
    throw new UserError(
      `Unknown network: expected ${NETWORK_NAMES.join(", ")}, got "${name}"${didYouMean(name, NETWORK_NAMES)}`,
    );
  }
  const { title, smallestImage } = NETWORKS[name];
  if (!Number.isInteger(imageSize) || imageSize < smallestImage) {
    const pixels = smallestImage === 1 ? "1 pixel" : `${smallestImage} pixels`;
    throw new RangeError(`${title} takes images of at least ${pixels} a side, got ${imageSize}`);
  }
}
