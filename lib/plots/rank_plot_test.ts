import { assert, assertEquals, assertRejects } from "@std/assert";
import { random } from "../random.ts";
import cases from "../../data/cases.json" with { type: "json" };
import { rankPlot } from "./rank_plot.ts";
import { assertLabelsApart, parseSvg } from "./testdata/svg_assertions.ts";

const table = {
  functions: ["relu", "gelu", "a function of a name that is much too long"],
  cases: ["first", "second", "a case of a name that is much too long for its column"],
  ranks: [[3, 1, 2], [2.5, 1, 2.5], [1, NaN, 2]],
};

Deno.test("Rows go by the mean rank of the results there are; every cell says its rank", async () => {
  const svg = await rankPlot(table, { title: "Ranks" });
  const { texts, titles } = parseSvg(svg);
  assertLabelsApart(svg);
  for (const text of ["Ranks", "rank 1 (best)", "rank 3 (worst)", "no result", "mean", "1.00", "2.17", "–"]) {
    assert(texts.includes(text), text);
  }
  assertEquals(texts.filter((text) => text === "relu" || text === "gelu"), ["gelu", "relu"]);
  assert(titles.includes("gelu, a case of a name that is much too long for its column: no result"));
  assert(titles.includes("relu, second: rank 2.5"));
});

Deno.test("28 cases and 20 functions show their numbers, 200 cases their colours only", async () => {
  const rng = random(1);
  const functions = Array.from({ length: 20 }, (_, i) => `function number ${i}`);
  for (const [count, numbered] of [[28, true], [200, false]] as const) {
    const cases = Array.from({ length: count }, (_, i) => `resnet50 / intel image classification ${i}`);
    const ranks = cases.map((_, i) =>
      i === 0 ? functions.map(() => 10.5) : rng.shuffle(functions.map((_, j) => j + 1))
    );
    const svg = await rankPlot({ functions, cases, ranks });
    assertEquals(parseSvg(svg).texts.includes("10.5"), numbered);
    assertLabelsApart(svg);
  }
});

Deno.test("The project's own cases are named in full, longer ones by both ends and a tooltip", async () => {
  const own = cases.cases.map(({ network, dataset }) => `${network}/${dataset}`);
  const tooLong = `a network of ${"a very long name ".repeat(3)}/ a data set`;
  const names = [...own, tooLong];
  const svg = await rankPlot({ functions: ["a", "b"], cases: names, ranks: names.map(() => [1, 2]) });
  const { texts, titles } = parseSvg(svg);
  assertLabelsApart(svg);
  for (const name of own) assert(texts.includes(name), name);
  assert(titles.includes(tooLong));
  assert(texts.some((text) => /^a network of a.*….*a data set/.test(text)));
});

Deno.test("One function in one case is a table", async () => {
  const svg = await rankPlot({ functions: ["a"], cases: ["b"], ranks: [[1]] });
  assertEquals(parseSvg(svg).texts, ["rank 1", "1", "a", "1.00", "mean", "b"]);
});

Deno.test("A table that is none is refused", async () => {
  const refused = (part: Partial<typeof table>, message: string) =>
    assertRejects(() => rankPlot({ ...table, ...part }), RangeError, message);
  await refused({ functions: [] }, "at least 1 of both");
  await refused({ ranks: [[1, 2, 3]] }, "got 1 rows");
  await refused({ ranks: [[1, 2, 3], [1, 2], [1, 2, 3]] }, "one of 2 ranks");
  await refused({ ranks: [[1, 2, 3], [0, 2, 3], [1, 2, 3]] }, "from 1 to 3 or NaN, got 0");
  await refused({ ranks: [[1, 2, 3], [1, 2, Infinity], [1, 2, 3]] }, "got Infinity");
});
