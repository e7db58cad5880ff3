/**
 * Loads networks that were saved in tfjs's own format, with their layers of our own.
 *
 * @module
 */
import { engine, type LayersModel, type TensorFlow } from "../engine/mod.ts";
import { registerLayers } from "./layers/mod.ts";

/** Where tfjs loads a network from: an address as `file:///…/model.json`, or a handler of `tf.io`. */
export type NetworkSource = Parameters<TensorFlow["loadLayersModel"]>[0];

/**
 * Loads a network that `model.save` has written: its weights, and the expression of its activation. The engine must be
 * loaded. Rejects where there is no such network.
 */
export function loadNetwork(source: NetworkSource): Promise<LayersModel> {
  registerLayers();
  return engine().loadLayersModel(source);
}
