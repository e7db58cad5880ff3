import { assert, assertEquals, assertRejects } from "@std/assert";
import { searchesPlot } from "./searches_plot.ts";
import { assertLabelsApart, parseSvg } from "./testdata/svg_assertions.ts";

const curve = (name: string, speed: number) => ({
  name,
  points: Array.from({ length: 50 }, (_, i) => ({
    epochs: 4 * (i + 1),
    regret: Math.exp(-speed * i),
    found: 1 - Math.exp(-speed * i),
  })),
});

Deno.test("regret and success of each strategy, with names, axes and a legend", async () => {
  const svg = await searchesPlot([curve("genetic", 0.05), curve("random", 0.02), curve("surrogate", 0.2)], {
    title: "Strategies",
    regretLabel: "below the best",
    foundLabel: "found (%)",
  });
  assertLabelsApart(svg);
  const { texts, lines } = parseSvg(svg);
  for (
    const text of ["Strategies", "genetic", "random", "surrogate", "below the best", "found (%)", "epochs trained"]
  ) {
    assert(texts.includes(text), text);
  }
  assertEquals(lines.length, 6);
});

Deno.test("nothing is left to draw where all have found the best; nothing at all is an error", async () => {
  const points = [{ epochs: 4, regret: 0, found: 1 }, { epochs: 8, regret: 0, found: 1 }];
  assert((await searchesPlot([{ name: "exhaustive", points }])).svg.startsWith("<svg"));
  await assertRejects(() => searchesPlot([{ name: "none", points: [] }]), RangeError, "at least 1 point");
});
