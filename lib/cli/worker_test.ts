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

interface Worker {
  readonly process: Deno.ChildProcess;
  /** The process that trains. */
  readonly lines: AsyncGenerator<string>;
}

async function startWorker(url: string): Promise<Worker> {
  const process = start("worker", ["--queue", url, "--workers", "1", "--lease", "5"]);
  const lines = readLines(process.stderr);
  for await (const line of { [Symbol.asyncIterator]: () => ({ next: () => lines.next() }) }) {
    if (line.includes("Ctrl-C ends this worker")) break;
  }
  return { process, lines };
}

function kept(folder: string) {
  using study = openStudy(`${folder}/s.sqlite`, { access: "read" });
  return { trials: study.trials(), settings: study.head.settings };
}

redisTest(
  "a search through a queue, a worker killed in mid-trial, gives what the local pool gives",
  ({ url }) =>
    withFolder(async (folder) => {
      const alone = await start("search", [...SEARCH, "--folder", `${folder}/alone`, "--workers", "1"]).output();
      assertEquals(alone.code, 0, new TextDecoder().decode(alone.stderr));
      const [first, second] = [await startWorker(url), await startWorker(url)];
      const search = start("search", [...SEARCH, "--folder", `${folder}/queued`, "--queue", url]);
      const output = search.output();
      const { pid, formula } = await stopInMidTrial(url, `${folder}/queued`);
      Deno.kill(pid, "SIGKILL");
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
      assertEquals(got.trials.find((trial) => trial.formula === formula)?.attempts, 2);
      for (const { machine } of got.trials) assertMatch(machine!.kind, /^tensorflow /);
      for (const { process } of [first, second]) await end(process, "SIGTERM");
    }),
);

/** Stops the training of a worker that is in a trial of the search, so that it will not end it. */
async function stopInMidTrial(url: string, folder: string): Promise<{ pid: number; formula: string }> {
  const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
  const busy = async () => {
    const { workers } = await queueStatus(url);
    return workers.flatMap(({ pid, running: [trial] }) => trial ? [{ pid, ...trial }] : []);
  };
  while (!await Deno.stat(`${folder}/s.sqlite`).catch(() => undefined)) await pause(50);
  for (;; await pause(20)) {
    using study = openStudy(`${folder}/s.sqlite`, { access: "read" });
    const started = new Set(study.started().map(({ formula }) => formula));
    const found = (await busy()).find(({ formula }) => started.has(formula));
    if (!found) continue;
    const children = await childrenOf(found.pid);
    for (const child of children) Deno.kill(child, "SIGSTOP");
    await pause(2500); // the worker says what it does every two seconds
    if ((await busy()).some(({ startedAt }) => startedAt === found.startedAt)) return found;
    for (const child of children) Deno.kill(child, "SIGCONT");
  }
}

/** The processes that a process has started. */
async function childrenOf(pid: number): Promise<number[]> {
  const text = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`).catch(() => "");
  return text.split(" ").filter(Boolean).map(Number);
}

redisTest("--status shows who is there, and why trials wait", ({ url }) =>
  withFolder(async (folder) => {
    const worker = await startWorker(url);
    const search = start("search", [...SEARCH, "--folder", folder, "--queue", url, "--threads", "2"]);
    for (;;) {
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
    await end(worker.process, "SIGTERM");
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
