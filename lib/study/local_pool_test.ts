import { assert, assertEquals, assertLess, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import type { Attempt, Execution } from "./executor.ts";
import { createStudy } from "./studies.ts";
import { interrupt, isAlive, job, kill, RECIPE, repeatable, spec, toyPool, withFolder } from "./testdata/toy.ts";
import { type TrialResult, trialScores } from "./trial.ts";
import { UserError } from "../user_error.ts";

const SLOW = { epochs: 1_000_000, milliseconds: 10 };

function result(execution: Execution): TrialResult {
  assert(execution.kind === "ended");
  return execution.result;
}

Deno.test("a pool needs at least one worker", () => {
  for (const workers of [0, -1, 1.5, NaN]) assertThrows(() => toyPool({ workers }), RangeError, `got ${workers}`);
});

Deno.test("results do not depend on the number of workers", async () => {
  const specs = Array.from({ length: 12 }, (_, i) => spec(String(i)));
  const runs = [];
  for (const workers of [1, 2, 4]) {
    await using pool = toyPool({ workers });
    using study = createStudy({ name: "s", seed: 1, settings: {} });
    const { trials } = await study.run(specs, { executor: pool });
    assertLess(new Set(trials.map(({ workerPid }) => workerPid)).size, workers + 1);
    runs.push(trials.map(repeatable));
  }
  assertEquals(runs[0].map(({ number }) => number), specs.map((_, i) => i));
  assertEquals(runs[0][3].epochs.length, 2);
  assertEquals(runs[1], runs[0]);
  assertEquals(runs[2], runs[0]);
});

Deno.test("workers start when they are needed, or when asked to, and tell what they are", async () => {
  await using pool = toyPool({ workers: 2 });
  const info = await pool.start() as { pid: number };
  assert(await isAlive(info.pid));
  assertEquals(result(await pool.run(job("x"))).attempts, 1);
  assertEquals(typeof (await pool.start() as { pid: number }).pid, "number");
});

Deno.test("what a worker prints is no message; NaN and the infinities are", async () => {
  await using pool = toyPool();
  assertEquals(result(await pool.run(job("print"))).outcome.kind, "complete");
  const { outcome, epochs } = result(await pool.run(job("diverge")));
  assertEquals(outcome, { kind: "diverged", fitness: 0, epoch: 1 });
  assertEquals(epochs[0], {
    epoch: 1,
    trainLoss: NaN,
    validationLoss: Infinity,
    validationAccuracy: 0.1,
    seconds: 0.5,
    images: 32,
  });
});

Deno.test("a killed worker's trial is run again on a fresh one, and what the dead ones told is forgotten", () =>
  withFolder(async (folder) => {
    const file = `${folder}/go`;
    await Deno.writeTextFile(file, "");
    await using pool = toyPool({ flags: ["--allow-read"] });
    const attempts: Attempt[] = [];
    let heard = 0;
    const { epochs, ...again } = result(
      await pool.run(job("linger", { ...RECIPE, file }), {
        onStart: (attempt) => attempts.push(attempt),
        onEpoch: () => {
          heard++;
          const { attempt, workerPid } = attempts.at(-1)!;
          if (attempt < 3) kill(workerPid!);
          else Deno.writeTextFileSync(file, "go on");
        },
      }),
    );
    assertEquals(attempts.map(({ attempt }) => attempt), [1, 2, 3]);
    assertEquals(new Set(attempts.map(({ workerPid }) => workerPid)).size, 3);
    assertEquals([heard, epochs.length], [3, 1]);
    assertEquals([again.attempts, again.workerPid, again.outcome.kind], [3, attempts[2].workerPid, "complete"]);
  }));

Deno.test("a worker killed at rest is replaced", async () => {
  await using pool = toyPool();
  const { workerPid } = result(await pool.run(job("x")));
  kill(workerPid!);
  assertEquals(result(await pool.run(job("x"))).outcome.kind, "complete");
});

const FAILURES = [
  { formula: "exit", says: ["ended with code 3", "the last words"] },
  { formula: "throw", says: ["TypeError: no such kernel"] },
  { formula: "infinite", says: ["expected a finite fitness, got Infinity"] },
];

for (const { formula, says } of FAILURES) {
  Deno.test(`a trial fails after three attempts, and the others go on: ${formula}`, async () => {
    await using pool = toyPool({ workers: 2 });
    const [failed, ...others] = await Promise.all([formula, "a", "b", "c"].map((text) => pool.run(job(text))));
    const { outcome, attempts } = result(failed);
    assert(outcome.kind === "failed");
    assertEquals([outcome.attempts, attempts], [3, 3]);
    for (const text of says) assertStringIncludes(outcome.reason, text);
    for (const other of others) assertEquals(result(other).outcome.kind, "complete");
  });
}

Deno.test("a UserError of a trial is the pool's", async () => {
  await using pool = toyPool();
  await assertRejects(() => pool.run(job("refuse")), UserError, "the data set is gone");
  assertEquals(result(await pool.run(job("x"))).outcome.kind, "complete");
});

const NO_START = [
  { what: "that says why", options: { init: { refuse: "no engine: run setup" } }, says: "no engine: run setup" },
  { what: "that dies", options: { init: { die: "a library is missing" } }, says: "a library is missing" },
  { what: "without a module", options: { module: "file:///no/such/worker.ts" }, says: "ended with code 1" },
];

for (const { what, options, says } of NO_START) {
  Deno.test(`a worker ${what} cannot start: one UserError, no loop`, async () => {
    await using pool = toyPool({ workers: 2, ...options });
    await assertRejects(() => pool.start(), UserError, says);
    const runs = await Promise.allSettled([pool.run(job("x")), pool.run(job("y"))]);
    for (const run of runs) assert(run.status === "rejected" && run.reason instanceof UserError);
    using study = createStudy({ name: "s", seed: 1, settings: {} });
    await assertRejects(() => study.run([spec("a"), spec("b")], { executor: pool }), UserError, says);
    assertEquals([...study.trials(), ...study.started()], []);
  });
}

Deno.test("cancelling ends running and waiting trials; the workers live on", async () => {
  await using pool = toyPool({ graceMilliseconds: 600_000 });
  const { pid } = await pool.start() as { pid: number };
  const controller = new AbortController();
  const { signal } = controller;
  const runs = [
    pool.run(job("x", SLOW), { signal, onEpoch: () => controller.abort() }),
    pool.run(job("y", SLOW), { signal }),
    pool.run(job("z")),
  ];
  const [x, y, z] = await Promise.all(runs);
  assertEquals([x, y], [{ kind: "cancelled" }, { kind: "cancelled" }]);
  assertEquals(result(z).workerPid, pid);
  assertEquals(await pool.run(job("x"), { signal }), { kind: "cancelled" });
});

Deno.test("a trial that does not end when cancelled is killed after the grace", async () => {
  await using pool = toyPool({ graceMilliseconds: 100 });
  const controller = new AbortController();
  let pid = 0;
  const execution = pool.run(job("hang"), {
    signal: controller.signal,
    onStart: ({ workerPid }) => {
      pid = workerPid!;
      setTimeout(() => controller.abort(), 100);
    },
  });
  assertEquals(await execution, { kind: "cancelled" });
  assertEquals(await isAlive(pid), false);
  assertEquals(result(await pool.run(job("x"))).attempts, 1);
});

Deno.test("closing cancels what runs and ends every worker", async () => {
  const pool = toyPool({ workers: 2, graceMilliseconds: 300 });
  const pids: number[] = [];
  const started = Promise.withResolvers<void>();
  const onStart = ({ workerPid }: Attempt) => {
    pids.push(workerPid!);
    if (pids.length === 2) started.resolve();
  };
  const runs = [job("x", SLOW), job("hang"), job("y")].map((job) => pool.run(job, { onStart }));
  await started.promise;
  await pool.close();
  assertEquals(await Promise.all(runs), runs.map(() => ({ kind: "cancelled" as const })));
  for (const pid of pids) assertEquals(await isAlive(pid), false);
  assertThrows(() => pool.run(job("x")), Error, "closed");
  await pool.close();
});

Deno.test("a worker does not end by an interrupt from the terminal", async () => {
  await using pool = toyPool();
  const { workerPid, attempts } = result(
    await pool.run(job("x", { epochs: 10, milliseconds: 20 }), { onStart: ({ workerPid }) => interrupt(workerPid!) }),
  );
  assertEquals(attempts, 1);
  assert(await isAlive(workerPid!));
});

Deno.test("a trial can be run by as many processes as the pool has workers", async () => {
  await using pool = toyPool({ workers: 3 });
  assertEquals(pool.capacity, 3);
  await pool.start();
  const runs = await Promise.all(["a", "b", "c"].map((text) => pool.run(job(text, { epochs: 3, milliseconds: 30 }))));
  assertEquals(new Set(runs.map((run) => result(run).workerPid)).size, 3);
});

Deno.test("a worker that the machine kills three times ends the run; the trial stays open, and the study goes on", async () => {
  await using pool = toyPool();
  using study = createStudy({ name: "s", seed: 1, settings: {} });
  const killed: number[] = [];
  const run = study.run([spec("a"), spec("b")], {
    executor: pool,
    onEvent: (event) => {
      if (event.kind !== "started" || event.trial.identity !== "b") return;
      killed.push(event.attempt.workerPid!);
      kill(event.attempt.workerPid!);
    },
  });
  await assertRejects(() => run, UserError, "3 times the worker was ended by SIGKILL");
  assertEquals(new Set(killed).size, 3);
  assertEquals(study.trials().map(({ identity }) => identity), ["a"]);
  const { kind, trials } = await study.run([spec("a"), spec("b")], { executor: pool });
  assertEquals([kind, trials.map((trial) => trialScores(trial) !== undefined)], ["ended", [true, true]]);
});

const MACHINE_FAULTS = [
  { formula: "read", says: "Cannot train here: No such file or directory" },
  { formula: "import", says: 'Module not found "file:///no/such/module.ts"' },
  { formula: "allocate", says: "Array buffer allocation failed" },
  { formula: "crowded", says: "OOM when allocating tensor with shape[512,512,512,512]" },
  { formula: "bad_alloc", says: "terminate called after throwing an instance of 'std::bad_alloc'" },
];

for (const { formula, says } of MACHINE_FAULTS) {
  Deno.test(`a fault of the machine is no result: ${formula}`, async () => {
    await using pool = toyPool({ flags: ["--allow-read"] });
    using study = createStudy({ name: "s", seed: 1, settings: {} });
    await assertRejects(() => study.run([spec("a", { formula })], { executor: pool }), UserError, says);
    assertEquals([...study.trials(), ...study.started()], []);
  });
}
