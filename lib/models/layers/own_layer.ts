/**
 * What the layers of our own have in common: classes that need a loaded engine, and their registration, without which a
 * saved network with them can't be loaded.
 *
 * @module
 */
import { engine, type serialization, type SymbolicTensor, type Tensor, type TensorFlow } from "../../engine/mod.ts";

/** A layer of tfjs. */
export type Layer = InstanceType<TensorFlow["layers"]["Layer"]>;
/** A weight of a layer. */
export type Weight = InstanceType<TensorFlow["LayerVariable"]>;
/** The shape of a layer's input or output; null: any size. */
export type Shape = (number | null)[];
/** What tfjs calls a layer with, beside its inputs. */
export interface CallOptions {
  /** Whether it is called in training; else in inference. */
  readonly training?: boolean;
}

/** The class of a layer, made at the first call with the engine that is loaded, and registered. */
export function layerClass<C extends new (args: never) => Layer>(define: (tf: TensorFlow) => C): () => C {
  let defined: C | undefined;
  return () => {
    if (!defined) {
      const tf = engine();
      defined = define(tf);
      tf.serialization.registerClass(defined as unknown as serialization.SerializableConstructor<Layer>);
    }
    return defined;
  };
}

/** The one tensor that a layer is called with. */
export function single(inputs: Tensor | Tensor[]): Tensor {
  return Array.isArray(inputs) ? inputs[0] : inputs;
}

/** What comes of a tensor that is passed through layers, in their order. */
export function through(x: SymbolicTensor, layers: readonly Layer[]): SymbolicTensor {
  return layers.reduce((value, layer) => layer.apply(value) as SymbolicTensor, x);
}
