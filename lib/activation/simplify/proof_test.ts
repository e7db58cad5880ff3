import { assert, assertEquals, assertLess } from "@std/assert";
import { engine, loadEngine } from "../../engine/mod.ts";
import { catalog, CATALOG_NAMES, catalogName } from "../catalog.ts";
import { activationTensor } from "../compile/tensor.ts";
import { evaluate } from "../evaluate.ts";
import { parse } from "../parse.ts";
import { identityKey } from "./identity.ts";

/** Texts that are functions of the catalogue. */
const SAME: readonly (readonly [text: string, name: string])[] = [
  ["x / (1 + exp(-x))", "swish"],
  ["x * exp(x) / (exp(x) + 1)", "swish"],
  ["x * (1 - sigmoid(-x))", "swish"],
  ["x * (1 + erf(x / sqrt(2))) / 2", "gelu"],
  ["0.5 * x * (1 + erf(x * 0.7071067811865476))", "gelu"],
  ["x / 2 * erfc(-x / sqrt(2))", "gelu"],
  ["x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))", "gelu_tanh"],
  ["max(x, 0.01 * x)", "leaky_relu"],
  ["relu(x) + 0.01 * min(x, 0)", "leaky_relu"],
  ["relu(x) + min(exp(x) - 1, 0)", "elu"],
  ["1.0507009873554805 * where(x > 0, x, 1.6732632423543772 * (exp(x) - 1))", "selu"],
  ["-min(-x, 0)", "relu"],
  ["(x + abs(x)) / 2", "relu"],
  ["x * where(x > 0, 1, 0)", "relu"],
  ["where(0 > x, 0, x)", "relu"],
  ["log(1 + exp(x))", "softplus"],
  ["log1p(exp(x))", "softplus"],
  ["x + softplus(-x)", "softplus"],
  ["x * tanh(log(1 + exp(x)))", "mish"],
  ["x / max(1 + x, 1 - x)", "softsign"],
  ["x * max(0, min(6, x + 3)) / 6", "hard_swish"],
  ["2 * sigmoid(2 * x) - 1", "tanh"],
  ["(exp(x) - exp(-x)) / (exp(x) + exp(-x))", "tanh"],
  ["(1 + tanh(x / 2)) / 2", "sigmoid"],
  ["-x * erf(1 / e^x)", "eelu2"],
  ["x * erf(e^x)^2", "eelu3"],
];

for (const [text, name] of SAME) {
  Deno.test(`catalogName: ${text} is ${name}`, () => assertEquals(catalogName(parse(text)), name));
}

Deno.test("catalogName: every function of the catalogue is itself", () => {
  assertEquals(CATALOG_NAMES.map((name) => catalogName(catalog[name])), [...CATALOG_NAMES]);
});

/** Texts that are functions of the catalogue nearly everywhere, and a point at which they are not, with the value. */
const NEARLY: readonly (readonly [text: string, name: keyof typeof catalog, x: number, value: number])[] = [
  ["min(relu(x), 100)", "relu", 1000, 100],
  ["min(relu(x), 1e5)", "relu", 1e6, 1e5],
  ["where(x > 94, 0, relu(x))", "relu", 1000, 0],
  ["where(-x > 1000, 5, relu(x))", "relu", -2000, 5],
  ["relu(x) + where(0.01 > abs(x), 1, 0)", "relu", 0.005, 1.005],
  ["relu(x) + where(1e-6 > abs(x), 1, 0)", "relu", 0, 1],
  ["relu(x) + relu(0.001 - abs(x - 2))", "relu", 2, 2.001],
  ["relu(x) + relu(1e-4 - abs(x + 77))", "relu", -77, 1e-4],
  ["where(x > 1.0001, where(1.0002 > x, 9, x), relu(x))", "relu", 1.00015, 9],
  ["relu(x) + exp(x - 1000)", "relu", 1003, 1003 + Math.exp(3)],
  ["relu(x) * sigmoid(500 - x)", "relu", 501, 501 / (1 + Math.E)],
  ["relu(x) + exp(-(x * 1000)^2)", "relu", 0, 1],
  ["max(x * sigmoid(x), x - 200, -0.1)", "swish", -1, -0.1],
  ["min(x * sigmoid(x), 150)", "swish", 1000, 150],
  ["where(x > 300, tanh(x), x / 2 * erfc(-x / sqrt(2)))", "gelu", 400, 1],
  ["max(tanh(x), x / 1e4)", "tanh", 1e5, 10],
  ["where(abs(x) > 1e-7, sigmoid(x), 0)", "sigmoid", 0, 0],
  ["max(where(x > 0, x, expm1(x)), where(-x > 1e3, 1, -2))", "elu", -2000, 1],
];

for (const [text, name, x, value] of NEARLY) {
  Deno.test(`${text} is not ${name}: by name, by key, as computed`, async () => {
    const e = parse(text);
    assertEquals(catalogName(e), undefined);
    assert(identityKey(e) !== identityKey(catalog[name]));
    assertLess(Math.abs(evaluate(e, x) - value), 1e-9 * Math.max(1, Math.abs(value)));
    await loadEngine({ engine: "tensorflow" });
    const [computed] = engine().tidy(() => [...activationTensor(e)(engine().tensor1d([x])).dataSync()]);
    assertLess(Math.abs(computed - value), 1e-3 * Math.max(1e-3, Math.abs(value)), `${computed}`);
  });
}
