import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { random } from "../random.ts";
import { paretoFront, paretoPlot } from "./pareto_plot.ts";
import { assertLabelsApart, parseSvg } from "./testdata/svg_assertions.ts";

const points = [
  { name: "cheap", cost: 1, accuracy: 80 },
  { name: "good", cost: 3, accuracy: 90 },
  { name: "beaten", cost: 4, accuracy: 85 },
  { name: "as good, dearer", cost: 3.5, accuracy: 90 },
];

Deno.test("The front and the others, with their names, units and a legend", async () => {
  const svg = await paretoPlot(points, { title: "Cost", costLabel: "time (ms)", accuracyLabel: "accuracy (%)" });
  const { texts, titles, dots, lines } = parseSvg(svg);
  assertLabelsApart(svg);
  const expected = [
    "Cost",
    "time (ms)",
    "accuracy (%)",
    "Pareto front",
    "beaten by another",
    ...points.map((p) => p.name),
  ];
  for (const text of expected) assert(texts.includes(text), text);
  for (const { name } of points) assert(titles.includes(name), name);
  assertEquals([dots, lines.length], [4, 1]);
});

Deno.test("The front holds exactly what no other point beats", () => {
  const number = fc.integer({ min: 0, max: 6 });
  fc.assert(fc.property(fc.array(fc.record({ cost: number, accuracy: number })), (list) => {
    const all = list.map((point, i) => ({ name: `${i}`, ...point }));
    const front = paretoFront(all);
    for (const point of all) {
      const better = all.filter((other) =>
        other.cost <= point.cost && other.accuracy >= point.accuracy &&
        (other.cost !== point.cost || other.accuracy !== point.accuracy)
      );
      assertEquals(front.includes(point), better.length === 0);
    }
    assert(front.every(({ cost }, i) => i === 0 || cost >= front[i - 1].cost));
  }));
});

Deno.test("In a cluster the front is named, and who has no room for a name has a number, a tooltip and the legend", async () => {
  const names = [
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "swish",
    "mish",
    "eelu1",
    "eelu2",
    "eelu3",
    "eelu4",
    "tanh",
  ];
  const cluster = [
    ...names.map((name, i) => ({ name, cost: 1 + i % 3 * 0.001, accuracy: 0.7 + i % 2 * 0.001 })),
    { name: "far", cost: 2, accuracy: 0.7 },
  ];
  const svg = await paretoPlot(cluster);
  const { texts, titles } = parseSvg(svg);
  assertLabelsApart(svg);
  for (const { name } of paretoFront(cluster)) assert(texts.includes(name), name);
  for (const { name } of cluster) {
    const entry = texts.find((text) => text.endsWith(`: ${name}`));
    assert(titles.includes(name) && (texts.includes(name) || (entry && texts.includes(entry.split(":")[0]))), name);
  }
});

Deno.test("Crowds, long names, huge and equal values have their room, on both scales", async () => {
  const rng = random(1);
  const crowd = Array.from({ length: 80 }, (_, i) => ({
    name: i % 3 === 0 ? `x * erf(exp(x)) + max(sin(x), sigmoid(x)) * ${i}` : `f${i}`,
    cost: 1e9 * (1 + 10 * rng.next() ** 2),
    accuracy: 1e7 * rng.next(),
  }));
  const same = points.map(({ name }) => ({ name, cost: 1, accuracy: 0 }));
  const wide = points.map(({ name }, i) => ({ name, cost: 10 ** (6 * i - 9), accuracy: i }));
  for (const some of [crowd, same, wide, points.slice(0, 1)]) {
    for (const costScale of ["linear", "log"] as const) {
      const svg = await paretoPlot(some, { costScale });
      parseSvg(svg);
      assertLabelsApart(svg);
    }
  }
});

Deno.test("Nothing, what is not finite, and no logarithm are refused", async () => {
  await assertRejects(() => paretoPlot([]), RangeError, "got no point");
  await assertRejects(() => paretoPlot([{ name: "a", cost: NaN, accuracy: 1 }]), RangeError, "cost NaN");
  await assertRejects(() => paretoPlot([{ name: "a", cost: 1, accuracy: Infinity }]), RangeError, "of a");
  const free = [{ name: "free", cost: 0, accuracy: 1 }];
  parseSvg(await paretoPlot(free));
  await assertRejects(() => paretoPlot(free, { costScale: "log" }), RangeError, "positive costs, got cost 0");
});
