import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { parseSvg } from "./testdata/svg_assertions.ts";
import { trainingPlot } from "./training_plot.ts";

const epochs = (...losses: number[]) =>
  losses.map((validationLoss) => ({ validationAccuracy: Math.exp(-validationLoss), validationLoss }));

Deno.test("Runs of one name are one line, their mean, in a band, and named once, in both panels", async () => {
  const plot = await trainingPlot([
    { name: "ReLU", epochs: epochs(1, 0.5, 0.4) },
    { name: "ReLU", epochs: epochs(1.2, 0.7, 0.6) },
    { name: "Swish", epochs: epochs(1.1, 0.6, 0.5) },
  ], { title: "Training" });
  const { texts, lines, dots } = parseSvg(plot);
  const names = [
    "validation accuracy (%)",
    "validation loss",
    "epoch",
    "Swish",
    "mean, least and greatest of the seeds",
  ];
  for (const text of ["Training", ...names]) assert(texts.includes(text), text);
  assertEquals(texts.filter((text) => text === "ReLU").length, 1);
  assertEquals([lines.length, dots], [4, 12]);
  const heights = (path: string) => [...path.matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
  // the mean losses of ReLU are those of Swish
  for (const [i, y] of heights(lines[2]).entries()) assertAlmostEquals(y, heights(lines[3])[i], 0.002);
  const areas = [...plot.svg.matchAll(/aria-label="area"[^>]*>\s*<path[^>]* d="([^"]*)"/g)].map(([, d]) => heights(d));
  assertEquals(areas.map(({ length }) => length), [6, 6]);
  const mean = heights(lines[2]);
  for (const [i, y] of mean.entries()) assertAlmostEquals((areas[1][i] + areas[1][5 - i]) / 2, y, 0.002);
});

Deno.test("One seed has no band; a seed that diverged leaves the mean of the others", async () => {
  const single = await trainingPlot([{ name: "f", epochs: epochs(1, 0.5) }, { name: "g", epochs: epochs(1, 0.4) }]);
  assert(!single.svg.includes('aria-label="area"') && !single.svg.includes("seeds"));
  const { lines } = parseSvg(
    await trainingPlot([{ name: "f", epochs: epochs(1, NaN, NaN) }, { name: "f", epochs: epochs(1, 0.5, 0.4) }]),
  );
  for (const line of lines) assertEquals(line.match(/,/g)?.length, 3);
});

Deno.test("A diverged run leaves a gap, a run of one epoch is a dot", async () => {
  parseSvg(await trainingPlot([{ name: "f", epochs: epochs(1, NaN, Infinity) }]));
  assertEquals(parseSvg(await trainingPlot([{ name: "f", epochs: epochs(1) }])).dots, 2);
});

Deno.test("No epoch at all is refused", async () => {
  await assertRejects(() => trainingPlot([]), RangeError, "at least 1 epoch");
  await assertRejects(() => trainingPlot([{ name: "f", epochs: [] }]), RangeError, "at least 1 epoch");
});
