/** What coordinators, workers and servers that die leave behind: every trial once, none lost. */
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { createStudy, InlineExecutor, openStudy, resumeStudy, type Trial } from "../study/mod.ts";
import { readLines } from "../study/protocol.ts";
import { SqliteStore } from "../study/sqlite_store.ts";
import { Study } from "../study/study.ts";
import { repeatable, spec, withFolder } from "../study/testdata/toy.ts";
import { UserError } from "../user_error.ts";
import { connectRedis } from "./redis.ts";
import { redisTest } from "./testdata/redis_server.ts";
import { coordinator, end, score, start, toySpecs, worker } from "./testdata/toys.ts";

const LEASE = 2; // seconds

async function expected(specs: ReturnType<typeof toySpecs>): Promise<unknown[]> {
  using study = createStudy({ name: "alone", seed: 1, settings: {} });
  const { trials } = await study.run(specs, { executor: new InlineExecutor(score) });
  return trials.map(repeatable);
}

function kept(path: string): unknown[] {
  using study = openStudy(path, { access: "read" });
  return study.trials().map(repeatable);
}

/** The formulas that workers have begun, with the process that did. */
async function begun(file: string): Promise<{ pid: number; formula: string }[]> {
  const text = await Deno.readTextFile(file).catch(() => "");
  return text.split("\n").filter(Boolean).map((line) => {
    const [pid, ...formula] = line.split(" ");
    return { pid: Number(pid), formula: formula.join(" ") };
  });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!await condition()) await new Promise((done) => setTimeout(done, 30));
}

redisTest("a worker killed in mid-trial: its trial goes to another", ({ url }) =>
  withFolder(async (folder) => {
    const file = `${folder}/begun`;
    const specs = toySpecs(12, { milliseconds: 200 });
    const [first, second] = [start("toy_worker.ts", [url, file, LEASE]), start("toy_worker.ts", [url, file, LEASE])];
    await using executor = await coordinator(url);
    using study = createStudy({ name: "s", seed: 1, settings: {} });
    const run = study.run(specs, { executor });
    await until(async () => (await begun(file)).some(({ pid }) => pid === first.pid));
    await end(first);
    const { trials } = await run;
    assertEquals(trials.map(repeatable), await expected(specs));
    const [lost] = (await begun(file)).filter(({ pid }) => pid === first.pid).slice(-1);
    assertEquals((await begun(file)).filter(({ formula }) => formula === lost.formula).length, 2);
    assertEquals(trials.find(({ formula }) => formula === lost.formula)?.attempts, 2);
    await end(second);
  }));

redisTest("all workers gone for a while", ({ url }) =>
  withFolder(async (folder) => {
    const file = `${folder}/begun`;
    const specs = toySpecs(10, { milliseconds: 100 });
    const first = start("toy_worker.ts", [url, file, LEASE]);
    await using executor = await coordinator(url);
    using study = createStudy({ name: "s", seed: 1, settings: {} });
    const run = study.run(specs, { executor });
    await until(async () => (await begun(file)).length >= 3);
    await end(first);
    const known = study.trials().length;
    assert(known < specs.length);
    await new Promise((done) => setTimeout(done, 500));
    assertEquals(study.trials().length, known);
    const second = start("toy_worker.ts", [url, file, LEASE]);
    assertEquals((await run).trials.map(repeatable), await expected(specs));
    await end(second);
  }));

redisTest("a worker told to stop gives its trial back", ({ url }) =>
  withFolder(async (folder) => {
    const file = `${folder}/begun`;
    const slow = [spec("a", { recipe: { milliseconds: 3000 } })];
    const first = start("toy_worker.ts", [url, file, 600]); // a lease that does not end
    await using executor = await coordinator(url);
    using study = createStudy({ name: "s", seed: 1, settings: {} });
    const run = study.run(slow, { executor });
    await until(async () => (await begun(file)).length === 1);
    await end(first, "SIGTERM");
    const second = start("toy_worker.ts", [url, file, 600]);
    assertEquals((await run).trials.map(repeatable), await expected(slow));
    assertEquals((await begun(file)).length, 2);
    await end(second);
  }));

