/**
 * A folder or an archive that the user names for a data set: where the set can't be downloaded without an account, or in
 * the place of the published files. It stays where it is. When it is named, it is checked that it has the set's images;
 * where it is, the SHA-256 of its contents, and in what it differs from the published set, are recorded.
 *
 * @module
 */
import { sha256 } from "../../engine/mod.ts";
import { UserError } from "../../user_error.ts";
import type { CheckOptions, DatasetFacts, FileState, PrepareOptions } from "../dataset.ts";
import type { ArchiveLimits } from "../fetch/archive.ts";
import { FileHashes, listDigest } from "../fetch/file_hashes.ts";
import { lockFolder } from "../fetch/lock_folder.ts";
import type { SourceFile } from "../fetch/source_files.ts";
import { readPictureHeader } from "./decode_image.ts";
import { countCopy, type ImageCounts, PictureLooks, type PublishedPictures } from "./edition.ts";
import { findPictures } from "./find_pictures.ts";
import { folderFiles } from "./folder_files.ts";
import { classFolders, type ImageDescription, type ImageFormat, type UnlabelledImage } from "./image_format.ts";
import type { ImageFiles, NamedFile } from "./image_source.ts";
import { mapOrdered } from "./map_ordered.ts";
import { readArchives } from "./published_archives.ts";

const RECORD = "origin.json";

/** What is recorded of what the user named. */
interface NamedOrigin {
  /** Absolute path of the archive, or of the folder. */
  readonly path: string;
  readonly kind: "archive" | "folder";
  /** Of an archive's bytes, or of a folder's contents. */
  readonly sha256: string;
  /** Whether its files lie in folders of parts and classes, and not as they are published. */
  readonly inClassFolders: boolean;
  /** How many images it has, where it has not all of the set. */
  readonly counts?: ImageCounts;
  /** In what it differs from the published set. */
  readonly edition: string;
}

/** Options of {@linkcode withNamedFiles}. */
export interface NamedFilesOptions {
  readonly facts: DatasetFacts;
  /** How the published files are to be understood. */
  readonly format: ImageFormat;
  /** The published archives: the same file elsewhere is no other one. */
  readonly archives: readonly SourceFile[];
  /** How the images are published, where that is known. */
  readonly pictures?: PublishedPictures;
  /** The most that an archive may unpack to. */
  readonly unpackLimits?: Partial<ArchiveLimits>;
}

/** The files that the user named for a set, or else the published ones, where there are any. */
export function withNamedFiles(published: ImageFiles | undefined, set: NamedFilesOptions): ImageFiles {
  const { facts, format, archives } = set;
  let latest: Named | undefined;
  const named = (folder: string): Named | undefined => {
    const origin = readOrigin(folder);
    if (origin === undefined) return undefined;
    const same = JSON.stringify(origin) === JSON.stringify(latest?.origin);
    return latest = same ? latest : { origin, files: originFiles(origin, set) };
  };
  const filesOf = (folder: string) => named(folder)?.files ?? published;
  /** Looks at what is there now. */
  const look = (folder: string) => {
    latest = undefined;
    return named(folder);
  };
  return {
    hosts: published?.hosts ?? [],
    async check(folder, options) {
      const own = look(folder);
      const files = filesOf(folder);
      if (files === undefined) return [{ path: `${folder}/${RECORD}`, kind: "missing" }];
      const state = own && await stateOf(own, { ...options, folder });
      return state && (state.kind !== "whole" || !options?.deep) ? [state] : await files.check(folder, options);
    },
    async prepare(folder, options) {
      if (options.from !== undefined) await record(options.from, { ...set, subset: false, ...options, folder });
      const own = look(folder);
      if (own !== undefined) {
        const { path, kind, reason } = await stateOf(own, { ...options, folder });
        if (kind !== "whole") throw new UserError(`${path} ${reason}: ${wayOut(set, { published })}`);
      } else if (published !== undefined) await published.prepare(folder, options);
      else throw new UserError(`${facts.title} is missing: ${wayOut(set, { published })}`);
    },
    digest: (folder) => filesOf(folder)?.digest(folder),
    origin: (folder) => filesOf(folder)?.origin(folder) ?? folder,
    edition(folder) {
      const origin = named(folder)?.origin;
      const itself = origin === undefined || (published === undefined ? !origin.counts : isPublished(origin, archives));
      return itself ? undefined : origin.edition;
    },
    counts: (folder) => named(folder)?.origin.counts,
    format: (folder) => named(folder)?.origin.inClassFolders ? classFoldersOf(facts, format) : undefined,
    async *read(folder, options) {
      yield* filesOf(folder)?.read(folder, options) ?? [];
    },
  };
}

