/**
 * Downloads a file whose contents are known over HTTP: from the first mirror that gives it, going on where an earlier
 * download broke off, verified, and moved into place when it is whole.
 *
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import { sha256 } from "../../engine/mod.ts";
import { UserError } from "../../user_error.ts";
import type { SourceFile } from "./source_files.ts";
import { writeAll } from "./write_all.ts";

/** What can go wrong with a URL. */
export type DownloadProblem =
  /** No such host, a refused connection, or no answer in time. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** An answer that is not the file, such as 404; `retryAfter` are milliseconds that the server wants to be left alone. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfter?: number }
  /** A page for a browser instead of the file, as a network gives where one must log in. */
  | { readonly kind: "page" }
  /** The connection broke in the middle, more often than it is taken up again. */
  | { readonly kind: "broken"; readonly bytes: number; readonly expected: number }
  /** Another number of bytes than the file has. */
  | { readonly kind: "size"; readonly bytes: number; readonly expected: number }
  /** The right number of bytes, but not the right ones. */
  | { readonly kind: "checksum"; readonly sha256: string; readonly expected: string };

/** Why a URL gave no file. */
export type DownloadFailure = DownloadProblem & { readonly url: string };

/** Every URL failed. */
export class DownloadError extends UserError {
  /** `failures` has one for each URL, in their order. */
  constructor(name: string, readonly failures: readonly DownloadFailure[]) {
    super(`${name} could not be downloaded: ${failures.map(describeFailure).join("; ")}`);
  }
}

function describeFailure(failure: DownloadFailure): string {
  const { url } = failure;
  switch (failure.kind) {
    case "unreachable":
      return `${url} is unreachable (${failure.reason})`;
    case "status":
      return `${url} answered with status ${failure.status}${failure.status === 404 ? " (not found)" : ""}`;
    case "page":
      return `${url} gave a web page instead of the file (does the network want you to log in?)`;
    case "broken":
      return `${url} broke off at ${failure.bytes} of ${failure.expected} bytes`;
    case "size":
      return `${url} gave another file: expected ${failure.expected} bytes, got ${failure.bytes}`;
    case "checksum":
      return `${url} gave a damaged file: expected SHA-256 ${failure.expected}, got ${failure.sha256}`;
  }
}

/** How long a download waits, and how often it tries. */
export interface DownloadLimits {
  /** Milliseconds until a server must have answered (default: 5,000). */
  readonly connectTimeout?: number;
  /** Milliseconds without a byte after which a connection counts as broken (default: 30,000). */
  readonly stallTimeout?: number;
  /** How often in a row, without a byte that comes, a download is taken up again at each URL (default: 5). */
  readonly retries?: number;
  /** Milliseconds before it is taken up again, doubled each time in a row, up to a minute (default: 1,000). */
  readonly retryDelay?: number;
}

