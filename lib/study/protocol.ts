/**
 * What a pool and its workers say to each other over a worker's standard input and output, one JSON text a line. It
 * does not know who reads and who writes.
 *
 * Each line begins with the record separator U+001E (RFC 7464, "JSON text sequences"), so that what native libraries
 * print on standard output between the messages is told apart. NaN and the infinities, which JSON lacks, survive.
 *
 * @module
 */
import type { EpochMetrics, TrainedOutcome, TrialJob } from "./trial.ts";

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
  | { readonly kind: "epoch"; readonly id: number; readonly metrics: EpochMetrics }
  | { readonly kind: "ended"; readonly id: number; readonly outcome: TrainedOutcome }
  | { readonly kind: "cancelled"; readonly id: number }
  | { readonly kind: "failed"; readonly id: number; readonly reason: string };

const SEPARATOR = "\x1e";
const NUMBER = "$number";

/** One message as a line of UTF-8. */
export function encodeMessage(message: ToWorker | FromWorker): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(
    message,
    (_, value) => typeof value === "number" && !Number.isFinite(value) ? { [NUMBER]: String(value) } : value,
  );
  return new TextEncoder().encode(`${SEPARATOR}${text}\n`);
}

function decode(text: string): unknown {
  return JSON.parse(
    text,
    (_, value) => typeof value?.[NUMBER] === "string" ? Number(value[NUMBER]) : value,
  );
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
      message = decode(line.slice(start + 1)) as M;
    } catch {
      onNoise(line);
      continue;
    }
    yield message;
  }
}