/** What the user named. */
interface Named {
  readonly origin: NamedOrigin;
  readonly files: ImageFiles;
}

function isPublished({ sha256 }: NamedOrigin, archives: readonly SourceFile[]): boolean {
  return archives.length === 1 && archives[0].sha256 === sha256;
}

function wayOut(
  { facts: { name, homepage } }: NamedFilesOptions,
  { published }: { published: ImageFiles | undefined },
): string {
  const named = `\`deno task data --get ${name} --from PATH\``;
  return published
    ? `put it back, name another one with ${named}, or remove ${RECORD} of the set's folder to use the published files`
    : `download the archive from ${homepage} (it takes an account), then run ${named}`;
}

function classFoldersOf(facts: DatasetFacts, { folders }: ImageFormat): ImageFormat {
  return classFolders(facts, { folders, official: facts.split === undefined });
}

/** The user's files as the source of a set's images. */
function originFiles(origin: NamedOrigin, { facts, archives, unpackLimits }: NamedFilesOptions): ImageFiles {
  const { path, kind, sha256 } = origin;
  if (kind === "folder") return folderFiles(path, { paths: pathsIn(path) });
  const digest = listDigest(isPublished(origin, archives) ? archives : [{ name: facts.name, sha256 }]);
  return {
    hosts: [],
    check: () => Promise.resolve([{ path, kind: "whole" }]),
    prepare: () => Promise.resolve(),
    digest: () => digest,
    origin: () => path,
    read: (_, options) => readArchives([path], { ...options, limits: unpackLimits }),
  };
}

