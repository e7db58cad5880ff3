/**
 * Run as a process of its own, it loads TensorFlow, multiplies two matrices and prints a {@link ProbeAnswer} as JSON:
 * the proof that an installation works. It must not be imported.
 *
 * @module
 */
import { engineInfo, loadEngine } from "../tensorflow.ts";
import type { ProbeAnswer } from "./probe_process.ts";

async function answer(): Promise<ProbeAnswer> {
  try {
    const tf = await loadEngine({ engine: "tensorflow" });
    const [product] = await tf.matMul(tf.tensor2d([[2, 3]]), tf.tensor2d([[5], [7]])).data();
    if (product === 31) return { kind: "loaded", info: engineInfo() };
    return { kind: "failed", reason: `it computes wrongly: expected 2·5 + 3·7 = 31, got ${product}` };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

console.log(JSON.stringify(await answer()));
