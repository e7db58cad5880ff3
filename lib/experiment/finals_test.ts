import { assertEquals } from "@std/assert";
import { catalog, encodeGenome, format, identityKey, parse } from "../activation/mod.ts";
import type { Trial, TrialOutcome } from "../study/mod.ts";
import { bestTrials, contenders, finalists, finalTrials } from "./finals.ts";

const complete = (fitness: number): TrialOutcome => (
  { kind: "complete", fitness, validationAccuracy: fitness, validationLoss: 1, testAccuracy: fitness / 2, testLoss: 1 }
);

let number = 0;
function trial(formula: string, outcome: TrialOutcome, changes: Partial<Trial> = {}): Trial {
  return {
    number: number++,
    formula,
    identity: identityKey(parse(formula)),
    label: "search",
    recipe: {},
    seed: 1,
    test: false,
    outcome,
    epochs: [],
    startedAt: "2024-01-01T00:00:00.000Z",
    seconds: 1,
    attempts: 1,
    ...changes,
  };
}

Deno.test("the best of a search: complete trials of the search alone, by fitness, then by number", () => {
  const trials = [
    trial("x", complete(0.5), { number: 7 }),
    trial("sin(x)", complete(0.9), { number: 9 }),
    trial("cos(x)", complete(0.5), { number: 3 }),
    trial("tanh(x)", complete(1), { label: "final" }),
    trial("x * 2", { kind: "stopped", fitness: 0.99, validationAccuracy: 0.99, validationLoss: 1 }),
    trial("exp(x)", { kind: "diverged", fitness: 0, epoch: 1 }),
    trial("x + 1", { kind: "failed", reason: "no such kernel", attempts: 3 }),
  ];
  assertEquals(bestTrials(trials, 10).map(({ formula }) => formula), ["sin(x)", "cos(x)", "x"]);
  assertEquals(bestTrials(trials, 2).length, 2);
  assertEquals(bestTrials(trials.toReversed(), 10), bestTrials(trials, 10));
});

Deno.test("contenders: what was found and the baselines, those that are equal named so", () => {
  const found = ["sin(x) + x", "max(x, 0)"].map((formula, i) => trial(formula, complete(1 - i / 10), { genome: [i] }));
  const compared = contenders(found, { baselines: ["relu", "swish"] });
  assertEquals(compared.map(({ name, role, formula }) => [name, role, formula]), [
    ["found 1", "found", "sin(x) + x"],
    ["found 2 (= relu)", "found", "max(x, 0)"],
    ["relu", "baseline", format(catalog.relu)],
    ["swish", "baseline", format(catalog.swish)],
  ]);
  assertEquals(compared.map(({ genes }) => genes), [[0], [1], encodeGenome(catalog.relu), encodeGenome(catalog.swish)]);
  assertEquals(compared[1].identity, compared[2].identity);
  assertEquals(contenders([], { baselines: [] }), []);
});

Deno.test("a function that only has the same identity as a baseline is not said to be it", () => {
  const { identity } = contenders([], { baselines: ["relu"] })[0];
  const found = trial("sin(x)", complete(1), { identity });
  const [{ name }] = contenders([found], { baselines: ["relu"] });
  assertEquals(name, "found 1 (equals relu at the points looked at)");
});

Deno.test("finals are trials of every contender with the same seeds, tested, and others with another seed", () => {
  const compared = contenders([], { baselines: ["relu", "elu"] });
  const specs = finalTrials(compared, { seed: 1, finalSeeds: 3, recipe: { epochs: 5 } });
  assertEquals(specs.map(({ identity, label, test, recipe }) => [identity, label, test, recipe]), [
    ...Array(3).fill([compared[0].identity, "final", true, { epochs: 5 }]),
    ...Array(3).fill([compared[1].identity, "final", true, { epochs: 5 }]),
  ]);
  const seeds = specs.map(({ seed }) => seed);
  assertEquals(seeds.slice(0, 3), seeds.slice(3));
  assertEquals(new Set(seeds).size, 3);
  // More seeds go on where fewer ended, so that a longer comparison trains nothing twice.
  const more = finalTrials(compared, { seed: 1, finalSeeds: 5, recipe: {} }).map(({ seed }) => seed);
  assertEquals(more.slice(0, 3), seeds.slice(0, 3));
  const other = finalTrials(compared, { seed: 2, finalSeeds: 3, recipe: {} }).map(({ seed }) => seed);
  assertEquals(other.filter((seed) => seeds.includes(seed)), []);
});

Deno.test("finalists: what is missing is NaN, in the place of its seed", () => {
  const [relu, elu] = contenders([], { baselines: ["relu", "elu"] });
  const final = (formula: string, seed: number, outcome: TrialOutcome) =>
    trial(formula, outcome, { label: "final", seed });
  const trials = [
    final(relu.formula, 1, complete(0.8)),
    final(elu.formula, 1, complete(0.6)),
    final(relu.formula, 2, { kind: "diverged", fitness: 0, epoch: 1 }),
    final(relu.formula, 3, { kind: "failed", reason: "no such kernel", attempts: 3 }),
    trial(relu.formula, complete(0.1), { seed: 4 }), // the search's
  ];
  assertEquals(finalists([relu, elu], trials), [
    {
      ...relu,
      seeds: [1, 2, 3],
      fitness: [0.8, 0, NaN],
      validationAccuracy: [0.8, NaN, NaN],
      validationLoss: [1, NaN, NaN],
      testAccuracy: [0.4, NaN, NaN],
    },
    { ...elu, seeds: [1], fitness: [0.6], validationAccuracy: [0.6], validationLoss: [1], testAccuracy: [0.3] },
  ]);
  assertEquals(finalists([elu], [trials[1], trials[1]])[0].seeds, [1]);
});