redisTest(
  "a coordinator killed and resumed finds what was trained meanwhile",
  ({ url }) =>
    withFolder(async (folder) => {
      const [file, path] = [`${folder}/begun`, `${folder}/s.sqlite`];
      const workers = [start("toy_worker.ts", [url, file, 60]), start("toy_worker.ts", [url, file, 60])];
      const args = [url, path, 16, 100];
      const first = start("toy_coordinator.ts", args);
      const lines = readLines(first.stdout);
      for (let i = 0; i < 4; i++) await lines.next();
      await end(first);
      await lines.return(undefined);
      await until(async () => (await begun(file)).length === 16); // the workers go on
      const known = kept(path).length;
      assert(known < 16);
      const second = start("toy_coordinator.ts", args);
      assertEquals((await second.output()).code, 0);
      assertEquals(kept(path), await expected(toySpecs(16, { milliseconds: 100 })));
      assertEquals((await begun(file)).length, 16); // each was trained once
      for (const process of workers) await end(process);
    }),
);

redisTest("a server killed and started again", (server) =>
  withFolder(async (folder) => {
    const [file, said] = [`${folder}/begun`, [] as string[]];
    const specs = toySpecs(14, { milliseconds: 100 });
    const workers = [start("toy_worker.ts", [server.url, file, 60]), start("toy_worker.ts", [server.url, file, 60])];
    await using executor = await coordinator(server.url, { log: (line) => said.push(line) });
    using study = createStudy({ name: "s", seed: 1, settings: {} });
    const run = study.run(specs, { executor });
    await until(async () => (await begun(file)).length >= 4);
    await server.kill();
    await until(() => Promise.resolve(said.length > 0));
    await server.resume();
    assertEquals((await run).trials.map(repeatable), await expected(specs));
    assertEquals(said.map((line) => line.replace(server.url, "it")), [
      "it is gone: waiting for it to come back",
      "it is back",
    ]);
    for (const process of workers) await end(process);
  }));

redisTest("a server that has lost everything is told again", (server) =>
  withFolder(async (folder) => {
    const specs = toySpecs(5);
    await using executor = await coordinator(server.url);
    using study = createStudy({ name: "s", seed: 1, settings: {} });
    const run = study.run(specs, { executor });
    const redis = await connectRedis(server.url);
    await until(async () => (await redis.keys("afos:*:t*")).length === specs.length);
    redis.disconnect();
    await server.kill();
    for await (const { name } of Deno.readDir(server.folder)) {
      await Deno.remove(`${server.folder}/${name}`, { recursive: true });
    }
    await server.resume();
    const process = start("toy_worker.ts", [server.url, `${folder}/begun`, LEASE]);
    assertEquals((await run).trials.map(repeatable), await expected(specs));
    await end(process);
  }));

redisTest(
  "a function that kills its worker each time has failed after three",
  ({ url }) =>
    withFolder(async (folder) => {
      const file = `${folder}/begun`;
      let running: Deno.ChildProcess | undefined;
      let stopped = false;
      const supervisor = (async () => { // as a batch system starts workers again
        while (!stopped) {
          running = start("toy_worker.ts", [url, file, LEASE]);
          await running.stdout.cancel();
          await running.status;
        }
      })();
      await using executor = await coordinator(url);
      using study = createStudy({ name: "s", seed: 1, settings: {} });
      const { trials } = await study.run([spec("p", { formula: "poison" }), ...toySpecs(3)], { executor });
      stopped = true;
      await end(running!);
      await supervisor;
      assertEquals(trials.map(({ outcome }) => outcome.kind), ["failed", "complete", "complete", "complete"]);
      const [{ outcome, attempts }] = trials;
      assert(outcome.kind === "failed");
      assertStringIncludes(outcome.reason, "The worker was lost 3 times");
      assertEquals([attempts, (await begun(file)).filter(({ formula }) => formula === "poison").length], [3, 3]);
    }),
);

