import { assert, assertEquals, assertRejects } from "@std/assert";
import { parseSvg } from "./testdata/svg_assertions.ts";
import { trainingPlot } from "./training_plot.ts";

const epochs = (...losses: number[]) =>
  losses.map((validationLoss) => ({ validationAccuracy: Math.exp(-validationLoss), validationLoss }));

Deno.test("Runs of one name are drawn alike and named once, in both panels", async () => {
  const svg = await trainingPlot([
    { name: "ReLU", epochs: epochs(1, 0.5, 0.4) },
    { name: "ReLU", epochs: epochs(1.1, 0.6, 0.45) },
    { name: "Swish", epochs: epochs(1, 0.4) },
  ], { title: "Training" });
  const { texts, lines, dots } = parseSvg(svg);
  for (const text of ["Training", "validation accuracy (%)", "validation loss", "epoch", "Swish"]) {
    assert(texts.includes(text), text);
  }
  assertEquals(texts.filter((text) => text === "ReLU").length, 1);
  assertEquals(lines.length, 6);
  assertEquals(dots, 16);
});

Deno.test("A diverged run leaves a gap, a run of one epoch is a dot", async () => {
  parseSvg(await trainingPlot([{ name: "f", epochs: epochs(1, NaN, Infinity) }]));
  assertEquals(parseSvg(await trainingPlot([{ name: "f", epochs: epochs(1) }])).dots, 2);
});

Deno.test("No epoch at all is refused", async () => {
  await assertRejects(() => trainingPlot([]), RangeError, "at least 1 epoch");
  await assertRejects(() => trainingPlot([{ name: "f", epochs: [] }]), RangeError, "at least 1 epoch");
});
