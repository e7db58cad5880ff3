/**
 * Why a file could not be downloaded.
 *
 * @module
 */
import { UserError } from "../user_error.ts";

/** What can go wrong with a URL. */
export type DownloadProblem =
  /** No such host, a refused connection, or no answer in time. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** An answer that is not the file, such as 404. */
  | {
    readonly kind: "status";
    readonly status: number;
    /** Milliseconds that the server wants to be left alone. */
    readonly retryAfter?: number;
  }
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

/** Says why a URL gave no file. */
export function describeFailure(failure: DownloadFailure): string {
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

/** Every URL failed. */
export class DownloadError extends UserError {
  /** One failure for each URL, in their order. */
  readonly failures: readonly DownloadFailure[];

  /** An error about the file `name`. */
  constructor(name: string, failures: readonly DownloadFailure[]) {
    super(`${name} could not be downloaded: ${failures.map(describeFailure).join("; ")}`);
    this.failures = failures;
  }
}
