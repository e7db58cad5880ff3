import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Outcome } from "../training/mod.ts";
import { UserError } from "../user_error.ts";
import { type Attempt, InlineExecutor } from "./executor.ts";
import { job } from "./testdata/toy.ts";

const COMPLETE: Outcome = { kind: "complete", fitness: 0.5, validationAccuracy: 0.5, validationLoss: 1 };
const epoch = (number: number) => (
  { epoch: number, trainLoss: 1, validationLoss: 1, validationAccuracy: 0.5, seconds: 1, images: 32 }
);
const later = () => new Promise<void>((done) => setTimeout(done, 1));

Deno.test("one trial at a time, in the order in which they came, each told when it begins and after each epoch", async () => {
  const told: string[] = [];
  let running = 0;
  await using executor = new InlineExecutor(async ({ formula }, { onEpoch }) => {
    assertEquals(++running, 1);
    await later();
    onEpoch(epoch(1));
    onEpoch(epoch(2));
    running--;
    told.push(`${formula} ran`);
    return COMPLETE;
  });
  const executions = await Promise.all(["a", "b", "c"].map((formula) =>
    executor.run(job(formula), {
      onStart: ({ attempt }) => told.push(`${formula} begins, attempt ${attempt}`),
      onEpoch: ({ epoch }) => told.push(`${formula} epoch ${epoch}`),
    })
  ));
  const story = (formula: string) =>
    ["begins, attempt 1", "epoch 1", "epoch 2", "ran"].map((what) => `${formula} ${what}`);
  assertEquals(told, ["a", "b", "c"].flatMap(story));
  for (const execution of executions) {
    assert(execution.kind === "ended");
    const { outcome, epochs, attempts, seconds, workerPid } = execution.result;
    assertEquals([outcome, epochs.map(({ epoch }) => epoch), attempts, workerPid], [COMPLETE, [1, 2], 1, undefined]);
    assert(seconds > 0);
  }
});

Deno.test("when it began is told and recorded alike", async () => {
  await using executor = new InlineExecutor(() => COMPLETE);
  const attempts: Attempt[] = [];
  const execution = await executor.run(job("x"), { onStart: (attempt) => attempts.push(attempt) });
  assert(execution.kind === "ended");
  assertEquals(attempts, [{ attempt: 1, startedAt: execution.result.startedAt }]);
  assertEquals(new Date(execution.result.startedAt).toISOString(), execution.result.startedAt);
});

/** What a trial may throw or return, and what becomes of it; `rejects`: the run ends. */
const THROWN: readonly { what: string; run: () => Outcome; reason?: string; rejects?: string }[] = [
  {
    what: "a bug",
    run: () => {
      throw new TypeError("no such kernel");
    },
    reason: "no such kernel",
  },
  {
    what: "no error at all",
    run: () => {
      throw "text";
    },
    reason: "text",
  },
  {
    what: "a user's error",
    run: () => {
      throw new UserError("no data");
    },
    rejects: "no data",
  },
  {
    what: "a missing file",
    run: () => {
      Deno.readTextFileSync("/no/such/file");
      return COMPLETE;
    },
    rejects: "/no/such/file",
  },
  {
    what: "no memory",
    run: () => {
      new ArrayBuffer(8e15);
      return COMPLETE;
    },
    rejects: "Array buffer allocation failed",
  },
  { what: "an infinite fitness", run: () => ({ ...COMPLETE, fitness: Infinity }), reason: "expected a finite fitness" },
];

for (const { what, run, reason, rejects } of THROWN) {
  Deno.test(`${what} ${rejects ? "ends the run" : "fails the trial"}, and the next trial runs`, async () => {
    await using executor = new InlineExecutor(({ formula }) => formula === "bad" ? run() : COMPLETE);
    if (rejects) await assertRejects(() => executor.run(job("bad")), UserError, rejects);
    else {
      const execution = await executor.run(job("bad"));
      assert(execution.kind === "ended" && execution.result.outcome.kind === "failed");
      assertEquals(execution.result.outcome.attempts, 1);
      assert(execution.result.outcome.reason.includes(reason!));
    }
    assertEquals((await executor.run(job("good"))).kind, "ended");
  });
}

Deno.test("a cancelled trial leaves nothing, whether it runs or waits; the others go on", async () => {
  const controller = new AbortController();
  const started: string[] = [];
  await using executor = new InlineExecutor(async ({ formula }, { signal }) => {
    if (formula === "a") controller.abort();
    await later();
    signal.throwIfAborted();
    return COMPLETE;
  });
  const run = (formula: string, signal?: AbortSignal) =>
    executor.run(job(formula), { ...signal && { signal }, onStart: () => started.push(formula) });
  const kinds = await Promise.all([run("a", controller.signal), run("b", controller.signal), run("c")]);
  assertEquals(kinds.map(({ kind }) => kind), ["cancelled", "cancelled", "ended"]);
  assertEquals(started, ["a", "c"]);
});

Deno.test("closing cancels what runs and what waits, and resolves when nothing runs any more", async () => {
  let running = 0;
  const executor = new InlineExecutor(async (_, { signal }) => {
    running++;
    while (!signal.aborted) await later();
    await later();
    running--;
    throw signal.reason;
  });
  const executions = [executor.run(job("a")), executor.run(job("b"))];
  while (running === 0) await later();
  await executor.close();
  assertEquals(running, 0);
  const kinds = async () => (await Promise.all(executions)).map(({ kind }) => kind);
  assertEquals(await kinds(), ["cancelled", "cancelled"]);
  assertEquals((await executor.run(job("c"))).kind, "cancelled");
});
