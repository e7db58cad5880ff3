/**
 * What a pool and its workers say to each other over a worker's standard input and output, one JSON text a line, and the
 * worker's side of it.
 *
 * Each line begins with the record separator U+001E (RFC 7464, "JSON text sequences"), so that what native libraries
 * print on standard output between the messages is told apart. NaN and the infinities, which JSON lacks, survive.
 *
 * @module
 */
import { machineFault } from "../machine_fault.ts";
import { UserError } from "../user_error.ts";
import type { RunTrial } from "./executor.ts";
import { decodeJson, encodeJson } from "./json.ts";
import { checkOutcome, type TrialJob } from "./trial.ts";
import type { Epoch, Outcome } from "../training/mod.ts";

/** A message to a worker. `init` comes first and once. */
export type ToWorker =
  | { readonly kind: "init"; readonly init: unknown }
  | { readonly kind: "job"; readonly id: number; readonly job: TrialJob }
  | { readonly kind: "cancel"; readonly id: number };

/** A message from a worker. `ready` or `refused` comes first; `id` names the job. */
export type FromWorker =
  | { readonly kind: "ready"; readonly info: unknown }
  /** No trial can be run: what the user can do about it. */
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "epoch"; readonly id: number; readonly metrics: Epoch }
  | { readonly kind: "ended"; readonly id: number; readonly outcome: Outcome }
  | { readonly kind: "cancelled"; readonly id: number }
  | { readonly kind: "failed"; readonly id: number; readonly reason: string };

const SEPARATOR = "\x1e";

/** One message as a line of UTF-8. */
export function encodeMessage(message: ToWorker | FromWorker): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${SEPARATOR}${encodeJson(message)}\n`);
}

/** The lines of a stream of UTF-8, the last one also without a line feed. */
export async function* readLines(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** The messages of a stream. What is no message is given to `onNoise`, by lines. */
export async function* readMessages<M extends ToWorker | FromWorker>(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  { onNoise }: { readonly onNoise: (line: string) => void },
): AsyncGenerator<M> {
  for await (const line of readLines(stream)) {
    const start = line.lastIndexOf(SEPARATOR);
    const noise = start < 0 ? line : line.slice(0, start);
    if (noise !== "") onNoise(noise);
    if (start < 0) continue;
    let message: M;
    try {
      message = decodeJson(line.slice(start + 1)) as M;
    } catch {
      onNoise(line);
      continue;
    }
    yield message;
  }
}

/** What a worker does. */
export interface WorkerProgram<R = unknown> {
  /**
   * Loads what every job needs, once. It gets the pool's `init` and returns what the pool's `start` shall tell. What
   * it throws is told to the user, and no job is run.
   */
  readonly prepare: (init: unknown) => unknown;
  /** Scores one trial. It lets the event loop turn (a timer, not only a promise) at least once a second. */
  readonly run: RunTrial<R>;
}

/**
 * Serves jobs, one at a time, until the process ends. That is when its standard input ends: its parent has closed it or
 * is gone, however it died. An interrupt from the terminal is ignored: the parent decides.
 */
export async function serve<R>({ prepare, run }: WorkerProgram<R>): Promise<never> {
  keepOutputClean();
  Deno.addSignalListener("SIGINT", () => {});
  const running = new Map<number, AbortController>();

  async function runJob(id: number, job: TrialJob): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const onEpoch = (metrics: Epoch) => send({ kind: "epoch", id, metrics });
      const outcome = checkOutcome(await run(job as TrialJob<R>, { onEpoch, signal: controller.signal }));
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
