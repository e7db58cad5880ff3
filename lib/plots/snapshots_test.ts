/**
 * One plot of each kind as it was when somebody looked at it. After a change that is meant, write them anew by
 * `deno test -P lib/plots/snapshots_test.ts -- --update`, and look at them.
 */
import { assertEquals } from "@std/assert";
import {
  criticalDifferencePlot,
  curvesPlot,
  fitnessPlot,
  historyPlot,
  paretoPlot,
  type Plot,
  rankPlot,
  trainingPlot,
} from "./mod.ts";

const FUNCTIONS = ["relu", "gelu", "swish", "x * erf(exp(-x))"];

/** Three seeds of a training that gets better, by its end and its noise. */
const seeds = (name: string, loss: number) =>
  [-0.05, 0, 0.08].map((noise) => ({
    name,
    epochs: Array.from({ length: 8 }, (_, i) => {
      const validationLoss = loss + noise + 1.5 / (i + 1);
      return { validationLoss, validationAccuracy: Math.exp(-validationLoss) };
    }),
  }));

const PLOTS: Readonly<Record<string, () => Promise<Plot>>> = {
  curves: () => curvesPlot(["relu", "gelu", "-x * erf(exp(-x))", "1 / x"], { title: "Curves" }),
  fitness: () =>
    fitnessPlot(FUNCTIONS.map((name, i) => ({ name, fitness: [i, i + 0.5, i === 2 ? NaN : i + 1.5] })), {
      title: "Fitness",
    }),
  history: () =>
    historyPlot(
      Array.from({ length: 10 }, (_, generation) => ({
        generation,
        fitness: Array.from({ length: 8 }, (_, i) => Math.sqrt(generation + 1) + ((i * 7 + generation * 3) % 10) / 8),
        diversity: 1 / (generation + 1),
      })),
      { title: "History", baselines: [{ name: "relu", fitness: 2.5 }, { name: "gelu", fitness: 2.6 }] },
    ),
  pareto: () =>
    paretoPlot(FUNCTIONS.map((name, i) => ({ name, cost: [1, 3, 2, 5][i], accuracy: [70, 74, 73, 72][i] })), {
      title: "Accuracy and cost",
    }),
  rank: () =>
    rankPlot({
      functions: FUNCTIONS,
      cases: ["phi/mnist", "cct/mnist", "vgg16/beans"],
      ranks: [[4, 1, 2, 3], [3.5, 1, 2, 3.5], [4, NaN, 1, 2]],
    }, { title: "Ranks" }),
  critical_difference: () =>
    criticalDifferencePlot({ names: FUNCTIONS, meanRanks: [3.8, 1.2, 1.9, 3.1], criticalDifference: 1.3 }, {
      title: "Mean ranks",
      alpha: 0.05,
    }),
  training: () => trainingPlot([...seeds("relu", 0.5), ...seeds("gelu", 0.3)], { title: "Training" }),
};

for (const [name, draw] of Object.entries(PLOTS)) {
  Deno.test(`the ${name.replace("_", "-")} plot looks as it did`, async () => {
    const path = new URL(`./testdata/${name}_plot.svg`, import.meta.url);
    const plot = await draw();
    if (Deno.args.includes("--update")) await Deno.writeTextFile(path, plot.svg);
    assertEquals(plot.svg, await Deno.readTextFile(path));
  });
}
