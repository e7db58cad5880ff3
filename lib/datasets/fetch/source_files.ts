/**
 * The published files of a data set, and whether they are whole.
 *
 * @module
 */
import type { CheckOptions, FileState } from "../dataset.ts";
import { FileHashes } from "./file_hashes.ts";

/** A file with known contents. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Options of {@linkcode checkFiles}. */
export interface CheckFilesOptions<F extends SourceFile = SourceFile> extends CheckOptions {
  readonly files: readonly F[];
  /** Whether a file that is not the published one is a good one all the same (default: none is). */
  readonly isGood?: (path: string, options: { readonly signal?: AbortSignal }) => Promise<boolean>;
}

/** States of the files in a folder. Throws the signal's reason where it is aborted. */
export async function checkFiles(folder: string, options: CheckFilesOptions): Promise<FileState[]> {
  const { files, deep, signal, isGood } = options;
  const hashes = new FileHashes(folder);
  const states: FileState[] = [];
  for (const { name, bytes, sha256 } of files) {
    const path = `${folder}/${name}`;
    const info = statFile(path);
    if (info === undefined) {
      states.push({ path, kind: "missing" });
    } else if (info.size === bytes && await hashes.of(path, { name, info, deep, signal }) === sha256) {
      states.push({ path, kind: "whole" });
    } else {
      states.push({ path, kind: await isGood?.(path, { signal }) ? "other" : "damaged" });
    }
  }
  hashes.save();
  return states;
}

/** What is known of a file; undefined where there is none. */
export function statFile(path: string): Deno.FileInfo | undefined {
  try {
    const info = Deno.statSync(path);
    return info.isFile ? info : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}
