/**
 * The networks by name.
 *
 * @module
 */
import type { LayersModel } from "../engine/mod.ts";
import { UserError } from "../user_error.ts";
import { alexnet, ALEXNET_IMAGES } from "./alexnet.ts";
import { cct, CCT_IMAGES } from "./cct.ts";
import { cct7, CCT7_IMAGES } from "./cct7.ts";
import { mobilenet, MOBILENET_IMAGES } from "./mobilenet.ts";
import { checkImageSize, type ImageLimits, type NetworkOptions } from "./network.ts";
import { phi, PHI_IMAGES } from "./phi.ts";
import { resnet50, RESNET50_IMAGES } from "./resnet50.ts";
import { vgg16, VGG16_IMAGES } from "./vgg16.ts";

interface CatalogNetwork {
  readonly build: (options: NetworkOptions) => LayersModel;
  readonly images: ImageLimits;
}

const NETWORKS: Readonly<Record<string, CatalogNetwork>> = {
  phi: { build: phi, images: PHI_IMAGES },
  resnet50: { build: resnet50, images: RESNET50_IMAGES },
  alexnet: { build: alexnet, images: ALEXNET_IMAGES },
  vgg16: { build: vgg16, images: VGG16_IMAGES },
  mobilenet: { build: mobilenet, images: MOBILENET_IMAGES },
  cct: { build: cct, images: CCT_IMAGES },
  cct7: { build: cct7, images: CCT7_IMAGES },
};

/** Names of the networks. */
export const NETWORK_NAMES: readonly string[] = Object.keys(NETWORKS);

function networkOf(name: string): CatalogNetwork {
  if (!Object.hasOwn(NETWORKS, name)) {
    throw new UserError(`Unknown network: expected ${NETWORK_NAMES.join(", ")}, got "${name}"`);
  }
  return NETWORKS[name];
}

/**
 * Builds a network by name; its output are logits, shape [batch, classes]. The engine must be loaded. Throws a UserError
 * for an unknown name, and a RangeError for images that the network cannot take.
 */
export function buildNetwork(name: string, options: NetworkOptions): LayersModel {
  return networkOf(name).build(options);
}

/**
 * Checks what {@linkcode buildNetwork} will be asked for, without an engine: throws a UserError for an unknown name, and
 * a RangeError for images that the network cannot take.
 */
export function checkNetwork(name: string, options: Pick<NetworkOptions, "imageSize">): void {
  checkImageSize(options, networkOf(name).images);
}
