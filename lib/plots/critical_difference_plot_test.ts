import { assert, assertEquals, assertRejects } from "@std/assert";
import { criticalDifferencePlot } from "./critical_difference_plot.ts";
import type { Plot } from "./plot.ts";
import { assertLabelsApart, parseSvg } from "./testdata/svg_assertions.ts";

/** Demšar, JMLR 7, 2006, table 6 and section 3.2.3: CD of Bonferroni-Dunn 1.16, of Nemenyi 1.25. */
const DEMSAR = {
  names: ["C4.5", "C4.5+m", "C4.5+cf", "C4.5+m+cf"],
  meanRanks: [3.143, 2, 2.893, 1.964],
  criticalDifference: 1.25,
};

/** The horizontal ends of the thick lines, in pixels. */
function bars({ svg }: Plot): [number, number][] {
  const paths = [...svg.matchAll(/<g[^>]*stroke-width="4"[^>]*><path d="M([\d.]+),[\d.]+L([\d.]+),[\d.]+"/g)];
  return paths.map(([, from, to]) => [Number(from), Number(to)]);
}

Deno.test("Demšar's four trees: no two differ by 1.25, so that one bar joins all", async () => {
  const svg = await criticalDifferencePlot(DEMSAR, { title: "Trees", alpha: 0.05 });
  const { texts } = parseSvg(svg);
  assertLabelsApart(svg);
  for (const text of ["Trees", "CD = 1.25 (α = 0.05)", "mean rank", "C4.5+m+cf (1.96)", "C4.5 (3.14)"]) {
    assert(texts.some((shown) => shown.startsWith(text)), text);
  }
  assertEquals(bars(svg).length, 1);
});

Deno.test("A smaller critical difference gives the largest groups within it, each once", async () => {
  const ranks = { names: ["a", "b", "c", "d", "e"], meanRanks: [5, 1, 1.8, 2.5, 3.2], criticalDifference: 1.6 };
  const found = bars(await criticalDifferencePlot(ranks));
  // 1, 1.8, 2.5 lie within 1.6, and so do 1.8, 2.5, 3.2; 5 is alone
  assertEquals(found.length, 2);
  assert(found[0][0] < found[1][0] && found[0][1] < found[1][1]);
  assertEquals(bars(await criticalDifferencePlot({ ...ranks, criticalDifference: 0.5 })), []);
});

Deno.test("Groups of another test are drawn as they come", async () => {
  const svg = await criticalDifferencePlot({ ...DEMSAR, groups: [[1, 3], [0, 2]] });
  assertEquals(bars(svg).length, 2);
  assertEquals(bars(await criticalDifferencePlot({ ...DEMSAR, groups: [] })), []);
});

/** The tick labels, and the left and right end of the axis in pixels of the panel. */
function axis(plot: Plot): { ticks: string[]; from: number; to: number } {
  const ticks = parseSvg(plot).texts.filter((text) => /^\d+$/.test(text));
  const [, from, to] = /<g[^>]*stroke-width="1.5"[^>]*><path d="M([\d.]+),[\d.]+L([\d.]+),[\d.]+"/.exec(plot.svg)!;
  return { ticks, from: Number(from), to: Number(to) };
}

Deno.test("The axis ends at the ranks that there can be, even where the critical difference is greater", async () => {
  const ranks = { names: ["a", "b", "c", "d", "e"], meanRanks: [2, 2.5, 3, 3.5, 4] };
  for (const criticalDifference of [1, 3.9, 5, 9]) {
    const svg = await criticalDifferencePlot({ ...ranks, criticalDifference });
    const { ticks, from, to } = axis(svg);
    assertLabelsApart(svg);
    assertEquals(ticks, ["1", "2", "3", "4", "5"], `CD ${criticalDifference}`);
    const [, left, right] = /stroke-width="2"[^>]*><path d="M([\d.]+),20L([\d.]+),20"/.exec(svg.svg)!.map(Number);
    assertEquals(left, from);
    const [expected, got] = [criticalDifference / 4, (right - left) / (to - from)];
    assert(Math.abs(expected - got) < 0.01 && right <= 808, `${got} of the axis, to ${right}`);
  }
});

Deno.test("Beside a control, one interval of twice the critical difference takes the place of the groups", async () => {
  // Demšar's figure 1b: the control is C4.5, Bonferroni-Dunn's difference 1.16, and the axis ends at 4
  const result = { ...DEMSAR, criticalDifference: 1.16, control: 0 };
  const svg = await criticalDifferencePlot(result, { alpha: 0.05 });
  const { from, to } = axis(svg);
  const [[left, right], ...more] = bars(svg);
  assertEquals(more, []);
  const rank = (x: number) => 1 + 3 * (x - from) / (to - from);
  assert(Math.abs(rank(left) - 1.983) < 0.01 && Math.abs(rank(right) - 4) < 0.01, `${rank(left)} to ${rank(right)}`);
  const { texts } = parseSvg(svg);
  assert(texts.includes("no significant difference from C4.5") && texts.includes("CD = 1.16 (α = 0.05)"));
});

Deno.test("Ties, a difference beyond the axis, and many long names have their room", async () => {
  const many = Array.from({ length: 50 }, (_, i) => `x * erf(exp(x)) + max(sin(x), sigmoid(x)) * ${i}`);
  for (
    const ranks of [
      { names: ["a", "b", "c"], meanRanks: [2, 2, 2], criticalDifference: 7.5 },
      { names: ["a", "b"], meanRanks: [1, 2], criticalDifference: 1e-9 },
      { names: many, meanRanks: many.map((_, i) => 1 + 0.99 * i), criticalDifference: 9.3 },
      { names: many, meanRanks: many.map(() => 25.5), criticalDifference: 300 },
    ]
  ) {
    const svg = await criticalDifferencePlot(ranks);
    parseSvg(svg);
    assertLabelsApart(svg);
  }
});

Deno.test("What is no result of a test is refused", async () => {
  const refused = (part: Partial<Parameters<typeof criticalDifferencePlot>[0]>, message: string) =>
    assertRejects(() => criticalDifferencePlot({ ...DEMSAR, ...part }), RangeError, message);
  await refused({ names: ["a"], meanRanks: [1] }, "at least 2 names");
  await refused({ meanRanks: [1, 2] }, "got 4 names and 2 mean ranks");
  await refused({ meanRanks: [1, 2, 3, 4.5] }, "from 1 to 4, got 4.5");
  await refused({ meanRanks: [1, 2, 3, NaN] }, "got NaN");
  await refused({ criticalDifference: 0 }, "positive critical difference, got 0");
  await refused({ criticalDifference: Infinity }, "got Infinity");
  await refused({ groups: [[0, 4]] }, "indices from 0 to 3, got 4");
  await refused({ control: 4 }, "indices from 0 to 3, got 4");
});
