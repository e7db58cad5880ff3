import { assertEquals } from "@std/assert";
import { createStudy, InlineExecutor } from "../study/mod.ts";
import { repeatable, spec } from "../study/testdata/toy.ts";
import { redisTest } from "./testdata/redis_server.ts";
import { coordinator, score, worker } from "./testdata/toys.ts";

redisTest("two workers give what one process gives", async ({ url }) => {
  const specs = Array.from({ length: 60 }, (_, i) => spec(String(i)));
  using alone = createStudy({ name: "alone", seed: 1, settings: {} });
  const expected = await alone.run(specs, { executor: new InlineExecutor(score) });

  await using _a = worker(url);
  await using _b = worker(url);
  await using executor = await coordinator(url);
  using study = createStudy({ name: "s", seed: 1, settings: {} });
  const { kind, trials } = await study.run(specs, { executor });
  assertEquals(kind, "ended");
  assertEquals(trials.map(repeatable), expected.trials.map(repeatable));
});
