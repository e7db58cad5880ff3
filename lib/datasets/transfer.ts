/**
 * One request for a file over HTTP, or for the end of it that is missing. It does not try again.
 *
 * @module
 */
import type { DownloadFailure } from "./download_error.ts";
import { PartialFile } from "./partial_file.ts";
import type { SourceFile } from "./source_files.ts";

/** What a transfer is about, and its limits. */
export interface TransferOptions {
  /** The file. */
  readonly file: SourceFile;
  /** Called with the number of bytes that are there, with those of an earlier download. */
  readonly onProgress?: (bytes: number) => void;
  /** Stops it. */
  readonly signal?: AbortSignal;
  /** Milliseconds until a server must have answered (default: 5,000). */
  readonly connectTimeout?: number;
  /** Milliseconds without a byte after which a connection counts as broken (default: 30,000). */
  readonly stallTimeout?: number;
}

/** What is wrong with a file of the right size, if its bytes are others than they should be. */
export function damage(
  url: string,
  { partial, file }: { partial: PartialFile; file: SourceFile },
): DownloadFailure | undefined {
  const [sha256, expected] = [partial.digest(), file.sha256];
  return sha256 === expected ? undefined : { url, kind: "checksum", sha256, expected };
}

/** A file that is on its way. */
export interface Transfer {
  readonly partial: PartialFile;
  readonly options: TransferOptions;
}

/**
 * Fetches the bytes that are missing of a partial file; undefined when it has as many as the whole file. An answer that
 * can't be the file leaves it as it is. Throws the signal's reason where it is aborted.
 */
export async function transfer(url: string, { partial, options }: Transfer): Promise<DownloadFailure | undefined> {
  const { file, connectTimeout = 5_000, signal } = options;
  const stop = new AbortController();
  const either = AbortSignal.any([stop.signal, ...signal ? [signal] : []]);
  const timer = setTimeout(() => stop.abort(new Error(`no answer in ${connectTimeout / 1000} s`)), connectTimeout);
  let response: Response;
  try {
    const headers: Record<string, string> = { "accept-encoding": "identity" };
    if (partial.size > 0) headers.range = `bytes=${partial.size}-`;
    response = await fetch(url, { headers, signal: either });
  } catch (error) {
    signal?.throwIfAborted();
    return { url, kind: "unreachable", reason: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
  const refused = refusal(url, { response, partial, file });
  if (refused !== undefined || response.body === null) {
    await response.body?.cancel();
    return refused ?? { url, kind: "size", bytes: 0, expected: file.bytes };
  }
  const answer = { url, stop, partial, options };
  if (response.status === 206 || partial.size === 0) return await receive(response.body, answer);
  return await receiveAnew(response.body, answer);
}

/** What the innermost cause says behind "error sending request for url (…): client error (Connect): ". */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.cause !== undefined) return reasonOf(error.cause);
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^error sending request.*?\): /s, "").replace(/^client error \(\w+\): /, "");
}

/** What is wrong with an answer before its body is read. */
function refusal(
  url: string,
  { response, partial, file }: { response: Response; partial: PartialFile; file: SourceFile },
): DownloadFailure | undefined {
  const { status, headers } = response;
  const expected = file.bytes;
  if (status === 206) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "") ?? [];
    if (Number(start) !== partial.size) return { url, kind: "status", status: 416 };
    return total === "*" || Number(total) === expected
      ? undefined
      : { url, kind: "size", bytes: Number(total), expected };
  }
  if (status !== 200) return { url, kind: "status", status, ...retryAfter(headers) };
  const length = headers.get("content-length");
  if (length !== null && Number(length) !== expected) return { url, kind: "size", bytes: Number(length), expected };
  return headers.get("content-type")?.startsWith("text/html") ? { url, kind: "page" } : undefined;
}

/** The milliseconds that a server wants to be left alone, where it says seconds. */
function retryAfter(headers: Headers): { readonly retryAfter?: number } {
  const seconds = headers.get("retry-after") ?? "";
  return /^\d+$/.test(seconds) ? { retryAfter: 1_000 * Number(seconds) } : {};
}

interface Answer extends Transfer {
  readonly url: string;
  /** Breaks the connection. */
  readonly stop: AbortController;
}

/** Appends an answer's body to the partial file, up to the file's size. */
async function receive(body: ReadableStream<Uint8Array>, answer: Answer): Promise<DownloadFailure | undefined> {
  const { url, stop, partial, options: { file, onProgress, signal, stallTimeout = 30_000 } } = answer;
  const expected = file.bytes;
  const reader = body.getReader();
  try {
    while (partial.size < expected) {
      const timer = setTimeout(() => stop.abort(), stallTimeout);
      const result = await reader.read().catch(() => undefined).finally(() => clearTimeout(timer));
      signal?.throwIfAborted();
      if (result?.value === undefined) return { url, kind: "broken", bytes: partial.size, expected };
      await partial.append(result.value.subarray(0, expected - partial.size));
      onProgress?.(partial.size);
    }
  } finally {
    await reader.cancel().catch(() => {}); // if more comes it is another file, as the checksum will tell
  }
}

/**
 * Takes in the whole file though only its end was asked for. It goes into a second file, which becomes the partial one
 * only if it is whole: an answer that is none, or breaks, costs nothing of what is there.
 */
async function receiveAnew(body: ReadableStream<Uint8Array>, answer: Answer): Promise<DownloadFailure | undefined> {
  const { url, partial, options: { file } } = answer;
  using second = await PartialFile.open(`${partial.path}.new`);
  try {
    await second.restart(); // a killed process may have left it
    const failure = await receive(body, { ...answer, partial: second }) ?? damage(url, { partial: second, file });
    if (failure !== undefined) return failure;
    await partial.become(second);
  } finally {
    await Deno.remove(second.path).catch(() => {});
  }
}
