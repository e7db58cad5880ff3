import { assertEquals } from "@std/assert";
import type { FromWorker } from "./protocol.ts";
import { job, RECIPE } from "./testdata/toy.ts";
import { type WorkerCommand, WorkerProcess } from "./worker_process.ts";

const TOY: WorkerCommand = { module: new URL("testdata/toy_worker.ts", import.meta.url), flags: [] };

/** Starts a worker, hands it to `act` with each message, and gives what it said and how it ended. */
async function watch(command: WorkerCommand, act: (worker: WorkerProcess, message: FromWorker) => void) {
  const messages: FromWorker[] = [];
  const exits: { reason: string; killed: boolean }[] = [];
  const worker: WorkerProcess = new WorkerProcess(command, {
    onMessage: (message) => {
      messages.push(message);
      act(worker, message);
    },
    onExit: (reason, { killed }) => exits.push({ reason, killed }),
  });
  const { pid } = worker;
  await worker.exited;
  worker.send({ kind: "cancel", id: 1 }); // to a process that is gone: nothing happens
  worker.kill();
  assertEquals(exits.length, 1);
  return { messages, exit: exits[0], pid };
}

const run = (formula: string) => (worker: WorkerProcess, { kind }: FromWorker) => {
  if (kind === "ready") worker.send({ kind: "job", id: 1, job: job(formula, RECIPE) });
  else if (kind !== "epoch") worker.endInput();
};

Deno.test("a worker says what it is, runs a job, and ends by itself when its input ends", async () => {
  const { messages, exit, pid } = await watch(TOY, run("x"));
  assertEquals(messages.map(({ kind }) => kind), ["ready", "epoch", "epoch", "ended"]);
  assertEquals(messages[0], { kind: "ready", info: { pid } });
  assertEquals(exit, { reason: "the worker ended with code 0\npreparing", killed: false });
});

/** How a worker ends, told with its last words; only the machine's doing counts as killed. */
for (
  const { formula, reason, killed } of [
    { formula: "exit", reason: "the worker ended with code 3\npreparing\nthe last words", killed: false },
    {
      formula: "bad_alloc",
      reason:
        "the worker ended with code 134\npreparing\nterminate called after throwing an instance of 'std::bad_alloc'",
      killed: true,
    },
  ]
) {
  Deno.test(`the end of a worker is told: ${formula}`, async () => {
    assertEquals((await watch(TOY, run(formula))).exit, { reason, killed });
  });
}

Deno.test("a worker that is killed was ended by a signal", async () => {
  const { exit } = await watch(TOY, (worker) => worker.kill());
  assertEquals(exit, { reason: "the worker was ended by SIGKILL\npreparing", killed: true });
});

Deno.test("of what it printed the last 20 lines are kept", async () => {
  const die = Array.from({ length: 30 }, (_, i) => `line ${i}`).join("\n");
  const { messages, exit } = await watch({ ...TOY, init: { die } }, () => {});
  assertEquals(messages, []);
  assertEquals(exit.reason.split("\n"), ["the worker ended with code 9", ...die.split("\n").slice(-20)]);
});
