import { assertAlmostEquals, assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { engine, loadEngine } from "../../engine/mod.ts";
import { exportActivation } from "../../export/mod.ts";
import { derivative } from "../derivative.ts";
import type { Expression } from "../expression.ts";
import { parse } from "../parse.ts";
import { runTape, tapeOf } from "./tape.ts";
import { activationTensor } from "./tensor.ts";

const GROWING = [
  ...["cosh(x)", "2 + exp(x)", "1 + exp(2 * x)", "exp(x) + exp(-2 * x)", "1 + cosh(x)", "1 + sinh(x)^2"],
  ...["x^2 + exp(-x)", "exp(x) + 3 * cosh(x)", "exp(x) + exp(2 * x)", "1 + x^2 * exp(x)", "softplus(x) + exp(-x)"],
];
const AROUND = [
  ...["log(#)", "log1p(#)", "log(1 + #)", "log(log(#) + 2)", "log(5 * # * #)", "x * log(#)", "tanh(log(#))"],
  ...["sqrt(#)", "sqrt(1 + #)", "sqrt(log(3 + #))", "sin(x) * sqrt(#)", "#^0.3", "asinh(#)", "atan(#)", "softplus(#)"],
  ...["1 / #", "x / #", "exp(x) / #", "x * exp(-x) / #", "x / sqrt(1 + #^2)", "# / (1 + #)"],
  ...["x * tanh(#)", "x * erf(#)", "exp(-#)", "x * exp(-#)"],
];

/** What is a float32, but not yet computed as one everywhere: beyond 84, where the result is close to the largest. */
const EXCEPTIONS = [
  "exp(x) / (x^2 + exp(-x))",
  "exp(x) / (softplus(x) + exp(-x))",
  "sin(x) * sqrt((1 + exp(2 * x)))",
  "sin(x) * sqrt((exp(x) + exp(-2 * x)))",
  "sin(x) * sqrt((exp(x) + exp(2 * x)))",
  "sin(x) * sqrt((1 + sinh(x)^2))",
  "x * exp(-x) / (2 + exp(x))",
  "log(log((exp(x) + exp(2 * x))) + 2)", // close to the border of its domain
];

const LARGEST = 2 ** 128 - 2 ** 104;
const POINTS = Float32Array.from({ length: 801 }, (_, i) => (i - 400) / 4);

/** Whether values and gradients are right to 1e-4 wherever the true ones, in float64, are float32 numbers. */
function isRight(e: Expression, kernel: boolean): boolean {
  const truths = runTape(tapeOf([e, derivative(e)]), POINTS);
  const tf = engine();
  const f = activationTensor(e, { kernel });
  const results = tf.tidy(() => {
    const x = tf.tensor1d(POINTS);
    return [f(x), tf.grad(f)(x)].map((tensor) => tensor.dataSync());
  });
  return truths.every((values, i) =>
    values.every((value, at) =>
      Math.abs(value) > LARGEST || Math.abs(results[i][at] - value) <= 1e-4 * Math.max(1, Math.abs(value))
    )
  );
}

for (const kernel of [true, false]) {
  const how = kernel ? "one operation" : "several operations";
  Deno.test(`functions of what grows as a power of e don't overflow for |x| ≤ 100, in ${how}`, async () => {
    await loadEngine({ engine: "tensorflow" });
    const texts = AROUND.flatMap((text) => GROWING.map((inner) => text.replaceAll("#", `(${inner})`)));
    const wrong = texts.filter((text) => !isRight(parse(text), kernel));
    assertEquals(wrong.sort(), EXCEPTIONS.toSorted());
  });
}

/** By hand: ln cosh x → |x| − ln 2, ln(a + e^x) → x, √(1 + e^2x) → e^x, ln(e^x + e^−2x) → −2x. */
const FAR: readonly (readonly [text: string, x: number, value: number, slope: number])[] = [
  ["log(cosh(x))", 1000, 1000 - Math.LN2, 1],
  ["log(cosh(x))", -1000, 1000 - Math.LN2, -1],
  ["log(2 + exp(x))", 1000, 1000, 1],
  ["log(2 + exp(x))", -1000, Math.LN2, 0],
  ["log(exp(x) + exp(-2 * x))", -1000, 2000, -2],
  ["log(sqrt(1 + exp(2 * x)))", 1000, 1000, 1],
  ["exp(x) / (2 + exp(x))", 1000, 1, 0],
  ["x * exp(-x) / (1 + exp(-x))", -1000, -1000, 1],
];

Deno.test("exported functions don't overflow beyond float64, either", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const [i, [text, x, value, slope]] of FAR.entries()) {
      const path = `${folder}/f${i}.ts`;
      await Deno.writeTextFile(path, exportActivation(parse(text), { to: "typescript", name: "f" }));
      const { f, df } = await import(pathToFileURL(path).href);
      assertAlmostEquals(f(x), value, 1e-9, `${text} at ${x}`);
      assertAlmostEquals(df(x), slope, 1e-9, `the derivative of ${text} at ${x}`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
