import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { engineInfo, loadEngine, nativeBackend, type Tensor } from "../../engine/tensorflow.ts";
import { random } from "../../random.ts";
import { ALL_GENES } from "../../search/genes.ts";
import { randomGenome } from "../../search/operators.ts";
import { catalog } from "../catalog.ts";
import type { Expression } from "../expression.ts";
import { decodeGenome } from "../genome.ts";
import { OPERATORS } from "../operators.ts";
import { parse } from "../parse.ts";
import { format } from "../format.ts";
import { rejectionReason } from "../rejection_reason.ts";
import { kernelProgram } from "./kernel_program.ts";
import { planOf } from "./plan.ts";
import { activationTensor } from "./tensor.ts";

const tf = await loadEngine({ engine: "tensorflow" });
assert(engineInfo().kernel);

const PROGRAMS: readonly (readonly [text: string, program: string | undefined])[] = [
  ["x", undefined],
  ["3", undefined],
  ["-x", "neg 0"],
  ["x * erf(exp(x))", "exp 0;erf 1;mul 0 2"],
  ["sin(x) + sin(x)^2", "sin 0;mul 1 1;add 1 2"],
  ["max(x, 0.1 * x)", "constant 0.1;mul 1 0;max 0 2"],
];

for (const [text, program] of PROGRAMS) {
  Deno.test(`the program of ${text}`, () => assertEquals(kernelProgram(planOf(parse(text))), program));
}

/** Values and gradients in one operation and in several. */
function both(e: Expression, x: Tensor) {
  const [own, plain] = [true, false].map((kernel) => {
    const f = activationTensor(e, { kernel });
    return tf.tidy(() => [f(x), tf.grad(f)(x)].map((tensor) => [...tensor.dataSync()]));
  });
  return { own, plain };
}

const rng = random(5);
const drawn = new Map<string, Expression>();
while (drawn.size < 100) {
  const e = decodeGenome(randomGenome({ rng, genes: ALL_GENES }));
  if (rejectionReason(e) === undefined) drawn.set(format(e), e);
}

for (
  const [name, functions] of [["the catalogue", Object.values(catalog)], ["100 random genomes", [
    ...drawn.values(),
  ]]] as const
) {
  Deno.test(`one operation gives what several give: ${name}`, () => {
    const x = tf.linspace(-4.9, 5, 1999);
    for (const e of functions) {
      const { own, plain } = both(e, x);
      for (const [i, kind] of ["value", "gradient"].entries()) {
        const largest = Math.max(1, ...plain[i].map(Math.abs));
        const errors = own[i].map((value, at) => Math.abs(value - plain[i][at]) / Math.max(1, Math.abs(plain[i][at])));
        // TensorFlow's own functions are less accurate than ours; where terms cancel, errors are relative to them
        assertLess(Math.max(...errors), 1e-5 * Math.max(1, Math.log10(largest)), `${kind} of ${format(e)}`);
      }
    }
  });
}

Deno.test("NaN goes through; where the slope is 0 or overflows beside 0, the gradient is as the true one", () => {
  const x = tf.tensor1d([NaN, -100, 100]);
  const { own: [values, gradients] } = both(catalog.eelu2, x);
  assertEquals(values.map((value) => value + 0), [NaN, 100, 0]);
  assertEquals(gradients.map((value) => value + 0), [NaN, -1, 0]);
});

const BAD_PROGRAMS = ["", "expp 0", "exp", "exp 1", "exp 0 0", "mul 0", "exp 0;add 1 2", "constant", "constant x"]
  .concat(["result 0 0;exp 0", "exp -1", "exp 0.5", "exp 0;result 3 0"]);

for (const program of BAD_PROGRAMS) {
  Deno.test(`a program that is none is refused: "${program}"`, () => {
    const backend = nativeBackend()!;
    const { TF_ATTR_STRING, TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
    const attributes = [
      { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
      { name: "program", type: TF_ATTR_STRING, value: program },
    ];
    const call = () => tf.tidy(() => backend.executeSingleOutput("AfosActivation", attributes, [tf.ones([2])]));
    assertThrows(call, Error, "Expected ");
  });
}

Deno.test("every operator that is not composed has a primitive, of its arity", () => {
  const backend = nativeBackend()!;
  const { TF_ATTR_STRING, TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  for (const { name, composition, arity, value } of OPERATORS.values()) {
    if (composition) continue;
    const program = `constant 0.25;${name} ${["0", "1", "0", "1"].slice(0, arity).join(" ")}`;
    const attributes = [
      { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
      { name: "program", type: TF_ATTR_STRING, value: program },
    ];
    const [y] = tf.tidy(() =>
      backend.executeSingleOutput("AfosActivation", attributes, [tf.tensor1d([0.5])]).dataSync()
    );
    const expected = value(...[0.5, 0.25, 0.5, 0.25].slice(0, arity));
    assertLess(Math.abs(y - expected), 1e-6, name);
  }
});