/** Options of {@linkcode download}. */
export interface DownloadOptions extends DownloadLimits {
  readonly file: SourceFile;
  /** The folder where the file appears under its name, and `NAME.partial` meanwhile. */
  readonly folder: string;
  /** Called with the number of bytes that are there, with those of an earlier download. */
  readonly onProgress?: (bytes: number) => void;
  /** Called with why a download broke off and when it is taken up again, before it waits. */
  readonly onWait?: (text: string) => void;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

const LONGEST_DELAY = 60_000; // ms

/**
 * Downloads a file from the first of the URLs that gives it. What has come when a connection breaks, the process is
 * killed or the signal is aborted stays in `NAME.partial`, and the next download goes on from there, by HTTP range.
 * Throws a DownloadError where no URL gives the file, and the signal's reason where it is aborted.
 */
export async function download(urls: readonly string[], options: DownloadOptions): Promise<void> {
  const path = `${options.folder}/${options.file.name}`;
  const failures: DownloadFailure[] = [];
  for (const url of urls) {
    const failure = await persist(url, options);
    if (failure === undefined) return await Deno.rename(`${path}.partial`, path);
    failures.push(failure);
  }
  throw new DownloadError(options.file.name, failures);
}

/** Tries a URL until the partial file is whole, or it is no use to go on; then it says why. */
async function persist(url: string, options: DownloadOptions): Promise<DownloadFailure | undefined> {
  const { retries = 5, retryDelay = 1_000, onWait, signal } = options;
  let given = false; // whether this URL has given bytes
  for (let retry = 0;; retry++) {
    const { failure, advanced } = await attempt(url, options);
    if (failure === undefined) return undefined;
    if (advanced) [given, retry] = [true, 0];
    if (retry >= retries || !mayPass(failure, { given })) return failure;
    const asked = failure.kind === "status" ? failure.retryAfter ?? 0 : 0;
    const delay = Math.min(LONGEST_DELAY, Math.max(asked, retryDelay * 2 ** retry));
    onWait?.(`${describeFailure(failure)}: trying again in ${delay / 1_000} s`);
    await sleep(delay, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}

/** Whether a failure may pass by itself; that of a server that has given bytes may be one of the network alone. */
function mayPass(failure: DownloadFailure, { given }: { given: boolean }): boolean {
  if (failure.kind === "status") return failure.status === 408 || failure.status === 429 || failure.status >= 500;
  return failure.kind === "broken" || (given && failure.kind !== "checksum");
}

interface Attempt {
  /** Undefined when the partial file is whole. */
  readonly failure?: DownloadFailure;
  /** Whether there are more bytes of it than before. */
  readonly advanced: boolean;
}

/** Fetches what is missing of the partial file; begins anew, once, where what was there is to blame for the failure. */
async function attempt(url: string, options: DownloadOptions): Promise<Attempt> {
  const { file, folder } = options;
  const partial = `${folder}/${file.name}.partial`;
  let before = await sizeOf(partial);
  if (before > file.bytes) before = await remove(partial);
  const failed = before < file.bytes ? await request(url, { partial, from: before, options }) : undefined;
  const after = await sizeOf(partial);
  const failure = failed ?? await damage(partial, { url, file });
  const useless = failed === undefined ? failure !== undefined : failed.kind === "status" && failed.status === 416;
  if (useless || after === 0) await remove(partial);
  return useless && before > 0 ? await attempt(url, options) : { failure, advanced: after > before };
}

async function sizeOf(path: string): Promise<number> {
  return (await Deno.stat(path).catch(() => undefined))?.size ?? 0;
}

async function remove(path: string): Promise<0> {
  await Deno.remove(path).catch(() => {});
  return 0;
}

async function damage(
  path: string,
  { url, file }: { url: string; file: SourceFile },
): Promise<DownloadFailure | undefined> {
  const found = await sha256(path);
  return found === file.sha256 ? undefined : { url, kind: "checksum", sha256: found, expected: file.sha256 };
}

interface Request {
  /** The path of the partial file, and its bytes. */
  readonly partial: string;
  readonly from: number;
  readonly options: DownloadOptions;
}

/** Fetches the bytes that are missing; undefined when all are there. What can't be the file leaves the partial one. */
async function request(url: string, { partial, from, options }: Request): Promise<DownloadFailure | undefined> {
  const { file, connectTimeout = 5_000, signal } = options;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error(`no answer in ${connectTimeout / 1000} s`)), connectTimeout);
  let response: Response;
  try {
    const headers = { "accept-encoding": "identity", ...from > 0 && { range: `bytes=${from}-` } };
    response = await fetch(url, { headers, signal: AbortSignal.any([stop.signal, ...signal ? [signal] : []]) });
  } catch (error) {
    signal?.throwIfAborted();
    return { url, kind: "unreachable", reason: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
  const problem = refusal(response, { from, expected: file.bytes });
  if (problem !== undefined || response.body === null) {
    await response.body?.cancel();
    return { url, ...problem ?? { kind: "size", bytes: 0, expected: file.bytes } };
  }
  const answer = { url, body: response.body, stop, options };
  if (response.status === 206 || from === 0) return await receive(answer, { path: partial, from });
  // the whole file though its end was asked for: it takes the partial one's place only if it is whole
  const second = `${partial}.new`;
  try {
    const failure = await receive(answer, { path: second, from: 0 }) ?? await damage(second, { url, file });
    if (failure === undefined) await Deno.rename(second, partial);
    return failure;
  } finally {
    await remove(second);
  }
}

/** What the innermost cause says behind "error sending request for url (…): client error (Connect): ". */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.cause !== undefined) return reasonOf(error.cause);
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^error sending request.*?\): /s, "").replace(/^client error \(\w+\): /, "");
}

/** What is wrong with an answer before its body is read. */
function refusal(
  { status, headers }: Response,
  { from, expected }: { from: number; expected: number },
): DownloadProblem | undefined {
  if (status === 206) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "") ?? [];
    if (Number(start) !== from) return { kind: "status", status: 416 };
    return total === "*" || Number(total) === expected ? undefined : { kind: "size", bytes: Number(total), expected };
  }
  if (status !== 200) {
    const seconds = headers.get("retry-after") ?? "";
    return { kind: "status", status, .../^\d+$/.test(seconds) && { retryAfter: 1_000 * Number(seconds) } };
  }
  const length = headers.get("content-length");
  if (length !== null && Number(length) !== expected) return { kind: "size", bytes: Number(length), expected };
  return headers.get("content-type")?.startsWith("text/html") ? { kind: "page" } : undefined;
}

interface Answer {
  readonly url: string;
  readonly body: ReadableStream<Uint8Array>;
  /** Breaks the connection. */
  readonly stop: AbortController;
  readonly options: DownloadOptions;
}

/** Writes an answer's body behind the first `from` bytes of a file, up to the size that the file must have. */
async function receive(
  { url, body, stop, options }: Answer,
  { path, from }: { path: string; from: number },
): Promise<DownloadFailure | undefined> {
  const { file: { bytes: expected }, onProgress, signal, stallTimeout = 30_000 } = options;
  using target = await Deno.open(path, { create: true, write: true, append: from > 0, truncate: from === 0 });
  const reader = body.getReader();
  try {
    for (let size = from; size < expected;) {
      const timer = setTimeout(() => stop.abort(), stallTimeout);
      const result = await reader.read().catch(() => undefined).finally(() => clearTimeout(timer));
      signal?.throwIfAborted();
      if (result?.value === undefined) return { url, kind: "broken", bytes: size, expected };
      const piece = result.value.subarray(0, expected - size);
      writeAll(piece, { path, file: target });
      size += piece.length;
      onProgress?.(size);
    }
  } finally {
    await reader.cancel().catch(() => {}); // if more comes it is another file, as the checksum will tell
  }
}
