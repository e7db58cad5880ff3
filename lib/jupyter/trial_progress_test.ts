import { assertEquals, assertMatch } from "@std/assert";
import { createStudy, InlineExecutor } from "../study/mod.ts";
import { trialProgress } from "./trial_progress.ts";

Deno.test("trials, best and time left are told while a generation runs", async () => {
  const lines: string[] = [];
  using study = createStudy({ name: "toy", seed: 1, settings: {} });
  const executor = new InlineExecutor(({ seed }) => ({
    ...{ kind: "complete", fitness: seed, validationAccuracy: 0.5, validationLoss: 1 },
  }));
  const specs = [1, 3, 2].map((seed) => (
    { label: "search", formula: `${seed}*x`, identity: `${seed}`, recipe: {}, seed, test: false }
  ));
  const progress = trialProgress("search", { total: 6, best: true, interval: 0, log: (line) => lines.push(line) });
  await study.run(specs, { executor, onEvent: progress.onEvent });
  await progress.flush();
  assertEquals([lines[0], lines[1]], ["search 0/6", "search 1/6 | best 1.000: 1*x"]);
  assertMatch(lines.at(-1)!, /^search 3\/6 \| \d+ s left \| best 3\.000: 3\*x \| [\d.]+ trials\/min$/);
});
