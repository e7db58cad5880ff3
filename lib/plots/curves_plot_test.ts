import { assert, assertEquals, assertRejects } from "@std/assert";
import { catalog } from "../activation/mod.ts";
import { type Curve, curvesPlot } from "./curves_plot.ts";
import { parseSvg } from "./testdata/svg_assertions.ts";

const tanh = { name: "tanh", f: Math.tanh, derivative: (x: number) => 1 - Math.tanh(x) ** 2 };
const relu = { name: "ReLU", f: (x: number) => Math.max(0, x), derivative: (x: number) => (x > 0 ? 1 : 0) };

Deno.test("Functions and derivatives stand in two panels, under a title and a legend", async () => {
  const { texts, titles, lines } = parseSvg(await curvesPlot([tanh, relu], { title: "Two functions" }));
  for (const text of ["Two functions", "tanh", "ReLU", "f(x)", "f′(x)", "x"]) assert(texts.includes(text), text);
  assertEquals(titles, ["Two functions"]);
  assertEquals(lines.length, 4);
});

Deno.test("Without derivatives there is one panel", async () => {
  const { texts, lines } = parseSvg(await curvesPlot([{ name: "abs", f: Math.abs }]));
  assert(!texts.includes("f′(x)"));
  assertEquals(lines.length, 1);
});

Deno.test("Poles, gaps, constants and huge values give finite coordinates", async () => {
  for (
    const f of [
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
  ) parseSvg(await curvesPlot([{ name: "f", f, derivative: f }]));
  const { lines: [pole] } = parseSvg(await curvesPlot([{ name: "1/x", f: (x) => 1 / x }]));
  assertEquals(pole.match(/M/g)?.length, 2, "one line on either side of the pole");
});

Deno.test("Names are escaped, and one too long is cut but kept as a tooltip", async () => {
  const long = "x + ".repeat(60) + '<&">';
  const svg = await curvesPlot([{ name: 'a < b & "c"', f: Math.sin }, { name: long, f: Math.cos }]);
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
  assertEquals((await curvesPlot([tanh, relu])).svg, (await curvesPlot([tanh, relu])).svg);
});

Deno.test("A name of the catalogue, a formula, an expression and a function draw the same line", async () => {
  const swish = (x: number) => x / (1 + Math.exp(-x));
  const curves: Curve[] = [
    "swish",
    "Swish",
    "x * sigmoid(x)",
    catalog.swish,
    { name: "a", f: "swish" },
    { name: "b", f: catalog.swish },
  ];
  const drawn = await Promise.all(curves.map(async (curve) => parseSvg(await curvesPlot([curve]))));
  for (const { lines } of drawn) assertEquals(lines, drawn[0].lines);
  assertEquals(drawn[0].lines.length, 2, "the function and its derivative");
  assertEquals(drawn.map(({ texts }) => texts[0]), ["swish", "Swish", "x * sigmoid(x)", "x * sigmoid(x)", "a", "b"]);
  const [values] = parseSvg(await curvesPlot([{ name: "f", f: swish }])).lines;
  const numbers = (line: string) => line.match(/-?[\d.]+/g)!.length;
  assertEquals(numbers(values), numbers(drawn[0].lines[0]));
  await assertRejects(() => curvesPlot(["no function"]), SyntaxError);
});

Deno.test("Letters that XML forbids are replaced", async () => {
  const name = "a\x00b\x1bc\ufffed\ud800e\tf";
  const plot = await curvesPlot([{ name, f: Math.sin }], { title: name });
  assertEquals(parseSvg(plot).titles, ["a\ufffdb\ufffdc\ufffdd\ufffde\tf"]);
  await plot.png(); // resvg reads XML strictly
});
