/**
 * Run as a process of its own, it loads TensorFlow, multiplies two matrices and prints what the engine is, as JSON: the
 * proof that an installation works. It must not be imported.
 *
 * @module
 */
import { engineInfo, loadEngine } from "./tensorflow.ts";

const tf = await loadEngine({ engine: "tensorflow" });
const [product] = await tf.matMul(tf.tensor2d([[2, 3]]), tf.tensor2d([[5], [7]])).data();
if (product !== 31) throw new Error(`TensorFlow computes wrongly: expected 2·5 + 3·7 = 31, got ${product}`);
console.log(JSON.stringify(engineInfo()));
