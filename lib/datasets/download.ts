/**
 * Downloads a file whose contents are known over HTTP: from the first mirror that gives it, going on where an earlier
 * download broke off, verified while it comes, and moved into place when it is whole. It knows nothing of what is in it.
 *
 * @module
 */
import { DownloadError, type DownloadFailure } from "./download_error.ts";
import { PartialFile } from "./partial_file.ts";
import type { SourceFile } from "./source_files.ts";

/** Options of {@linkcode download}. */
export interface DownloadOptions {
  /** The file; it appears in `folder` under its name. */
  readonly file: SourceFile;
  /** The folder of the file, and of `NAME.partial` meanwhile. */
  readonly folder: string;
  /** Called with the number of bytes that are there, with those of an earlier download. */
  readonly onProgress?: (bytes: number) => void;
  /** Milliseconds until a server must have answered (default: 5,000). */
  readonly connectTimeout?: number;
  /** Milliseconds without a byte after which a connection counts as broken (default: 30,000). */
  readonly stallTimeout?: number;
  /** How often a broken download is taken up again at each URL (default: 4). */
  readonly retries?: number;
  /** Milliseconds before it is taken up again (default: 1,000). */
  readonly retryDelay?: number;
}

/**
 * Downloads a file from the first of the URLs that gives it. What has come when a connection breaks or the process is
 * killed stays in `NAME.partial`, and the next download goes on from there, by HTTP range. Throws a DownloadError where
 * no URL gives the file.
 */
export async function download(urls: readonly string[], options: DownloadOptions): Promise<void> {
  const { file, folder, retries = 4, retryDelay = 1_000 } = options;
  const failures: DownloadFailure[] = [];
  for (const url of urls) {
    let failure = await attempt(url, options);
    for (let retry = 0; retry < retries && failure?.kind === "broken"; retry++) {
      await new Promise((resolve) => setTimeout(resolve, retryDelay));
      failure = await attempt(url, options);
    }
    if (failure === undefined) return await Deno.rename(`${folder}/${file.name}.partial`, `${folder}/${file.name}`);
    failures.push(failure);
  }
  throw new DownloadError(file.name, failures);
}

/** Undefined when the partial file is whole; otherwise it has bytes to go on from, or is gone. */
async function attempt(url: string, options: DownloadOptions): Promise<DownloadFailure | undefined> {
  const { file, folder } = options;
  using partial = await PartialFile.open(`${folder}/${file.name}.partial`);
  if (partial.size > file.bytes) await partial.restart();
  const resumed = partial.size > 0;
  let failure = partial.size < file.bytes ? await transfer(url, { ...options, partial }) : undefined;
  if (failure === undefined && partial.digest() !== file.sha256) {
    failure = { url, kind: "checksum", sha256: partial.digest(), expected: file.sha256 };
  }
  const useless = failure?.kind === "checksum" || (failure?.kind === "status" && failure.status === 416);
  if (useless) await partial.restart();
  if (failure !== undefined && partial.size === 0) await Deno.remove(partial.path);
  // what had come before may be to blame, so that a second try from the start decides
  return useless && resumed ? await attempt(url, options) : failure;
}

interface TransferOptions extends DownloadOptions {
  readonly partial: PartialFile;
}

/** Fetches the bytes that are missing; undefined when as many have come as the file has. */
async function transfer(url: string, options: TransferOptions): Promise<DownloadFailure | undefined> {
  const { partial, connectTimeout = 5_000 } = options;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error(`no answer in ${connectTimeout / 1000} s`)), connectTimeout);
  let response: Response;
  try {
    const headers: Record<string, string> = { "accept-encoding": "identity" };
    if (partial.size > 0) headers.range = `bytes=${partial.size}-`;
    response = await fetch(url, { headers, signal: stop.signal });
  } catch (error) {
    return { url, kind: "unreachable", reason: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
  const refused = refusal(url, { response, options });
  if (refused !== undefined || response.body === null) {
    await response.body?.cancel();
    return refused ?? { url, kind: "size", bytes: 0, expected: options.file.bytes };
  }
  if (response.status === 200) await partial.restart(); // the whole file, even where only its end was asked for
  return await receive(response.body, { url, stop, options });
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
  { response, options: { file, partial } }: { response: Response; options: TransferOptions },
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
  if (status !== 200) return { url, kind: "status", status };
  const length = headers.get("content-length");
  return length === null || Number(length) === expected
    ? undefined
    : { url, kind: "size", bytes: Number(length), expected };
}

/** Appends an answer's body to the partial file. */
async function receive(
  body: ReadableStream<Uint8Array>,
  { url, stop, options }: { url: string; stop: AbortController; options: TransferOptions },
): Promise<DownloadFailure | undefined> {
  const { file, partial, onProgress, stallTimeout = 30_000 } = options;
  const expected = file.bytes;
  const reader = body.getReader();
  while (partial.size <= expected) {
    const timer = setTimeout(() => stop.abort(), stallTimeout);
    let result;
    try {
      result = await reader.read();
    } catch {
      return { url, kind: "broken", bytes: partial.size, expected };
    } finally {
      clearTimeout(timer);
    }
    if (result.done) break;
    await partial.append(result.value);
    onProgress?.(partial.size);
  }
  if (partial.size === expected) return undefined;
  const bytes = partial.size;
  if (bytes > expected) stop.abort();
  await partial.restart(); // it ended in order, so it was not this file
  return { url, kind: "size", bytes, expected };
}
