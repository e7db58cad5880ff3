/**
 * The child's side of the pool: takes jobs from standard input, answers on standard output, one job at a time. It does
 * not know what a job does; the worker's module says so.
 *
 * The process ends when its standard input does, that is, when its parent closes it or is gone, however it died. It
 * ignores an interrupt from the terminal: the parent decides. Both need a job that lets the event loop turn.
 *
 * @module
 */
import { encodeMessage, type FromWorker, readMessages, type ToWorker } from "./protocol.ts";
import { checkOutcome, type EpochMetrics, type TrainedOutcome, type TrialJob } from "./trial.ts";
import { machineFault } from "../machine_fault.ts";
import { UserError } from "../user_error.ts";

/** What a worker does. */
export interface WorkerProgram {
  /**
   * Loads what every job needs, once. It gets the pool's `init` and returns what the pool's `start` shall tell. What
   * it throws is told to the user, and no job is run.
   */
  readonly prepare: (init: unknown) => unknown;
  /**
   * Scores one trial. It lets the event loop turn (a timer, not only a promise) at least once a second, and throws
   * soon after `signal` is aborted. A UserError or a fault of the machine that it throws ends the whole run; any other
   * error fails the attempt.
   */
  readonly run: (
    job: TrialJob,
    options: { readonly onEpoch: (metrics: EpochMetrics) => void; readonly signal: AbortSignal },
  ) => TrainedOutcome | Promise<TrainedOutcome>;
}

/** Serves jobs until the process ends. */
export async function serve({ prepare, run }: WorkerProgram): Promise<never> {
  keepOutputClean();
  Deno.addSignalListener("SIGINT", () => {});
  const running = new Map<number, AbortController>();

  async function runJob(id: number, job: TrialJob): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const onEpoch = (metrics: EpochMetrics) => send({ kind: "epoch", id, metrics });
      const outcome = checkOutcome(await run(job, { onEpoch, signal: controller.signal }));
      send({ kind: "ended", id, outcome });
    } catch (error) {
      const fault = machineFault(error);
      if (controller.signal.aborted) send({ kind: "cancelled", id });
      else if (fault) send({ kind: "refused", message: fault.message });
      else send({ kind: "failed", id, reason: describe(error) });
    } finally {
      running.delete(id);
    }
  }

  async function init(value: unknown): Promise<void> {
    try {
      send({ kind: "ready", info: await prepare(value) ?? null });
    } catch (error) {
      send({ kind: "refused", message: error instanceof UserError ? error.message : describe(error) });
    }
  }

  for await (const message of readMessages<ToWorker>(Deno.stdin.readable, { onNoise: console.error })) {
    if (message.kind === "init") init(message.init);
    else if (message.kind === "job") runJob(message.id, message.job);
    else running.get(message.id)?.abort();
  }
  return Deno.exit(0);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

/** Writes a message in whole: a pipe may take less at once. */
function send(message: FromWorker): void {
  let bytes = encodeMessage(message);
  while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
}

/** Standard output is for messages: what is printed goes to standard error. */
function keepOutputClean(): void {
  console.log =
    console.info =
    console.debug =
    console.dir =
    console.table =
      console.error;
}
