/**
 * Reads gzipped tar archives as a stream.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { Parser, type ReadEntry } from "tar";
import type { ArchiveCheck, ArchiveEntry, ArchiveFile } from "./archive.ts";
import { unpackGzip } from "./gunzip.ts";

const KINDS: Readonly<Record<string, ArchiveEntry["kind"]>> = {
  File: "file",
  OldFile: "file",
  ContiguousFile: "file",
  Directory: "folder",
  SymbolicLink: "link",
  Link: "link",
};

/** Gives the wanted files in their order. Throws a UserError for what the check refuses and for damage. */
export async function* readTar(
  path: string,
  { wanted, check, signal }: { wanted: (path: string) => boolean; check: ArchiveCheck; signal?: AbortSignal },
): AsyncGenerator<ArchiveFile> {
  const ready: ArchiveFile[] = [];
  let problem: unknown;
  const parser = new Parser({
    strict: true,
    onReadEntry(entry) {
      const kind = KINDS[entry.type] ?? "other";
      const name = entry.path.replace(/^(\.\/)+/, "");
      try {
        if (kind !== "folder" || name !== "") check.entry({ path: name, kind, bytes: entry.size });
      } catch (error) {
        problem ??= error;
      }
      // every entry is consumed here and now, so that the parser never waits
      if (problem !== undefined || kind !== "file" || !wanted(name)) entry.resume();
      else collect(entry, (bytes) => ready.push({ path: name, bytes }));
    },
  });
  parser.on("error", (error) => problem ??= check.damaged(`it is no whole tar archive (${error.message})`));
  let first = true;
  for await (const piece of unpackGzip(path, { signal })) {
    // the parser would unpack what is packed twice, unseen by the check
    if (first && /^(1f8b|28b52ffd)/.test(Buffer.from(piece.subarray(0, 4)).toString("hex"))) {
      throw check.damaged("it holds another compressed file, not a tar archive");
    }
    first = false;
    parser.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    if (problem !== undefined) throw problem;
    yield* ready.splice(0);
  }
  parser.end();
  if (problem !== undefined) throw problem;
  yield* ready.splice(0);
}

function collect(entry: ReadEntry, done: (bytes: Uint8Array) => void): void {
  const pieces: Uint8Array[] = [];
  entry.on("data", (piece) => pieces.push(piece));
  entry.on("end", () => done(Buffer.concat(pieces)));
}
