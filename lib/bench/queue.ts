/**
 * What a queue costs: many trials through one Redis and several workers, with drawn scores in the place of training.
 *
 * @module
 */
import process from "node:process";
import { createStudy, type Study, studyPath, type TrialSpec } from "../study/mod.ts";
import { QueueExecutor } from "../queue/mod.ts";
import { UserError } from "../user_error.ts";
import { here } from "./measure.ts";
import { truthFunctions } from "./truth_functions.ts";

const TRIALS = 10_000;
const WORKERS = 8; // processes, each with one place

/**
 * Measures trials a second, what each costs the coordinator, and the memory that it holds: in a process of its own, which
 * may reach a server on this machine.
 */
export async function measureQueue(): Promise<void> {
  const flags = ["--allow-read", "--allow-write", "--allow-env", "--allow-sys", "--allow-run", "--allow-net=127.0.0.1"];
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...flags, here("queue.ts")],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new UserError("Cannot measure the queue: expected redis-server here, as Debian's package has it");
}

async function queueCosts(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "afos-bench-" });
  const port = freePort();
  const url = `redis://127.0.0.1:${port}`;
  const server = startRedis(port, folder);
  const processes: Deno.ChildProcess[] = [];
  try {
    const executor = await openWhenReady(url);
    for (let i = 0; i < WORKERS; i++) processes.push(startWorker(url));
    while (executor.workers.length < WORKERS) await new Promise((done) => setTimeout(done, 200));
    const onDisk = { path: studyPath(folder, "bench") };
    for (const [where, place] of [["in memory", {}], ["on disk", onDisk]] as const) {
      using study = createStudy({ name: "bench", seed: 1, settings: {} }, place);
      console.log(`a study ${where}: ${await measureStudy(study, executor)}`);
    }
    await executor.close();
  } finally {
    for (const worker of processes) worker.kill("SIGKILL");
    server.kill("SIGTERM");
    await Promise.all([server, ...processes].map(({ status }) => status));
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs so many trials; what that cost, in words. */
async function measureStudy(study: Study, executor: QueueExecutor): Promise<string> {
  const memory: string[] = [];
  let ended = 0;
  const onEvent = ({ kind }: { readonly kind: string }) => {
    if (kind !== "ended" || ++ended % (TRIALS / 5) !== 0) return;
    memory.push(`${(Deno.memoryUsage().rss / 1e6).toFixed(0)} MB after ${ended}`);
  };
  const before = process.cpuUsage();
  const began = performance.now();
  await study.run(trialsOf(TRIALS), { executor, onEvent });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  return `${TRIALS} trials through a queue and ${executor.workers.length} workers: ${
    (TRIALS / seconds).toFixed(0)
  } a second, ${(1000 * seconds / TRIALS).toFixed(2)} ms each, of which the coordinator computes ` +
    `${((user + system) / 1000 / TRIALS).toFixed(2)} ms; its memory: ${memory.join(", ")}`;
}

/** Functions of three genes, each with as many seeds as it takes. */
function trialsOf(count: number): TrialSpec[] {
  const functions = truthFunctions();
  const recipe = {};
  return Array.from({ length: count }, (_, i) => {
    const { formula, identity } = functions[i % functions.length];
    return { label: "bench", formula, identity, recipe, seed: Math.floor(i / functions.length), test: false };
  });
}

async function openWhenReady(url: string): Promise<QueueExecutor> {
  for (let tries = 1;; tries++) {
    try {
      return await QueueExecutor.open({ url, study: "bench", needOf: () => ({ bench: true }) });
    } catch (error) {
      if (!(error instanceof UserError) || tries === 50) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

function startWorker(url: string): Deno.ChildProcess {
  const flags = ["--allow-read", "--allow-env", "--allow-sys", "--allow-net=127.0.0.1"];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...flags, here("queue_worker.ts"), url],
    stdin: "null",
  }).spawn();
}

function startRedis(port: number, folder: string): Deno.ChildProcess {
  return new Deno.Command("redis-server", {
    args: ["--bind", "127.0.0.1", "--port", String(port), "--dir", folder, "--appendonly", "yes", "--save", ""],
    stdout: "null",
  }).spawn();
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

if (import.meta.main) await queueCosts();
