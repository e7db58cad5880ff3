import { assert, assertEquals, assertRejects } from "@std/assert";
import { historyPlot } from "./history_plot.ts";
import { INK } from "./palette.ts";
import { assertLabelsApart, parseSvg } from "./testdata/svg_assertions.ts";

const generations = [
  { generation: 1, fitness: [0, 1, 2] },
  { generation: 2, fitness: [1.5, NaN, 3, Infinity] },
  { generation: 3, fitness: [2, 2.5, 2.75] },
];

Deno.test("A history shows every finite fitness, the medians, the best so far and the baselines", async () => {
  const svg = await historyPlot(generations, {
    title: "History",
    baselines: [{ name: "ReLU", fitness: 1.2 }, { name: "broken", fitness: NaN }],
  });
  const { texts, lines, dots } = parseSvg(svg);
  for (const text of ["History", "best so far", "ReLU", "generation", "fitness", "1", "2", "3"]) {
    assert(texts.includes(text), text);
  }
  assert(!texts.includes("broken"));
  assertEquals(dots, 8 + 3 + 3);
  const [, median, best] = lines.map((d) => [...d.matchAll(/[\d.]+,([\d.]+)/g)].map(([, y]) => Number(y)));
  assertEquals(median.length, 3);
  assert(best.every((y, i) => i === 0 || y <= best[i - 1]), "the best so far never falls (SVG's y grows downwards)");
});

Deno.test("Two identical histories give the same text, jitter included", async () => {
  assertEquals(await historyPlot(generations), await historyPlot(generations));
});

Deno.test("A single function is a history; none is not", async () => {
  assertEquals(parseSvg(await historyPlot([{ generation: 0, fitness: [1] }])).dots, 3);
  await assertRejects(() => historyPlot([{ generation: 0, fitness: [NaN] }]), RangeError, "finite fitness");
});

Deno.test("A long history is drawn without dots on its lines", async () => {
  const long = Array.from({ length: 50 }, (_, i) => ({ generation: i + 1, fitness: [i, i + 1] }));
  const { dots, texts } = parseSvg(await historyPlot(long));
  assertEquals(dots, 100);
  assert(texts.includes("50"));
});

Deno.test("Diversity has a panel of its own, of the generations that tell it", async () => {
  const told = generations.map((one, i) => ({ ...one, diversity: [0.8, NaN, 0.4][i] }));
  const svg = await historyPlot(told, { diversityLabel: "genes that differ (share)" });
  const { texts, lines, dots } = parseSvg(svg);
  assertLabelsApart(svg);
  assert(texts.includes("diversity") && texts.includes("genes that differ (share)"));
  assertEquals([lines.length, dots], [4, 8 + 3 + 3 + 2]);
  assertEquals(parseSvg(await historyPlot(generations.map((one) => ({ ...one, diversity: 0 })))).lines.length, 4);
});

Deno.test("Each baseline is named at the right end of its line, also where many lie close together", async () => {
  const names = ["relu", "gelu", "swish", "eelu2 with a name that is much too long for its room", "mish", "selu"];
  const many = [...names, ...Array.from({ length: 18 }, (_, i) => `function ${i}`)];
  const told = generations.map((one) => ({ ...one, diversity: 1 }));
  for (const [history, of] of [[generations, names], [told, names], [generations, many], [told, many]] as const) {
    const svg = await historyPlot(history, { baselines: of.map((name, i) => ({ name, fitness: 1 + i * 0.01 })) });
    assertLabelsApart(svg);
    const { texts, titles } = parseSvg(svg);
    for (const name of of) assert(texts.includes(name) || titles.includes(name), name);
    assertEquals(texts.filter((text) => text === "function for comparison").length, 1);
  }
});

Deno.test("The median is drawn above the dots, in the colour of text", async () => {
  const { svg } = await historyPlot(generations, { theme: "light" });
  assert(svg.lastIndexOf(`stroke="${INK.text}"`) > svg.lastIndexOf('fill-opacity="0.55"'));
});
