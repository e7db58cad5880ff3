import { assert, assertEquals, assertRejects } from "@std/assert";
import { fitnessPlot } from "./fitness_plot.ts";
import { assertLabelsApart, parseSvg } from "./testdata/svg_assertions.ts";

const LONG = "x * erf(exp(x)) + max(sin(x), sigmoid(x)) * 0.5 - softplus(-x)";
const functions = [
  { name: "worse", fitness: [1, 2, 3] },
  { name: LONG, fitness: [4, NaN, 5] },
  { name: "none", fitness: [NaN, Infinity, NaN] },
];

Deno.test("A row for each function, the best at the top, a dot for each finite seed", async () => {
  const svg = await fitnessPlot(functions, { title: "Fitness", label: "accuracy (%)" });
  const { texts, titles, dots } = parseSvg(svg);
  assertLabelsApart(svg);
  for (const text of ["Fitness", "accuracy (%)", "one seed", "1 of 3 failed", "3 of 3 failed"]) {
    assert(texts.includes(text), text);
  }
  assertEquals(dots, 5);
  assert(titles.includes(`${LONG}: 4`) && titles.includes(LONG));
  const names = texts.filter((text) => /^(worse|none|x \* erf.*….*)$/.test(text));
  assertEquals(names, [names.find((name) => name.includes("…"))!, "worse", "none"]);
});

Deno.test("Where lower is better, the lowest mean is at the top", async () => {
  const { texts } = parseSvg(await fitnessPlot(functions.slice(0, 2), { better: "lower" }));
  const order = texts.filter((text) => text === "worse" || text.startsWith("x * erf"));
  assertEquals(order[0], "worse");
});

Deno.test("Equal, huge and tiny values, one seed, and many functions have their room", async () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ name: `${LONG} ${i}`, fitness: [i, i + 1] }));
  const cases = [[{ name: "a", fitness: [3, 3] }], [{ name: "a", fitness: [0] }], many];
  for (const scale of [1e-9, 1, 1e12, 1e30]) {
    cases.push(functions.map(({ name, fitness }) => ({ name, fitness: fitness.map((value) => value * scale) })));
  }
  for (const some of cases) {
    const svg = await fitnessPlot(some);
    parseSvg(svg);
    assertLabelsApart(svg);
  }
});

Deno.test("No finite value at all is refused", async () => {
  await assertRejects(() => fitnessPlot([]), RangeError, "with a finite value, got none");
  await assertRejects(() => fitnessPlot([{ name: "a", fitness: [NaN] }]), RangeError, "with a finite value, got none");
});
