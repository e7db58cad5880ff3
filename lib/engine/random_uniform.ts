/**
 * Random numbers made by the engine, from a seed: the same seed gives the same numbers, whatever ran before.
 *
 * @module
 */
import { engine, nativeBackend, type Scalar, type Tensor } from "./tensorflow.ts";

const INT32 = 3;
const FLOAT32 = 1;

/**
 * A float32 tensor of uniform random numbers in [0, 1). `seed` is a pair of 31-bit integers, the second one maybe an
 * int32 scalar. TensorFlow draws them with its counter-based `StatelessRandomUniform` (Philox), the JavaScript engine
 * with tfjs's seeded generator: the numbers of the two differ.
 */
export function randomUniform(shape: readonly number[], seed: readonly [number, number | Scalar]): Tensor {
  const tf = engine();
  const native = nativeBackend();
  const [first, second] = seed;
  if (!native) {
    const number = typeof second === "number" ? second : second.dataSync()[0];
    return tf.randomUniform([...shape], 0, 1, "float32", `${first}:${number}`);
  }
  const type = native.binding.TF_ATTR_TYPE;
  const attributes = [
    { name: "dtype", type, value: FLOAT32 },
    { name: "T", type, value: INT32 },
    { name: "Tseed", type, value: INT32 },
  ];
  return tf.tidy(() => {
    const key = typeof second === "number"
      ? tf.tensor1d([first, second], "int32")
      : tf.stack([tf.scalar(first, "int32"), second]);
    return native.executeSingleOutput("StatelessRandomUniform", attributes, [tf.tensor1d([...shape], "int32"), key]);
  });
}
