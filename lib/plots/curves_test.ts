import { assert, assertEquals, assertRejects } from "@std/assert";
import { curvesPlot } from "./curves.ts";
import { parseSvg } from "./svg_assertions.ts";

const tanh = { name: "tanh", value: Math.tanh, derivative: (x: number) => 1 - Math.tanh(x) ** 2 };
const relu = { name: "ReLU", value: (x: number) => Math.max(0, x), derivative: (x: number) => (x > 0 ? 1 : 0) };

Deno.test("Functions and derivatives stand in two panels, under a title and a legend", async () => {
  const { texts, titles, lines } = parseSvg(await curvesPlot([tanh, relu], { title: "Two functions" }));
  for (const text of ["Two functions", "tanh", "ReLU", "f(x)", "f′(x)", "x"]) assert(texts.includes(text), text);
  assertEquals(titles, ["Two functions"]);
  assertEquals(lines.length, 4);
});

Deno.test("Without derivatives there is one panel", async () => {
  const { texts, lines } = parseSvg(await curvesPlot([{ name: "abs", value: Math.abs }]));
  assert(!texts.includes("f′(x)"));
  assertEquals(lines.length, 1);
});

Deno.test("Poles, gaps, constants and huge values give finite coordinates", async () => {
  for (
    const value of [
      (x: number) => 1 / x,
      Math.tan,
      Math.log,
      () => 2,
      () => NaN,
      (x: number) => Math.exp(Math.exp(x)),
      (x: number) => x === 0 ? NaN : Infinity,
      (x: number) => 1e300 * x,
      (x: number) => 1e-300 * x,
    ]
  ) parseSvg(await curvesPlot([{ name: "f", value, derivative: value }]));
  const { lines: [pole] } = parseSvg(await curvesPlot([{ name: "1/x", value: (x) => 1 / x }]));
  assertEquals(pole.match(/M/g)?.length, 2, "one line on either side of the pole");
});

Deno.test("Names are escaped, and one too long is cut but kept as a tooltip", async () => {
  const long = "x + ".repeat(60) + '<&">';
  const svg = await curvesPlot([{ name: 'a < b & "c"', value: Math.sin }, { name: long, value: Math.cos }]);
  const { texts, titles } = parseSvg(svg);
  assert(texts.includes('a < b & "c"'));
  assertEquals(titles, [long]);
  assert(texts.some((text) => text.startsWith("x + x + ") && text.endsWith("…")));
});

Deno.test("A wrong request is refused", async () => {
  await assertRejects(() => curvesPlot([]), RangeError, "at least 1 curve");
  await assertRejects(() => curvesPlot([tanh], { from: 1, to: 1 }), RangeError, "from < to");
  await assertRejects(() => curvesPlot([tanh], { to: Infinity }), RangeError, "finite");
  await assertRejects(() => curvesPlot([tanh], { samples: 1 }), RangeError, "samples");
});

Deno.test("The same curves give the same text", async () => {
  assertEquals(await curvesPlot([tanh, relu]), await curvesPlot([tanh, relu]));
});
