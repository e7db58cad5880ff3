/**
 * The SHA-256 of a file, read in pieces.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** SHA-256 of a file's bytes, hexadecimal. */
export async function sha256(path: string): Promise<string> {
  using file = await Deno.open(path);
  const hash = createHash("sha256");
  for await (const piece of file.readable) hash.update(piece);
  return hash.digest("hex");
}
