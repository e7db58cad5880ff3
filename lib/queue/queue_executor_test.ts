import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { createStudy, type Execution, InlineExecutor } from "../study/mod.ts";
import { repeatable, spec } from "../study/testdata/toy.ts";
import { UserError } from "../user_error.ts";
import { Board } from "./board.ts";
import { connectRedis } from "./redis.ts";
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

const JOB = { formula: "x", recipe: {}, seed: 1, test: false };

/** Waits for the queue that a coordinator has made, and calls `action` with its name. */
async function withQueue(url: string, action: (name: string, redis: Redis) => Promise<void>): Promise<void> {
  const redis = await connectRedis(url);
  const board = new Board(redis, { prefix: "afos" });
  for (;;) {
    const [name] = [...(await board.queues()).keys()];
    if (name !== undefined) {
      await action(name, redis);
      break;
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  redis.disconnect();
}

redisTest("a result that is none ends the run, and is asked for again in the next", async ({ url }) => {
  await using executor = await coordinator(url);
  const run = executor.run(JOB);
  run.catch(() => {});
  await withQueue(url, async (name, connection) => {
    const liar = new Worker(name, () => Promise.resolve("{}"), { connection, prefix: "afos" });
    await assertRejects(() => run, UserError, "Expected a trial's result");
    await liar.close();
  });
  await using _worker = worker(url);
  assertEquals((await executor.run(JOB)).kind, "ended");
});

redisTest("jobs of strangers are not run", async ({ url }) => {
  const begun: string[] = [];
  const executor = new InlineExecutor((job, options) => {
    begun.push(job.formula);
    return score(job, options);
  });
  await using queue = await coordinator(url);
  const run = queue.run(JOB);
  await withQueue(url, async (name, connection) => {
    const stranger = new Queue(name, { connection, prefix: "afos" });
    await stranger.add("trial", { formula: "y", code: "Deno.exit()" }, { lifo: true, jobId: "stranger" });
    await using _worker = worker(url, { executor });
    await run;
    const job = await stranger.getJob("stranger");
    assertEquals([await job?.getState(), job?.failedReason?.slice(0, 25)], ["failed", "refused: Expected a trial"]);
    await stranger.close();
  });
  assertEquals(begun, ["x"]);
});

redisTest("trials go only to workers that have what they need", async ({ url }) => {
  const begun: string[] = [];
  const choosy = (toy: number) =>
    worker(url, {
      executor: new InlineExecutor((job, options) => {
        begun.push(`${job.formula} by ${toy}`);
        return score(job, options);
      }),
      refusal: (need) => need.toy === toy ? undefined : `needs ${need.toy}`,
    });
  await using _one = choosy(1);
  await using _two = choosy(2);
  await using executor = await coordinator(url, { needOf: ({ seed }) => ({ toy: seed }) });
  await Promise.all([1, 2, 1, 2].map((seed, i) => executor.run({ ...JOB, formula: `f${i}`, seed })));
  assertEquals(begun.sort(), ["f0 by 1", "f1 by 2", "f2 by 1", "f3 by 2"]);
});

redisTest("the same trial asked for twice at once is run twice", async ({ url }) => {
  await using _worker = worker(url);
  await using executor = await coordinator(url);
  const values = ({ kind, ...rest }: Execution) => [kind, "result" in rest && rest.result.outcome];
  const [first, second] = await Promise.all([executor.run(JOB), executor.run(JOB)]);
  assertEquals(values(first), values(second));
});

redisTest("a coordinator that has ended leaves nothing behind, and takes no more", async ({ url }) => {
  const executor = await coordinator(url);
  {
    await using _worker = worker(url);
    await executor.run(JOB);
    const waiting = executor.run({ ...JOB, formula: "y" });
    await executor.close();
    await waiting;
  }
  assertThrows(() => executor.run(JOB), Error, "got a closed one");
  const redis = await connectRedis(url);
  assertEquals(await redis.keys("*"), []);
  redis.disconnect();
});
