/**
 * Pictures, and the tables that belong to them, in a folder of the user's, which is not changed.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../user_error.ts";
import type { CheckOptions, FileState, PrepareOptions } from "../dataset.ts";
import { FileHashes, listDigest } from "../fetch/file_hashes.ts";
import { decodeImage, ImageError } from "./decode_image.ts";
import type { ImageFiles, NamedFile } from "./image_source.ts";
import { isPicture } from "./image_format.ts";
import { mapOrdered } from "./map_ordered.ts";

const PAUSE = 200; // files between looks at whether to stop
const EMPTY = createHash("sha256").digest("hex");

/** Options of {@linkcode folderFiles}. */
export interface FolderFilesOptions {
  /** Paths below the folder. */
  readonly paths: readonly string[];
  /** What is to be said when they are decoded. */
  readonly notes?: readonly string[];
}

/** Files in the folder `root`, as the source of a set's images. */
export function folderFiles(root: string, { paths, notes = [] }: FolderFilesOptions): ImageFiles {
  let prepared: { readonly hashes: ReadonlyMap<string, string>; readonly digest: string } | undefined;
  return {
    hosts: [],
    async check(_, options = {}) {
      const bad = options.deep ? await badPictures(root, { ...options, paths }) : [];
      return bad.length > 0 ? bad : [{ path: root, kind: "whole" }];
    },
    async prepare(folder, options) {
      const hashes = await hashFiles(root, { ...options, paths, folder });
      prepared = { hashes, digest: contentsDigest(hashes) };
    },
    digest: () => prepared?.digest,
    notes: () => notes,
    origin: () => root,
    async *read(_, { wanted }): AsyncGenerator<NamedFile> {
      for (const path of paths.filter(wanted)) {
        const file = await readFile(root, path);
        const expected = prepared?.hashes.get(path);
        if (expected !== undefined && !file.unreadable && hashOf(file.bytes) !== expected) {
          throw new UserError(`${file.name} changed while it was read: try again`);
        }
        yield file;
      }
    },
  };
}

/** SHA-256 of the files' lines "SHA-256, two spaces, path": whatever changes in a file or in a name changes it. */
function contentsDigest(hashes: ReadonlyMap<string, string>): string {
  const lines = [...hashes].map(([path, sha256]) => ({ name: path.normalize("NFC"), sha256 }));
  return listDigest(lines.sort((a, b) => a.name < b.name ? -1 : 1));
}

interface HashFilesOptions extends Pick<PrepareOptions, "onProgress" | "signal"> {
  readonly paths: readonly string[];
  /** Where hashes are remembered. */
  readonly folder: string;
}

/** The SHA-256 of each file; of one that can't be read, that of nothing. Only what was touched is read. */
async function hashFiles(root: string, options: HashFilesOptions): Promise<Map<string, string>> {
  const { paths, folder, onProgress, signal } = options;
  const hashes = new FileHashes(folder);
  const found = new Map<string, string>();
  let read = 0;
  const hash = (path: string) => {
    if (read++ === 0 && paths.length > PAUSE) {
      onProgress?.({ kind: "step", text: `computing the SHA-256 of ${paths.length} files` });
    }
    return hashOf(Deno.readFileSync(path));
  };
  for (const path of paths) {
    if (read % PAUSE === PAUSE - 1) await sleep(0);
    signal?.throwIfAborted();
    try {
      const info = Deno.statSync(`${root}/${path}`);
      found.set(path, await hashes.of(`${root}/${path}`, { name: path, info, hash }));
    } catch {
      found.set(path, EMPTY); // it is a bad picture
    }
  }
  await Deno.mkdir(folder, { recursive: true }).catch(() => {});
  hashes.save(paths);
  return found;
}

/** Decodes all pictures; states of those that can't be decoded. */
async function badPictures(
  root: string,
  { paths, onProgress, signal }: CheckOptions & { readonly paths: readonly string[] },
): Promise<FileState[]> {
  const pictures = paths.filter(isPicture);
  if (pictures.length > PAUSE) onProgress?.({ kind: "step", text: `decoding ${pictures.length} pictures of ${root}` });
  const map = async (path: string): Promise<FileState | undefined> => {
    signal?.throwIfAborted();
    const { name, bytes, unreadable } = await readFile(root, path);
    if (unreadable !== undefined) return { path: name, kind: "damaged", reason: unreadable };
    try {
      await decodeImage(bytes, { name, imageSize: 1 });
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      return { path: name, kind: "damaged", reason: error.message.slice(name.length + 1) };
    }
  };
  const states = await Array.fromAsync(mapOrdered(pictures, { map }));
  return states.filter((state) => state !== undefined);
}

async function readFile(root: string, path: string): Promise<NamedFile> {
  const name = `${root}/${path}`;
  try {
    return { path, name, bytes: await Deno.readFile(name) };
  } catch (error) {
    return { path, name, bytes: new Uint8Array(), unreadable: (error as Error).message };
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
