/**
 * What set-up has installed, and whether it is as it was then: TensorFlow's library in the cache, which clones of the
 * project may share, and tfjs-node-gpu's addon in `node_modules`, which each clone has. Each has a record beside it.
 *
 * @module
 */
import { createRequire } from "node:module";
import { dirname, relative } from "node:path";
import { cacheFolder } from "../../project.ts";
import { kernelState } from "../kernel/state.ts";
import { sha256 } from "../sha256.ts";

/** One file, as it was when it was installed. */
export interface InstalledFile {
  /** Path in the folder of the record. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** The record of the addon. */
export interface AddonRecord extends InstalledFile {
  /** The package's own installer, which brings a library too, or built against the library of a wheel. */
  readonly source: "package" | "wheel";
  /** Where the addon looks for the library, as linked into it (`wheel` only). */
  readonly rpath?: string;
}

/** A file that is not as it was installed. */
export interface DamagedFile {
  readonly path: string;
  readonly reason: "missing" | "damaged";
}

/** The library's files, in the engine's folder. */
export const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

/** Files that must be in that folder: the libraries, and one of the headers for all of them. */
export const LIBRARY_FILES = [...LIBRARIES, "include/tensorflow/core/framework/op_kernel.h"];

const ADDON = "tfjs_binding.node";

/** The folder of tfjs-node-gpu in `node_modules`, without a slash at its end. Throws where it is not installed. */
export function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-node-gpu/package.json"));
}

const addonFolder = () => `${packageFolder()}/lib/napi-v8`;

/** Path of the addon. */
export const addonFile = (): string => `${addonFolder()}/${ADDON}`;

/** The folder of TensorFlow's library in the cache. */
export function engineFolder(): string {
  return `${cacheFolder()}/tensorflow`;
}

/** Where the addon must look for the library: a path from its own folder, so that a project can be moved. */
export function addonRpath(): string {
  return `$ORIGIN/${relative(addonFolder(), engineFolder())}`;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await Deno.writeTextFile(`${path}.partial`, JSON.stringify(value, undefined, 2));
  await Deno.rename(`${path}.partial`, path);
}

function isFile(value: unknown): value is InstalledFile {
  const { path, bytes, sha256 } = (value ?? {}) as Partial<InstalledFile>;
  return typeof path === "string" && typeof bytes === "number" && typeof sha256 === "string";
}

async function describeFile(folder: string, path: string): Promise<InstalledFile> {
  return { path, bytes: Deno.statSync(`${folder}/${path}`).size, sha256: await sha256(`${folder}/${path}`) };
}

/** The library's files as recorded; undefined where there is no record, or one that does not name them all. */
export function readLibrary(): readonly InstalledFile[] | undefined {
  const record = readJson(`${engineFolder()}/installation.json`) as { files?: unknown } | null | undefined;
  const files = Array.isArray(record?.files) ? record.files.filter(isFile) : [];
  const known = LIBRARY_FILES.map((path) => files.find((file) => file.path === path));
  return known.every((file) => file !== undefined) ? known : undefined;
}

/** Records the library's files as they are in `folder` now (default: the engine's). */
export async function recordLibrary(folder = engineFolder()): Promise<void> {
  const files = await Promise.all(LIBRARY_FILES.map((path) => describeFile(folder, path)));
  await writeJson(`${folder}/installation.json`, { files });
}

/** The addon as recorded; undefined where there is no record, or an unreadable one. */
export function readAddon(): AddonRecord | undefined {
  const record = readJson(`${addonFile()}.json`);
  const source = (record as Partial<AddonRecord> | null | undefined)?.source;
  return isFile(record) && (source === "package" || source === "wheel") ? record as AddonRecord : undefined;
}

/** Records the addon as it is now. */
export async function recordAddon(origin: Pick<AddonRecord, "source" | "rpath">): Promise<void> {
  await writeJson(`${addonFile()}.json`, { ...origin, ...await describeFile(addonFolder(), ADDON) });
}

/** The files that are missing, or have another size: what can be known without reading them. */
function damagedFiles(folder: string, files: readonly InstalledFile[]): DamagedFile[] {
  return files.flatMap(({ path, bytes }): DamagedFile[] => {
    try {
      return Deno.statSync(`${folder}/${path}`).size === bytes ? [] : [{ path, reason: "damaged" }];
    } catch {
      return [{ path, reason: "missing" }];
    }
  });
}

/** The files that are missing, or hold other bytes than when they were installed. */
export async function changedFiles(folder: string, files: readonly InstalledFile[]): Promise<DamagedFile[]> {
  const damaged = damagedFiles(folder, files);
  for (const file of files) {
    if (damaged.some(({ path }) => path === file.path)) continue;
    if (await sha256(`${folder}/${file.path}`) !== file.sha256) damaged.push({ path: file.path, reason: "damaged" });
  }
  return damaged;
}

/** What must be there for the engine to load: folders with their files; undefined where set-up has not ended here. */
export function installedFiles(): readonly { readonly folder: string; readonly files: InstalledFile[] }[] | undefined {
  const addon = readAddon();
  if (addon?.source === "package") return [{ folder: addonFolder(), files: [addon] }];
  const library = readLibrary();
  if (addon?.rpath !== addonRpath() || library === undefined) return undefined;
  return [{ folder: addonFolder(), files: [addon] }, { folder: engineFolder(), files: [...library] }];
}

/** Whether set-up has ended and its files are there. Takes a millisecond, and does not read the files. */
export function isInstalled(): boolean {
  const installed = installedFiles();
  return installed !== undefined && installed.every(({ folder, files }) => damagedFiles(folder, files).length === 0);
}

/** Whether set-up has done all it can do here: TensorFlow is there, and its activation operations, or why not. */
export function isPrepared(): boolean {
  return isInstalled() && (readAddon()?.source === "package" || kernelState(engineFolder()).kind !== "missing");
}
