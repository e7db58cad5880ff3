import { assert, assertEquals, assertRejects } from "@std/assert";
import { type Executor, InlineExecutor, type RunTrial } from "./executor.ts";
import { MemoryStore, type StudyHead } from "./store.ts";
import { Study, type StudyEvent } from "./study.ts";
import { createStudy } from "./studies.ts";
import { RECIPE, spec } from "./testdata/toy.ts";
import type { TrialSpec } from "./trial.ts";
import { UserError } from "../user_error.ts";

const PLAN = { name: "s", seed: 1, settings: {} };
const HEAD: StudyHead = { ...PLAN, createdAt: "2024-01-01T00:00:00.000Z" };

/** Scores a trial by the length of its formula. */
const length: RunTrial = ({ formula }) => (
  { kind: "complete", fitness: formula.length, validationAccuracy: 0.5, validationLoss: 1 }
);

/** An executor that counts what it is asked for. */
function counting(run: RunTrial = length): { executor: Executor; ran: string[] } {
  const ran: string[] = [];
  const executor = new InlineExecutor((job, options) => {
    ran.push(job.formula.replace("x + ", ""));
    return run(job, options);
  });
  return { executor, ran };
}

function numbers(trials: readonly { number: number; identity: string }[]): Record<string, number> {
  return Object.fromEntries(trials.map(({ identity, number }) => [identity, number]));
}

Deno.test("trials come in the order asked for, and are kept; an executor gets what decides and nothing else", async () => {
  using study = createStudy(PLAN);
  const executor = new InlineExecutor((job) => {
    assertEquals(Object.keys(job).sort(), ["formula", "recipe", "seed", "test"]);
    assertEquals(job.recipe, RECIPE);
    return { kind: "diverged", fitness: 0, epoch: job.seed };
  });
  const outcome = await study.run([spec("b", { seed: 2 }), spec("a")], { executor });
  assertEquals(outcome.kind, "ended");
  assertEquals(outcome.trials.map(({ number, identity, outcome }) => ({ number, identity, outcome })), [
    { number: 0, identity: "b", outcome: { kind: "diverged", fitness: 0, epoch: 2 } },
    { number: 1, identity: "a", outcome: { kind: "diverged", fitness: 0, epoch: 1 } },
  ]);
  assertEquals([...study.trials()], [...outcome.trials]);
  assertEquals([...study.started()], []);
});

Deno.test("a trial is run once, also when it is asked for twice in one list", async () => {
  using study = createStudy(PLAN);
  const { executor, ran } = counting();
  const first = await study.run([spec("a"), spec("b"), spec("a", { formula: "0 + x" })], { executor });
  const second = await study.run([spec("c"), spec("b"), spec("b", { seed: 2 })], { executor });
  assertEquals(ran, ["a", "b", "c", "b"]);
  assertEquals(first.trials.map(({ number }) => number), [0, 1, 0]);
  assertEquals(second.trials.map(({ number }) => number), [2, 1, 3]);
  assertEquals(first.trials[2].formula, "x + a");
});

Deno.test("recipe, seed and test make another trial, the label and the order of the recipe's fields do not", async () => {
  using study = createStudy(PLAN);
  const { executor, ran } = counting();
  const same: TrialSpec[] = [
    spec("a"),
    spec("a", { label: "final" }),
    spec("a", { recipe: { milliseconds: RECIPE.milliseconds, epochs: RECIPE.epochs } }),
    spec("a", { recipe: { ...RECIPE, epochs: 3 } }),
    spec("a", { seed: 2 }),
    spec("a", { test: true }),
  ];
  await study.run(same, { executor });
  assertEquals(ran.length, 4);
  assertEquals(new Set(study.trials().map(({ label }) => label)), new Set(["search"]));
});

Deno.test("a replay recalls what is kept and numbers the rest as an unbroken run would", async () => {
  const all = ["a", "b", "c", "d", "e"].map((identity) => spec(identity));
  const unbroken = createStudy(PLAN);
  const { executor } = counting();
  await unbroken.run(all.slice(0, 3), { executor });
  await unbroken.run(all.slice(2), { executor });

  // killed when "c" had ended before "b" (begun), and nothing after it
  const store = new MemoryStore(HEAD);
  const [a, b, c] = unbroken.trials();
  store.end(a);
  store.end(c);
  store.start({ ...all[1], number: b.number, startedAt: b.startedAt });
  const resumed = new Study(store);
  const again = counting();
  await resumed.run(all.slice(0, 3), again);
  await resumed.run(all.slice(2), again);
  assertEquals(again.ran, ["b", "d", "e"]);
  assertEquals(numbers(resumed.trials()), numbers(unbroken.trials()));
  assertEquals([...resumed.started()], []);
});

Deno.test("other trials than those kept get free numbers", async () => {
  const store = new MemoryStore(HEAD);
  await new Study(store).run([spec("a"), spec("b")], counting());
  const study = new Study(store);
  await study.run([spec("x"), spec("a"), spec("y")], counting());
  assertEquals(numbers(study.trials()), { a: 0, b: 1, x: 2, y: 3 });
});