/** All files of a folder but for the system's; none of one that is gone. */
function pathsIn(folder: string): string[] {
  try {
    const { pictures, others } = findPictures(folder);
    return [...pictures, ...others].sort();
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** Whether what was named is there, and has not changed. */
async function stateOf(
  { origin: { path, kind, sha256: expected }, files }: Named,
  options: CheckOptions & { readonly folder: string },
): Promise<FileState> {
  const { folder } = options;
  const info = await Deno.stat(path).catch(() => undefined);
  if (info === undefined || info.isFile !== (kind === "archive")) return { path, kind: "missing", reason: "is gone" };
  let found: string | undefined;
  if (kind === "folder") {
    await files.prepare(folder, { ...options, network: false });
    found = files.digest(folder);
  } else {
    const hashes = new FileHashes(folder);
    found = await hashes.of(path, { ...options, name: path, info });
    hashes.save();
  }
  if (found === expected) return { path, kind: "whole" };
  return { path, kind: "damaged", reason: kind === "folder" ? "has other files now" : "is another file now" };
}

interface SetOptions extends NamedFilesOptions, Pick<PrepareOptions, "onProgress" | "signal"> {
  readonly folder: string;
  readonly subset: boolean;
}

/** What is said of a copy of which nothing else is known. */
const UNKNOWN = "numbers, kinds and sizes of the images are as published, their bytes were not compared";

/** Checks what the user names, and records it. Throws a UserError where it is not the set's. */
async function record(from: string, options: SetOptions): Promise<void> {
  const { folder, onProgress, signal } = options;
  onProgress?.({ kind: "step", text: `reading ${from}` });
  const path = await Deno.realPath(from).catch(() => {
    throw new UserError(`${from} is missing`);
  });
  const kind = (await Deno.stat(path)).isDirectory ? "folder" : "archive";
  const files = originFiles({ path, kind, sha256: "", inClassFolders: false, edition: "" }, options);
  const { inClassFolders, counts, differences } = await understand(files, { ...options, path });
  using _ = await lockFolder(folder, { onProgress, signal });
  if (kind === "folder") await files.prepare(folder, { ...options, network: false });
  const digest = kind === "folder" ? files.digest(folder)! : await sha256(path, { signal });
  const edition = differences.length > 0 ? differences.join("; ") : UNKNOWN;
  const origin: NamedOrigin = { path, kind, sha256: digest, inClassFolders, ...counts && { counts }, edition };
  const partial = `${folder}/${RECORD}.partial`;
  await Deno.writeTextFile(partial, JSON.stringify(origin, undefined, 2));
  await Deno.rename(partial, `${folder}/${RECORD}`);
}

/** What the files that the user names turn out to be. */
interface Understood extends Pick<NamedOrigin, "inClassFolders" | "counts"> {
  readonly differences: readonly string[];
}

/** Understands the files, and compares them with the set. Throws a UserError where they are not the set's. */
async function understand(files: ImageFiles, options: SetOptions & { readonly path: string }): Promise<Understood> {
  const { facts, format: published, path: origin, pictures } = options;
  const found = await findImages(files, options);
  const folders = classFoldersOf(facts, published);
  const inFolders = await findImages(files, { ...options, format: folders });
  const inClassFolders = inFolders.length > found.length;
  const best = inClassFolders ? inFolders : found;
  if (facts.split === "group" && best.some(({ group }) => group === undefined)) {
    throw new UserError(
      `${origin} can't be split by groups, as ${facts.title} is: expected them in the files' names; ` +
        "`--dataset folder:PATH` takes pictures as a set of their own",
    );
  }
  const { counts, lacking } = countCopy(best, { ...options, origin });
  const format = inClassFolders ? folders : published;
  const looks = pictures && !format.unpack ? (await lookAt(files, { ...options, format })).differences(pictures) : [];
  return { inClassFolders, ...lacking.length > 0 && { counts }, differences: [...lacking, ...looks] };
}

/** Reads the headers of all pictures. */
async function lookAt(
  files: ImageFiles,
  { format, folder, signal, onProgress, facts }: SetOptions,
): Promise<PictureLooks> {
  onProgress?.({ kind: "step", text: `comparing the pictures with those of ${facts.title}` });
  const looks = new PictureLooks();
  const wanted = (path: string) => format.use(path) === "images";
  const map = ({ bytes }: NamedFile) => readPictureHeader(bytes);
  for await (const header of mapOrdered(files.read(folder, { wanted, signal }), { map })) {
    signal?.throwIfAborted();
    if (header !== undefined) looks.add(header);
  }
  return looks;
}

/** The images that a format finds, without decoding pictures. */
async function findImages(
  files: ImageFiles,
  { format, folder, path: origin, signal }: SetOptions & { readonly path: string },
): Promise<ImageDescription[]> {
  const images: UnlabelledImage[] = [];
  const tables = new Map<string, Uint8Array>();
  const wanted = (path: string) => {
    const use = format.use(path);
    if (use === "images" && !format.unpack) images.push({ path, name: `${origin}/${path}` });
    return use === "table" || (use === "images" && format.unpack !== undefined);
  };
  for await (const file of files.read(folder, { wanted, signal })) {
    if (format.use(file.path) === "table") tables.set(file.path, file.bytes);
    else images.push(...format.unpack!(file, { name: file.name }).map(({ pixels: _, ...image }) => image));
  }
  return images.length > 0 ? images.map(format.describer(tables)) : [];
}

function readOrigin(folder: string): NamedOrigin | undefined {
  try {
    const { path, kind, sha256, inClassFolders, counts, edition }: Partial<NamedOrigin> = JSON.parse(
      Deno.readTextFileSync(`${folder}/${RECORD}`),
    );
    if (typeof path !== "string" || typeof sha256 !== "string") return undefined;
    return {
      path,
      kind: kind === "folder" ? kind : "archive",
      sha256,
      inClassFolders: inClassFolders === true,
      ...typeof counts === "object" && { counts },
      edition: typeof edition === "string" ? edition : UNKNOWN,
    };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    if (error instanceof TypeError) return undefined; // no object
    throw error;
  }
}
