/**
 * Makes the published files of a data set whole: tries one way after the other until none is missing.
 *
 * @module
 */
import { ProgramError } from "../../engine/mod.ts";
import { UserError } from "../../user_error.ts";
import type { Progress } from "../dataset.ts";
import { download, type DownloadLimits } from "./download.ts";
import { lockFolder } from "./lock_folder.ts";
import { checkFiles, type CheckFilesOptions, type SourceFile } from "./source_files.ts";
import { StorageError } from "./write_all.ts";

/** What a way has to work with. */
export interface WayOptions<F extends SourceFile> {
  /** The data set's folder, where the files go. */
  readonly folder: string;
  /** The files that are missing or damaged. */
  readonly missing: readonly F[];
  /** An empty folder for all else; it is removed afterwards. */
  readonly work: string;
  readonly onProgress: (progress: Progress) => void;
  /** Stops the way. */
  readonly signal?: AbortSignal;
}

/** A way to get files. It leaves out what it does not have, and puts nothing but whole, verified files in place. */
export interface Way<F extends SourceFile> {
  /** Whether it needs the network. */
  readonly network: boolean;
  /** Throws a UserError or a ProgramError that says why it failed; then the next way is tried. */
  fetch(options: WayOptions<F>): Promise<void>;
}

/** Options of {@linkcode fetchFiles}. */
export interface FetchFilesOptions<F extends SourceFile> extends Pick<CheckFilesOptions, "isGood"> {
  /** The data set's name, and its name in print. */
  readonly facts: { readonly name: string; readonly title: string };
  readonly files: readonly F[];
  /** The ways in the order in which they are tried. */
  readonly ways: readonly Way<F>[];
  /** Whether ways that need the network are tried. */
  readonly network: boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the work. */
  readonly signal?: AbortSignal;
}

/**
 * Makes the files in a folder whole. Of several processes that call it one works, and the others find what it fetched.
 * A good file that is not the published one is not touched. Throws a UserError where there is one, and where files are
 * still missing, which says what was tried and what can be done; and the signal's reason where it is aborted.
 */
export async function fetchFiles<F extends SourceFile>(folder: string, options: FetchFilesOptions<F>): Promise<void> {
  const { facts, ways, network, onProgress = () => {}, signal } = options;
  if ((await missingFiles(folder, options)).length === 0) return;
  using _ = await lockFolder(folder, { onProgress, signal });
  for (const { path, kind } of await checkFiles(folder, options)) {
    if (kind === "damaged") onProgress({ kind: "step", text: `${path} is damaged: it is fetched anew` });
    if (kind === "other") {
      const [use, from] = options.files.length === 1
        ? ["use it", path]
        : ["unpack it and the others, and use them", "FOLDER"];
      throw new UserError(
        `${path} is a good file, but not the published one: ${use} with ` +
          `\`deno task data --get ${facts.name} --from ${from}\`, or move it away, and the published one is fetched`,
      );
    }
  }
  const reasons: string[] = [];
  for (const way of ways.filter((way) => network || !way.network)) {
    const missing = await missingFiles(folder, options);
    if (missing.length === 0) break;
    try {
      await inWorkFolder(folder, (work) => way.fetch({ folder, missing, work, onProgress, signal }));
    } catch (error) {
      signal?.throwIfAborted();
      if (!isReason(error)) throw error;
      reasons.push(error.message);
    }
  }
  const missing = await missingFiles(folder, options);
  if (missing.length === 0) return await removeLeftovers(folder);
  const tried = reasons.length > 0 ? ` (${reasons.join("; ")})` : "";
  const wayOut = network
    ? `look at the network, or put ${missing.map(({ name }) => name).join(", ")} into ${folder}`
    : `run \`deno task data --get ${facts.name}\``;
  throw new UserError(`${facts.title} is missing${tried}: ${wayOut}`);
}

/** Downloads a file into the folder, and says so; `urls` are tried in their order. */
export async function downloadFile(
  file: SourceFile,
  { folder, urls, limits, onProgress, signal }:
    & Pick<WayOptions<SourceFile>, "folder" | "onProgress" | "signal">
    & { readonly urls: readonly string[]; readonly limits?: DownloadLimits },
): Promise<void> {
  const { name, bytes: of } = file;
  onProgress({ kind: "step", text: `downloading ${name}` });
  await download(urls, {
    ...limits,
    file,
    folder,
    signal,
    onWait: (text) => onProgress({ kind: "step", text }),
    onProgress: (bytes) => onProgress({ kind: "download", file: name, bytes, of }),
  });
}

async function missingFiles<F extends SourceFile>(folder: string, options: FetchFilesOptions<F>): Promise<F[]> {
  const { files, signal } = options;
  const states = await checkFiles(folder, { files, signal });
  return files.filter((_, i) => states[i].kind !== "whole");
}

function isReason(error: unknown): error is Error {
  if (error instanceof StorageError) return false; // no other way finds more space
  return error instanceof UserError || error instanceof ProgramError || error instanceof Deno.errors.NotCapable;
}

async function inWorkFolder(folder: string, run: (work: string) => Promise<void>): Promise<void> {
  const work = `${folder}/work`;
  const remove = () => Deno.remove(work, { recursive: true }).catch(() => {});
  await remove(); // a killed process may have left it
  await Deno.mkdir(work);
  try {
    await run(await Deno.realPath(work));
  } finally {
    await remove();
  }
}

/** Removes what broken downloads left, once it is no longer needed. */
async function removeLeftovers(folder: string): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && /\.(partial|partial\.new|unpacked)$/.test(name)) {
      await Deno.remove(`${folder}/${name}`).catch(() => {});
    }
  }
}
