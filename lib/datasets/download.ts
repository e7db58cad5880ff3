/**
 * Downloads a file whose contents are known over HTTP: from the first mirror that gives it, going on where an earlier
 * download broke off, verified while it comes, and moved into place when it is whole. It knows nothing of what is in it.
 *
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import { describeFailure, DownloadError, type DownloadFailure } from "./download_error.ts";
import { PartialFile } from "./partial_file.ts";
import { damage, transfer, type TransferOptions } from "./transfer.ts";

/** Options of {@linkcode download}. */
export interface DownloadOptions extends TransferOptions {
  /** The folder where the file appears under its name, and `NAME.partial` meanwhile. */
  readonly folder: string;
  /** Called with why a download broke off and when it is taken up again, before it waits. */
  readonly onWait?: (text: string) => void;
  /** How often in a row, without a byte that comes, a download is taken up again at each URL (default: 5). */
  readonly retries?: number;
  /** Milliseconds before it is taken up again, doubled each time in a row, up to a minute (default: 1,000). */
  readonly retryDelay?: number;
}

const LONGEST_DELAY = 60_000; // ms

/**
 * Downloads a file from the first of the URLs that gives it. What has come when a connection breaks, the process is
 * killed or the signal is aborted stays in `NAME.partial`, and the next download goes on from there, by HTTP range.
 * Throws a DownloadError where no URL gives the file, and the signal's reason where it is aborted.
 */
export async function download(urls: readonly string[], options: DownloadOptions): Promise<void> {
  const { file, folder } = options;
  const failures: DownloadFailure[] = [];
  for (const url of urls) {
    const failure = await persist(url, options);
    if (failure === undefined) return await Deno.rename(`${folder}/${file.name}.partial`, `${folder}/${file.name}`);
    failures.push(failure);
  }
  throw new DownloadError(file.name, failures);
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
  /** Undefined when the partial file is whole; otherwise it has bytes to go on from, or is gone. */
  readonly failure?: DownloadFailure;
  /** Whether there are more bytes of it than before. */
  readonly advanced: boolean;
}

/** One try, or a second one where what was there is no use. */
async function attempt(url: string, options: DownloadOptions): Promise<Attempt> {
  const { failure, advanced, useless } = await goOn(url, options);
  return useless ? await attempt(url, options) : { failure, advanced };
}

/** Goes on with what is there; `useless` tells that it was dropped, as it may be to blame for the failure. */
async function goOn(url: string, options: DownloadOptions): Promise<Attempt & { readonly useless: boolean }> {
  const { file, folder } = options;
  using partial = await PartialFile.open(`${folder}/${file.name}.partial`);
  try {
    if (partial.size > file.bytes) await partial.restart();
    const before = partial.size;
    const failed = before < file.bytes ? await transfer(url, { partial, options }) : undefined;
    const advanced = partial.size > before;
    const failure = failed ?? damage(url, { partial, file });
    const useless = failed === undefined ? failure !== undefined : failed.kind === "status" && failed.status === 416;
    if (useless) await partial.restart();
    return { failure, advanced, useless: useless && before > 0 };
  } finally {
    if (partial.size === 0) await Deno.remove(partial.path);
  }
}
