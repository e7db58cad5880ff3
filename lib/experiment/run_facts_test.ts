import { assertEquals, assertMatch } from "@std/assert";
import type { StudyEvent, Trial } from "../study/mod.ts";
import { RunFacts } from "./run_facts.ts";

const trial = (fitness: number, status: "complete" | "diverged" = "complete"): Trial => ({
  ...{ number: 0, label: "search", formula: `${fitness}*x`, identity: "", recipe: {}, seed: 1, test: false },
  ...{ epochs: [], startedAt: "", seconds: 1, attempts: 1 },
  outcome: status === "complete"
    ? { kind: "complete", fitness, validationAccuracy: 0.5, validationLoss: 1 }
    : { kind: "diverged", fitness: 0, epoch: 1 },
});

const event = (kind: "ended" | "recalled", given: Trial): StudyEvent => ({
  kind,
  trial: given,
  progress: { total: 1, ended: 1, running: 0 },
});

Deno.test("facts: time left once two trials have ended here, the best, the last generation", () => {
  const run = new RunFacts({ total: 10, best: true });
  assertEquals([run.ended, run.facts], [0, []]);
  run.hear(event("recalled", trial(1)));
  run.hear(event("ended", trial(0, "diverged")));
  assertEquals([run.ended, run.facts], [2, ["best 1.000: 1*x"]]);
  run.hear(event("ended", trial(2)));
  run.hear(event("ended", trial(1.5)));
  run.hearGeneration({ generation: 3 });
  assertEquals([run.ended, run.facts.length], [4, 4]);
  const [generation, left, best, pace] = run.facts;
  assertEquals([generation, best], ["generation 3", "best 2.000: 2*x"]);
  assertMatch(left, /^\d+ s left$/);
  assertMatch(pace, /^[\d.]+ trials\/min$/);
});

Deno.test("where the total is not given, it is that of the run", () => {
  const run = new RunFacts();
  assertEquals(run.total, undefined);
  run.hear({ ...event("ended", trial(1)), progress: { total: 7, ended: 1, running: 1 } });
  assertEquals([run.ended, run.total], [1, 7]);
});

Deno.test("the best is told only where it is asked for", () => {
  const run = new RunFacts({ total: 2 });
  run.hear(event("ended", trial(1)));
  assertEquals(run.facts, []);
});
