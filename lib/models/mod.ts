/**
 * The door of `models`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { buildNetwork, checkNetwork, NETWORK_NAMES, SYMMETRY } from "./catalog.ts";
export { activationLayer } from "./layers/mod.ts";
export type { NetworkOptions } from "./network.ts";
export type { Layer } from "./layers/mod.ts";
export { loadNetwork, type NetworkSource } from "./saved_network.ts";
export { isNetworkPath, type NetworkBuilder, networkBuilder } from "./user_network.ts";
