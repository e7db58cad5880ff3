import { assertEquals, assertThrows } from "@std/assert";
import { loadEngine, type Tensor, type Variable } from "../tensorflow.ts";
import { NotRecordable, recordProgram } from "./record.ts";
import { evaluateProgram } from "./testdata/evaluate_program.ts";

const tf = await loadEngine({ engine: "tensorflow" });

Deno.test("a program holds operations, constants, older tensors, assignments and gradients; variables stay", () => {
  const [weight, older] = [tf.variable(tf.tensor1d([2, 3])) as Variable, tf.tensor1d([10, 20])];
  const inputs = { x: tf.tensor1d([1, 1]) };
  const before = tf.memory().numTensors;
  const program = recordProgram(() => {
    const sum = tf.add(tf.mul(inputs.x, weight), older);
    weight.assign(tf.neg(weight));
    return { outputs: { sum: tf.add(sum, tf.tensor1d([100, 100])) }, gradients: new Map([[weight, inputs.x]]) };
  }, { inputs, variables: [weight] });
  assertEquals([...weight.dataSync()], [2, 3]);
  assertEquals(tf.memory().numTensors, before);
  tf.dispose([inputs.x, older, weight]);
  const values = { given: { x: Float32Array.of(1, -1) }, variables: [Float32Array.of(5, 7)] };
  assertEquals(evaluateProgram(program, values), { sum: Float32Array.of(115, 113) });
  const [{ variable, tensor }] = program.assignments;
  const assigned = { ...program, outputs: { weight: tensor } };
  assertEquals([variable, evaluateProgram(assigned, values)], [0, { weight: Float32Array.of(-5, -7) }]);
  assertEquals(program.gradients, [{ variable: 0, tensor: program.inputs.x }]);
});

let calls = 0;
const REFUSED: readonly (readonly [name: string, body: (x: Tensor) => Tensor, message: string])[] = [
  ["reads values", (x) => tf.mul(x, x.dataSync()[0]), "it reads a tensor's values in JavaScript"],
  ["is given other values each time", (x) => tf.mul(x, tf.scalar(++calls)), "JavaScript gives Mul other values"],
  ["has more operations each time", (x) => {
    calls++;
    let result = x;
    for (let i = 0; i < calls; i++) result = tf.abs(result);
    return result;
  }, "operations once"],
  ["calls another operation", (x) => ++calls % 2 ? tf.abs(x) : tf.neg(x), "its operation 1 is"],
  ["gives an attribute another value", (x) => tf.leakyRelu(x, ++calls / 100), "an attribute of LeakyRelu changes"],
  ["makes texts", (x) => tf.mul(x, tf.cast(tf.equal(tf.tensor1d(["a"]), tf.tensor1d(["b"])), "float32")), "texts"],
];

for (const [name, body, message] of REFUSED) {
  Deno.test(`a computation that ${name} is not recorded`, () => {
    tf.tidy(() => {
      const inputs = { x: tf.tensor1d([1]) };
      const record = () => recordProgram(() => ({ outputs: { y: body(inputs.x) } }), { inputs, variables: [] });
      assertThrows(record, NotRecordable, message);
    });
  });
}
