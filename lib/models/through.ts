/**
 * Layers one after the other. It knows nothing of what they are.
 *
 * @module
 */
import type { SymbolicTensor } from "../engine/mod.ts";
import type { Layer } from "./own_layer.ts";

/** What comes of a tensor that is passed through layers, in their order. */
export function through(x: SymbolicTensor, layers: readonly Layer[]): SymbolicTensor {
  return layers.reduce((value, layer) => layer.apply(value) as SymbolicTensor, x);
}
