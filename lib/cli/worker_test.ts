import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { redisTest } from "../queue/testdata/redis_server.ts";
import { end } from "../queue/testdata/toys.ts";
import { readLines } from "../study/protocol.ts";
import { openStudy } from "../study/mod.ts";
import { repeatable, waitForEnd, withFolder } from "../study/testdata/toy.ts";
import { queueStatus, readMachine } from "../queue/mod.ts";

/** A command in a process of its own, with the permissions of its task. */
function start(command: string, args: readonly string[], { permissions = command } = {}): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", `--permission-set=${permissions}`],
      ...[new URL(`${command}.ts`, import.meta.url).href, ...args],
    ],
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
}

const SEARCH = [
  ...["--seed", "3", "--population", "5", "--generations", "2", "--train-images", "320", "--validation-images", "60"],
  ...["--image-size", "10", "--epochs", "1", "--finalists", "1", "--final-seeds", "1", "--baselines", "relu"],
  ...["--test-images", "60", "--study", "s", "--json"],
];

/** Starts a worker with one place, and waits until it is ready. */
async function startWorker(url: string, flags: readonly string[] = []): Promise<AsyncDisposable> {
  const process = start("worker", ["--queue", url, "--workers", "1", "--lease", "5", ...flags]);
  const lines = readLines(process.stderr);
  while (!String((await lines.next()).value).includes("Ctrl-C ends this worker"));
  return { [Symbol.asyncDispose]: () => end(process, "SIGTERM") };
}

function kept(folder: string) {
  using study = openStudy(`${folder}/s.sqlite`, { access: "read" });
  return { trials: study.trials(), settings: study.head.settings };
}

redisTest(
  "a search through a queue, a worker killed in mid-trial, gives what the local pool gives",
  ({ url }) =>
    withFolder(async (folder) => {
      const [network, hold] = [`${folder}/net.ts`, `${folder}/hold`];
      await Deno.writeTextFile(network, waitingNetwork(hold));
      const flags = [...SEARCH, "--network", network, "--gate", "0"];
      const alone = await start("search", [...flags, "--folder", `${folder}/alone`, "--workers", "1"]).output();
      assertEquals(alone.code, 0, new TextDecoder().decode(alone.stderr));
      await Deno.writeTextFile(hold, "");
      await using _first = await startWorker(url, ["--network", network]);
      await using _second = await startWorker(url, ["--network", network]);
      const output = start("search", [...flags, "--folder", `${folder}/queued`, "--queue", url]).output();
      const tooEarly = output.then(({ stderr }) => {
        throw new Error(`Expected a search that waits, but it ended: ${new TextDecoder().decode(stderr)}`);
      });
      const { pid, formula } = await Promise.race([workerInTrial(url, `${folder}/queued`), tooEarly]);
      tooEarly.catch(() => {});
      Deno.kill(pid, "SIGKILL");
      await Deno.remove(hold);
      const { code, stderr, stdout } = await output;
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      assertEquals(
        JSON.parse(new TextDecoder().decode(stdout)).best,
        JSON.parse(new TextDecoder().decode(alone.stdout)).best,
      );
      const [expected, got] = [kept(`${folder}/alone`), kept(`${folder}/queued`)];
      assertEquals(got.settings, expected.settings);
      const values = ({ trials }: typeof got) =>
        trials.map(repeatable).map(({ epochs, ...trial }) => ({
          ...trial,
          epochs: epochs.map(({ seconds: _, ...epoch }) => epoch),
        }));
      assertEquals(values(got), values(expected));
      const again = got.trials.filter(({ attempts }) => attempts === 2);
      assertEquals(again.map((trial) => trial.formula), [formula]);
      for (const { machine } of got.trials) assertMatch(machine!.kind, /^tensorflow /);
    }),
);

/** A network of one's own: phi, whose building waits as long as there is a file, except for measuring the pace. */
function waitingNetwork(hold: string): string {
  return `
    import { existsSync } from "node:fs";
    import { buildNetwork, catalog, format } from ${JSON.stringify(new URL("../mod.ts", import.meta.url).href)};
    const clock = new Int32Array(new SharedArrayBuffer(4));
    export function build({ activation, ...options }) {
      while (format(activation) !== format(catalog.eelu2) && existsSync(${JSON.stringify(hold)})) {
        Atomics.wait(clock, 0, 0, 50);
      }
      return buildNetwork("phi", { activation, ...options });
    }
  `;
}

/** Waits for a worker that is in a trial of the search. */
async function workerInTrial(url: string, folder: string): Promise<{ pid: number; formula: string }> {
  for (;; await new Promise((done) => setTimeout(done, 100))) {
    if (!await Deno.stat(`${folder}/s.sqlite`).catch(() => undefined)) continue;
    const { workers } = await queueStatus(url);
    const busy = workers.flatMap(({ pid, running: [trial] }) => trial ? [{ pid, formula: trial.formula }] : []);
    const found = busy.find(({ formula }) => startedIn(folder).includes(formula));
    if (found) return found;
  }
}

/** The formulas of the trials that have begun and not ended. */
function startedIn(folder: string): string[] {
  using study = openStudy(`${folder}/s.sqlite`, { access: "read" });
  return study.started().map(({ formula }) => formula);
}

redisTest("--status shows who is there, and why trials wait", ({ url }) =>
  withFolder(async (folder) => {
    const worker = await startWorker(url);
    const search = start("search", [...SEARCH, "--folder", folder, "--queue", url, "--threads", "2"]);
    let ended = false;
    search.status.then(() => ended = true);
    while (!ended) {
      const { queues, workers } = await queueStatus(url);
      if (queues.length > 0 && Object.keys(workers[0]?.refusals ?? {}).length > 0) break;
      await new Promise((done) => setTimeout(done, 50));
    }
    const status = await start("worker", ["--queue", url, "--status"]).output();
    const text = new TextDecoder().decode(status.stdout);
    assertEquals(status.code, 0, new TextDecoder().decode(status.stderr));
    assertStringIncludes(text, `${folder}/s.sqlite`);
    assertStringIncludes(text, "they need threads of one operation (--threads) to be 2, here it is 1");
    const { workers: [entry] } = await queueStatus(url);
    assert(readMachine(entry.machine));
    await end(search, "SIGTERM");
    await worker[Symbol.asyncDispose]();
    await waitForEnd(entry.pid);
    assertEquals((await queueStatus(url)).workers, []);
  }));

const REFUSED: readonly { command: string; args: string[]; code: number; says: string }[] = [
  { command: "worker", args: [], code: 2, says: "expected --queue redis://HOST" },
  { command: "worker", args: ["--queue", "http://x"], code: 1, says: "expected redis://HOST:PORT" },
  {
    command: "worker",
    args: ["--queue", "redis://127.0.0.1:1", "--status"],
    code: 1,
    says: "Cannot reach redis://127.0.0.1:1",
  },
  { command: "search", args: ["--queue", "redis://127.0.0.1:1", "--workers", "2"], code: 2, says: "got both" },
  { command: "search", args: ["--machines", "any"], code: 2, says: "Expected --machines with --queue" },
];

for (const { command, args, code, says } of REFUSED) {
  Deno.test(`refused: ${command} ${args.join(" ")}`, async () => {
    const output = await start(command, args).output();
    const error = new TextDecoder().decode(output.stderr);
    assertStringIncludes(error, says);
    assertEquals([output.code, error.trim().split("\n").length], [code, 1], error);
  });
}