Deno.test("events tell what happens, with counts", async () => {
  using study = createStudy(PLAN);
  await study.run([spec("a")], counting());
  const metrics = { epoch: 1, trainLoss: 1, validationLoss: 1, validationAccuracy: 1, seconds: 1, images: 32 };
  const events: StudyEvent[] = [];
  await study.run([spec("a"), spec("b")], {
    executor: new InlineExecutor((job, options) => {
      options.onEpoch(metrics);
      return length(job, options);
    }),
    onEvent: (event) => events.push(event),
  });
  assertEquals(
    events.map(({ kind, trial, progress }) => [kind, trial.identity, progress.ended, progress.running, progress.total]),
    [["recalled", "a", 1, 0, 2], ["started", "b", 1, 1, 2], ["epoch", "b", 1, 1, 2], ["ended", "b", 2, 0, 2]],
  );
  assertEquals(study.trials()[1].epochs, [metrics]);
});

Deno.test("an aborted run keeps what has ended and leaves nothing of the rest", async () => {
  using study = createStudy(PLAN);
  const controller = new AbortController();
  const executor = new InlineExecutor((job, { signal }) => {
    if (job.formula === "x + " + "c") controller.abort();
    signal.throwIfAborted();
    return { kind: "diverged", fitness: 0, epoch: 1 };
  });
  const outcome = await study.run(["a", "b", "c", "d"].map((identity) => spec(identity)), {
    executor,
    signal: controller.signal,
  });
  assertEquals(outcome.kind, "aborted");
  assertEquals(numbers(outcome.trials), { a: 0, b: 1 });
  assertEquals([...study.started()], []);
  const recalled = await study.run([spec("a")], { executor, signal: controller.signal });
  assertEquals(recalled.kind, "ended");
});

Deno.test("an exception fails the trial, a UserError ends the run", async () => {
  using study = createStudy(PLAN);
  const { executor, ran } = counting((job, options) => {
    if (job.formula === "x + " + "bad") throw new TypeError("no such kernel");
    if (job.formula === "x + " + "worse") throw new UserError("no data");
    return length(job, options);
  });
  const { trials } = await study.run([spec("bad"), spec("a")], { executor });
  assertEquals(trials[0].outcome, { kind: "failed", reason: "no such kernel", attempts: 1 });
  assertEquals(trials[1].outcome.kind, "complete");
  await assertRejects(() => study.run([spec("worse"), spec("b")], { executor }), UserError, "no data");
  assertEquals(ran, ["bad", "a", "worse"]);
  assertEquals([...study.started()], []);
  await study.run([spec("b")], { executor });
  assertEquals(ran.at(-1), "b");
});

Deno.test("failed trials are kept until they are discarded; then they run again under their numbers", async () => {
  using study = createStudy(PLAN);
  let broken = true;
  const { executor, ran } = counting((job, options) => {
    if (broken && job.formula === "x + " + "b") throw new Error("no memory");
    return length(job, options);
  });
  const specs = ["a", "b", "c"].map((identity) => spec(identity));
  const kinds = async () => (await study.run(specs, { executor })).trials.map(({ outcome }) => outcome.kind);
  assertEquals(await kinds(), ["complete", "failed", "complete"]);
  assertEquals(await kinds(), ["complete", "failed", "complete"]);
  broken = false;
  assertEquals([study.discardFailed(), study.discardFailed()], [1, 0]);
  assertEquals(numbers(study.trials()), { a: 0, c: 2 });
  assertEquals(await kinds(), ["complete", "complete", "complete"]);
  assertEquals(numbers(study.trials()), { a: 0, b: 1, c: 2 });
  assertEquals(ran, ["a", "b", "c", "b"]);
});

Deno.test("an outcome that cannot be compared fails the trial", async () => {
  using study = createStudy(PLAN);
  const { executor } = counting(() => (
    { kind: "complete", fitness: Infinity, validationAccuracy: 1, validationLoss: 0 }
  ));
  const { trials: [{ outcome }] } = await study.run([spec("a")], { executor });
  assert(outcome.kind === "failed" && outcome.reason.includes("expected a finite fitness, got Infinity"));
});

Deno.test("what an event's listener throws ends the run; what has ended is kept", async () => {
  using study = createStudy(PLAN);
  const { executor, ran } = counting();
  await assertRejects(
    () =>
      study.run(["a", "b", "c", "d", "e"].map((identity) => spec(identity)), {
        executor,
        onEvent: ({ kind, trial }) => {
          if (kind === "ended" && trial.number === 1) throw new RangeError("the terminal is gone");
        },
      }),
    RangeError,
    "the terminal is gone",
  );
  assertEquals(study.trials().slice(0, 2).map(({ identity }) => identity), ["a", "b"]);
  assertEquals(ran.includes("e"), false);
  assertEquals([...study.started()], []);
});

Deno.test("runs that overlap: numbers in the order asked for, and a trial of both is run once", async () => {
  using study = createStudy(PLAN);
  const { executor, ran } = counting();
  const outcomes = await Promise.all([
    study.run([spec("a"), spec("b")], { executor }),
    study.run([spec("b"), spec("c")], { executor }),
    study.run([spec("d")], { executor }),
  ]);
  assertEquals(ran, ["a", "b", "c", "d"]);
  assertEquals(outcomes.map(({ trials }) => trials.map(({ number }) => number)), [[0, 1], [1, 2], [3]]);
});
