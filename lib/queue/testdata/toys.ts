/**
 * What the tests of queues share: a scorer in the place of training, and workers.
 *
 * @module
 */
import { random } from "../../random.ts";
import { InlineExecutor, type RunTrial, type TrialSpec } from "../../study/mod.ts";
import { spec } from "../../study/testdata/toy.ts";
import { QueueExecutor, type QueueExecutorOptions } from "../queue_executor.ts";
import { QueueWorker, type QueueWorkerOptions } from "../queue_worker.ts";

/** Scores a function by a number drawn from its formula and seed. */
export const score: RunTrial = ({ formula, seed }) => {
  const rng = random(seed).split(formula);
  const [fitness, validationAccuracy, validationLoss] = [rng.next(), rng.next(), rng.next()];
  return { kind: "complete", fitness, validationAccuracy, validationLoss };
};

/** A coordinator whose trials every worker can run. */
export function coordinator(url: string, options: Partial<QueueExecutorOptions> = {}): Promise<QueueExecutor> {
  return QueueExecutor.open({ url, study: "toy", needOf: () => ({ toy: 1 }), ...options });
}

/** A worker in this process, until it is disposed of. */
export function worker(
  url: string,
  options: Partial<QueueWorkerOptions> = {},
): AsyncDisposable & { readonly done: Promise<void> } {
  const stop = new AbortController();
  const queueWorker = new QueueWorker({
    url,
    executor: new InlineExecutor(score),
    machine: { toy: 1 },
    kind: "toy",
    refusal: () => undefined,
    ...options,
  });
  const done = queueWorker.run({ signal: stop.signal });
  done.catch(() => {}); // told to who waits
  return {
    done,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await done.catch(() => {});
    },
  };
}

/** Trials to ask for. */
export function toySpecs(count: number, recipe: { readonly milliseconds?: number } = {}): TrialSpec[] {
  return Array.from({ length: count }, (_, i) => spec(String(i), { recipe }));
}

/** A script of this folder as a process of its own. */
export function start(script: string, args: readonly (string | number)[]): Deno.ChildProcess {
  const permissions = ["read", "write", "env", "sys", "net=127.0.0.1", "run"].map((name) => `--allow-${name}`);
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...permissions, new URL(script, import.meta.url).href, ...args.map(String)],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** Ends a process and waits until it is gone. */
export async function end(process: Deno.ChildProcess, signal: Deno.Signal = "SIGKILL"): Promise<void> {
  try {
    process.kill(signal);
  } catch {
    // it was faster
  }
  if (!process.stdout.locked) await process.stdout.cancel();
  await process.status;
}
