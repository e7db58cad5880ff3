/**
 * The files of a data set and whether they are whole. A file's SHA-256 is computed once; it is remembered with the
 * file's size and time, so that starting a process does not read everything. It knows nothing of what is in the files.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { sha256 } from "../engine/mod.ts";
import type { FileState } from "./dataset.ts";

/** A file with known contents. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** SHA-256 of the list of the files, as sha256sum prints it. */
export function listDigest(files: readonly SourceFile[]): string {
  return createHash("sha256").update(files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join("")).digest("hex");
}

const STAMP = "verified.json";

type Stamps = Record<string, { bytes: number; modified: number; sha256: string } | undefined>;

function readStamps(folder: string): Stamps {
  try {
    const stamps: unknown = JSON.parse(Deno.readTextFileSync(`${folder}/${STAMP}`));
    return typeof stamps === "object" && stamps !== null ? stamps as Stamps : {};
  } catch {
    return {}; // the files are verified again
  }
}

function writeStamps(folder: string, stamps: Stamps): void {
  const partial = `${folder}/${STAMP}.${Deno.pid}.partial`;
  try {
    Deno.writeTextFileSync(partial, JSON.stringify(stamps, undefined, 2));
    Deno.renameSync(partial, `${folder}/${STAMP}`);
  } catch {
    // a folder that can't be written to: the next process verifies the files again
  }
}

function statFile(path: string): Deno.FileInfo | undefined {
  try {
    const info = Deno.statSync(path);
    return info.isFile ? info : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}

/** Options of {@linkcode checkFiles}. */
export interface CheckFilesOptions {
  readonly files: readonly SourceFile[];
  /** Whether all bytes are read, even those of files that were verified before (default: no). */
  readonly deep?: boolean;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

/** States of the files in a folder. Throws the signal's reason where it is aborted. */
export async function checkFiles(
  folder: string,
  { files, deep = false, signal }: CheckFilesOptions,
): Promise<FileState[]> {
  const stamps = readStamps(folder);
  let changed = false;
  const states: FileState[] = [];
  for (const { name, bytes, sha256: expected } of files) {
    const path = `${folder}/${name}`;
    const info = statFile(path);
    if (info === undefined || info.size !== bytes) {
      states.push({ path, kind: info === undefined ? "missing" : "damaged" });
      continue;
    }
    const modified = info.mtime?.getTime() ?? 0;
    const stamp = stamps[name];
    const known = !deep && stamp?.bytes === bytes && stamp.modified === modified && stamp.sha256 === expected;
    const whole = known || await sha256(path, { signal }) === expected;
    if (whole && !known) {
      stamps[name] = { bytes, modified, sha256: expected };
      changed = true;
    }
    states.push({ path, kind: whole ? "whole" : "damaged" });
  }
  if (changed) writeStamps(folder, stamps);
  return states;
}
