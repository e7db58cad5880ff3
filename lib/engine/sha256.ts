/**
 * The SHA-256 of a file, read in pieces.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** SHA-256 of a file's bytes, hexadecimal. Throws the signal's reason where it is aborted. */
export async function sha256(path: string, { signal }: { readonly signal?: AbortSignal } = {}): Promise<string> {
  using file = await Deno.open(path);
  const hash = createHash("sha256");
  for await (const piece of file.readable) {
    signal?.throwIfAborted();
    hash.update(piece);
  }
  return hash.digest("hex");
}
