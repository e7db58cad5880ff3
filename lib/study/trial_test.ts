import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { checkOutcome, recipeText, trialFitness, trialKey, type TrialOutcome, trialScores } from "./trial.ts";

const trial = { identity: "x + 1", recipe: { epochs: 2, network: "phi" }, seed: 1, test: false };

Deno.test("trials that must give the same result have one key", () => {
  assertEquals(trialKey({ ...trial, recipe: { network: "phi", epochs: 2 } }), trialKey(trial));
  const labelled = { ...trial, label: "final", formula: "1 + x", genome: [3], origin: { generation: 4 } };
  assertEquals(trialKey(labelled), trialKey(trial));
});

for (
  const change of [
    { identity: "x + 2" },
    { seed: 2 },
    { test: true },
    { recipe: { epochs: 3, network: "phi" } },
    { recipe: { epochs: 2 } },
    { recipe: { epochs: "2", network: "phi" } },
  ]
) {
  Deno.test(`${JSON.stringify(change)} makes another trial`, () => {
    assertNotEquals(trialKey({ ...trial, ...change }), trialKey(trial));
  });
}

Deno.test("keys are equal for equal parts alone, whatever the texts are made of", () => {
  const parts = fc.record({
    identity: fc.string({ unit: fc.constantFrom("x", '"', ",", "1", "[", "]", "{", "\\") }),
    recipe: fc.dictionary(fc.constantFrom("a", "b", '"'), fc.constantFrom<unknown>(1, "1", null, "a", [1], NaN)),
    seed: fc.integer({ min: 0, max: 11 }),
    test: fc.boolean(),
  });
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const isEqual = one.identity === other.identity && one.seed === other.seed && one.test === other.test &&
        recipeText(one.recipe) === recipeText(other.recipe);
      assertEquals(trialKey(one) === trialKey(other), isEqual);
      assertEquals(trialKey(structuredClone(one)), trialKey(one));
    }),
    { seed: 3, numRuns: 500 },
  );
});

Deno.test("a recipe that is no object has a text of its own", () => {
  assertEquals([1, "1", null, [1], {}].map(recipeText), ["1", '"1"', "null", "[1]", "{}"]);
});

const measured = { fitness: 0.7, validationAccuracy: 0.7, validationLoss: 1.2 };
const OUTCOMES: readonly { outcome: TrialOutcome; fitness: number; scored: boolean }[] = [
  { outcome: { kind: "complete", ...measured }, fitness: 0.7, scored: true },
  { outcome: { kind: "stopped", ...measured, fitness: 0.1 }, fitness: 0.1, scored: true },
  { outcome: { kind: "diverged", fitness: 0, epoch: 1 }, fitness: 0, scored: false },
  { outcome: { kind: "failed", reason: "no such kernel", attempts: 3 }, fitness: 0, scored: false },
];

for (const { outcome, fitness, scored } of OUTCOMES) {
  Deno.test(`fitness and scores of an outcome: ${outcome.kind}`, () => {
    assertEquals(trialFitness({ outcome }), fitness);
    assertEquals(trialScores({ outcome }) !== undefined, scored);
    assert(checkOutcome(outcome) === outcome);
  });
}

Deno.test("an outcome with a number that cannot be compared is refused by its name", () => {
  for (const field of ["fitness", "validationAccuracy", "validationLoss"]) {
    for (const value of [NaN, Infinity, -Infinity]) {
      const outcome: TrialOutcome = { kind: "complete", ...measured, [field]: value };
      assertThrows(() => checkOutcome(outcome), RangeError, `"complete": expected a finite ${field}, got ${value}`);
    }
  }
});
