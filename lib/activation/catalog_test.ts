import { assertEquals, assertThrows } from "@std/assert";
import { catalog, CATALOG_NAMES, type CatalogName, resolveActivation } from "./catalog.ts";
import { format } from "./format.ts";

const NAMES: readonly (readonly [text: string, name: CatalogName])[] = [
  ["relu", "relu"],
  ["ReLU", "relu"],
  ["Leaky ReLU", "leaky_relu"],
  ["leaky-relu", "leaky_relu"],
  ["SiLU", "swish"],
  ["EELU-2", "eelu2"],
  ["hardswish", "hard_swish"],
  ["GELU tanh", "gelu_tanh"],
];

for (const [text, name] of NAMES) {
  Deno.test(`resolveActivation: ${text}`, () => assertEquals(resolveActivation(text), catalog[name]));
}

Deno.test("resolveActivation: a text that is no name is an expression", () => {
  assertEquals(format(resolveActivation("x*tanh(x)")), "x * tanh(x)");
  assertThrows(() => resolveActivation("reluu"), SyntaxError, 'expected x, pi, e or a function, got "reluu"');
});

for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"]) {
  Deno.test(`resolveActivation: ${name} is no function`, () => {
    assertThrows(() => resolveActivation(name), SyntaxError, "Cannot read");
  });
}

Deno.test("the catalogue has its seventeen functions", () => assertEquals(CATALOG_NAMES.length, 17));
