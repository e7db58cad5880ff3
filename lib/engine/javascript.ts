/**
 * TensorFlow.js's plain JavaScript backend: correct, needs nothing installed, some hundred times slower than TensorFlow.
 *
 * @module
 */
import type { TensorFlow } from "./tensorflow.ts";

/** Loads TensorFlow.js with its JavaScript backend. */
export async function loadJavaScript(): Promise<TensorFlow> {
  const loaded = await import("@tensorflow/tfjs") as TensorFlow & { default?: TensorFlow };
  const tf = loaded.default ?? loaded;
  tf.enableProdMode(); // else it prints an advertisement of tfjs-node
  await tf.setBackend("cpu");
  return tf;
}
