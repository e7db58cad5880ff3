/**
 * Random numbers made by the engine, from a seed: the same seed gives the same numbers, whatever ran before.
 *
 * @module
 */
import { engine, nativeBackend, type Tensor } from "./tensorflow.ts";

const INT32 = 3;
const FLOAT32 = 1;

/**
 * A float32 tensor of uniform random numbers in [0, 1). `seed` is a pair of 31-bit integers. TensorFlow draws them with
 * its counter-based `StatelessRandomUniform` (Philox), the JavaScript engine with tfjs's seeded generator: the numbers
 * of the two differ.
 */
export function randomUniform(shape: readonly number[], seed: readonly [number, number]): Tensor {
  const tf = engine();
  const native = nativeBackend();
  if (!native) return tf.randomUniform([...shape], 0, 1, "float32", `${seed[0]}:${seed[1]}`);
  const type = native.binding.TF_ATTR_TYPE;
  const attributes = [
    { name: "dtype", type, value: FLOAT32 },
    { name: "T", type, value: INT32 },
    { name: "Tseed", type, value: INT32 },
  ];
  return tf.tidy(() =>
    native.executeSingleOutput("StatelessRandomUniform", attributes, [
      tf.tensor1d([...shape], "int32"),
      tf.tensor1d([...seed], "int32"),
    ])
  );
}