redisTest(
  "a study whose disk is full goes on when there is room",
  ({ url }) =>
    withFolder(async (folder) => {
      const [file, path] = [`${folder}/begun`, `${folder}/s.sqlite`];
      const specs = toySpecs(40, { milliseconds: 1 });
      const process = start("toy_worker.ts", [url, file, 60]);
      resumeStudy({ name: "s", seed: 1, settings: {} }, { path }).close();
      {
        await using executor = await coordinator(url, { study: path });
        using study = new Study(SqliteStore.open(path, { access: "write", maximumPages: 10 }));
        await assertRejects(() => study.run(specs, { executor }), UserError, "Cannot write study");
      }
      const before = kept(path).length;
      assert(before < specs.length);
      await using executor = await coordinator(url, { study: path });
      using study = resumeStudy({ name: "s", seed: 1, settings: {} }, { path });
      const { trials } = await study.run(specs, { executor });
      assertEquals(trials.map(repeatable), await expected(specs));
      await end(process);
    }),
);

redisTest(
  "a second coordinator of the same study is refused, and the first one goes on",
  ({ url }) =>
    withFolder(async (folder) => {
      const [file, path] = [`${folder}/begun`, `${folder}/s.sqlite`];
      const args = [url, path, 8, 100];
      const process = start("toy_worker.ts", [url, file, LEASE]);
      const first = start("toy_coordinator.ts", args);
      const lines = readLines(first.stdout);
      await lines.next();
      const second = await start("toy_coordinator.ts", args).output();
      assertEquals(second.code, 1);
      for await (const _ of lines);
      assertEquals((await first.status).code, 0);
      assertEquals(kept(path), await expected(toySpecs(8, { milliseconds: 100 })));
      assertEquals((await begun(file)).length, 8);
      await end(process);
    }),
);

redisTest("fifty workers that join at once", async ({ url }) => {
  const specs = toySpecs(1000);
  const workers = Array.from({ length: 50 }, () => worker(url));
  await using executor = await coordinator(url);
  using study = createStudy({ name: "s", seed: 1, settings: {} });
  const { trials } = await study.run(specs, { executor });
  assertEquals(executor.capacity, 50);
  assertEquals(trials.map(repeatable), await expected(specs));
  for (const each of workers) await each[Symbol.asyncDispose]();
});

redisTest("trials that are cancelled leave the queue, and their worker takes others", async ({ url }) => {
  const begun: string[] = [];
  const aborted = Promise.withResolvers<void>();
  await using _worker = worker(url, {
    executor: new InlineExecutor(async (job, options) => {
      begun.push(job.formula);
      if (job.formula !== "x + 0") return await score(job, options);
      return await new Promise((_, reject) =>
        options.signal.addEventListener("abort", () => {
          aborted.resolve();
          reject(options.signal.reason);
        })
      );
    }),
  });
  await using executor = await coordinator(url);
  const controller = new AbortController();
  const runs = toySpecs(5).map(({ formula, recipe, seed, test }) =>
    executor.run({ formula, recipe, seed, test }, { signal: controller.signal, onStart: () => controller.abort() })
  );
  assertEquals(await Promise.all(runs), runs.map(() => ({ kind: "cancelled" })));
  await aborted.promise;
  const execution = await executor.run({ formula: "y", recipe: {}, seed: 1, test: false });
  assertEquals(execution.kind, "ended");
  assertEquals(begun, ["x + 0", "y"]);
});

redisTest(
  "a machine's fault is no result: another worker gets the trial, and the third such fault ends the run",
  async ({ url }) => {
    const broken = () =>
      worker(url, {
        executor: new InlineExecutor(() => {
          throw new UserError("the disk is full");
        }),
      });
    const specs = toySpecs(1);
    await using executor = await coordinator(url);
    using study = createStudy({ name: "s", seed: 1, settings: {} });
    {
      await using bad = broken();
      const run = study.run(specs, { executor });
      await assertRejects(() => bad.done, UserError, "the disk is full");
      await using _good = worker(url);
      assertEquals((await run).trials.map(repeatable), await expected(specs));
    }
    const others = toySpecs(2).slice(1);
    const run = study.run(others, { executor });
    run.catch(() => {});
    for (let i = 0; i < 3; i++) {
      await using bad = broken();
      await assertRejects(() => bad.done, UserError, "the disk is full");
    }
    await assertRejects(() => run, UserError, "Cannot train x + 1 on 3 workers, the last one: the disk is full");
    assertEquals(study.started(), []);
    await using _good = worker(url);
    const { trials } = await study.run(others, { executor });
    assertEquals(trials.map(({ outcome }: Trial) => outcome.kind), ["complete"]);
  },
);
