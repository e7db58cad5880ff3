/**
 * The door of `models`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { buildNetwork, checkNetwork, NETWORK_NAMES } from "./catalog.ts";
export { activationLayer } from "./layers.ts";
export type { NetworkOptions } from "./network.ts";
export type { Layer } from "./own_layer.ts";
export { loadNetwork, type NetworkSource } from "./saved_network.ts";
export { isNetworkPath, type NetworkBuilder, networkBuilder } from "./user_network.ts";
