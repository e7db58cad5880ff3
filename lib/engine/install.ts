/**
 * Sets TensorFlow up: the package's own installer, or else the package's addon built against a wheel's library. What is
 * there and whole is kept, what is missing or damaged is made anew; nothing counts as installed before it has computed.
 * The activation operations of kernel/ are built beside it.
 *
 * @module
 */
import { dirname, relative } from "node:path";
import { cacheFolder, PROJECT_FOLDER } from "../project.ts";
import { UserError } from "../user_error.ts";
import { buildAddon } from "./addon.ts";
import { findProgram, runProgram } from "./command.ts";
import { buildKernel } from "./kernel/build.ts";
import { ADDON, damagedFiles, engineFolder, installedPath, packageFolder, readInstallation } from "./native.ts";
import type { Installation, InstalledFile } from "./native.ts";
import { probe } from "./probe_process.ts";
import { sha256 } from "./sha256.ts";
import type { EngineInfo } from "./tensorflow.ts";
import { fetchLibrary, LIBRARIES, LIBRARY_FILES } from "./wheel.ts";

/** Options of {@linkcode installNative}. */
export interface InstallOptions {
  /** Called with a line for each thing that is being done. */
  readonly log: (line: string) => void;
}

const PACKAGE_INSTALLER_LIMIT = 300_000; // ms

/**
 * Makes TensorFlow ready and returns what it is. A second process waits for the first. Throws a UserError that says
 * what is missing on this machine.
 */
export async function installNative({ log }: InstallOptions): Promise<EngineInfo> {
  await Deno.mkdir(cacheFolder(), { recursive: true });
  using lock = await Deno.open(`${cacheFolder()}/setup.lock`, { create: true, write: true });
  if (!await lock.tryLock(true)) {
    log("waiting for another set-up to end");
    await lock.lock(true);
  }
  await installPackages(log);
  const installed = readInstallation();
  if (installed && await isWhole(installed, log)) {
    if (installed.source === "wheel") await buildKernel({ libraryFolder: engineFolder(), log });
    const answer = await probe();
    if (answer.kind === "loaded") return answer.info;
    log(`the installed TensorFlow does not load (${answer.reason}): it is made anew`);
    await Deno.remove(engineFolder(), { recursive: true }).catch(() => {});
  }
  return await installFromPackage(log) ?? await installFromWheel(log);
}

/** Installs the npm packages where they are missing; a fresh clone has none. */
async function installPackages(log: InstallOptions["log"]): Promise<void> {
  try {
    Deno.statSync(packageFolder());
  } catch {
    log("installing npm packages");
    await runProgram([Deno.execPath(), "install", "--frozen"], { cwd: PROJECT_FOLDER });
  }
}

async function isWhole(installation: Installation, log: InstallOptions["log"]): Promise<boolean> {
  const { source, files } = installation;
  let whole = source === "package" || LIBRARY_FILES.every((path) => files.some((file) => file.path === path));
  whole &&= damagedFiles(installation).length === 0;
  for (const file of whole ? files : []) {
    whole &&= await sha256(installedPath(file)) === file.sha256;
  }
  if (!whole) log("the installed TensorFlow is incomplete or damaged: it is repaired");
  return whole;
}

async function installFromPackage(log: InstallOptions["log"]): Promise<EngineInfo | undefined> {
  const folder = packageFolder();
  log("trying the installer of tfjs-node-gpu");
  const node = await findProgram(["node"]);
  const runner = node ? [node] : [Deno.execPath(), "run", "-A"];
  const bin = [`${PROJECT_FOLDER}node_modules/.deno/node_modules/.bin`, `${PROJECT_FOLDER}node_modules/.bin`];
  await Deno.remove(`${folder}/${ADDON}`).catch(() => {});
  try {
    await runProgram([...runner, "scripts/install.js", "gpu", "download"], {
      cwd: folder,
      env: { PATH: [...bin, Deno.env.get("PATH")].join(":") },
      timeout: PACKAGE_INSTALLER_LIMIT,
    });
    Deno.statSync(`${folder}/${ADDON}`); // its exit code says nothing
  } catch (error) {
    log(`it failed (${(error as Error).message.slice(0, 160)}): the addon is built here instead`);
    await Deno.remove(`${folder}/deps`, { recursive: true }).catch(() => {});
    return undefined;
  }
  await record({ source: "package", files: [await installedFile({ folder: "package", path: ADDON })] });
  const answer = await probe();
  return answer.kind === "loaded" ? answer.info : undefined;
}

async function installFromWheel(log: InstallOptions["log"]): Promise<EngineInfo> {
  const folder = engineFolder();
  const previous = readInstallation();
  const libraryIsWhole = previous?.source === "wheel" && await isLibraryWhole(previous);
  if (!libraryIsWhole) await fetchLibrary(folder, { log });
  const addon = `${packageFolder()}/${ADDON}`;
  const rpath = `$ORIGIN/${relative(dirname(addon), folder)}`;
  log("building tfjs-node-gpu's addon");
  await Deno.mkdir(dirname(addon), { recursive: true });
  await buildAddon(`${addon}.partial`, {
    packageFolder: packageFolder(),
    libraryFolder: folder,
    libraries: LIBRARIES,
    rpath,
  });
  await Deno.rename(`${addon}.partial`, addon);
  const files = [
    { folder: "package", path: ADDON },
    ...LIBRARY_FILES.map((path) => ({ folder: "cache", path }) as const),
  ] as const;
  await record({ source: "wheel", rpath, files: await Promise.all(files.map(installedFile)) });
  await buildKernel({ libraryFolder: folder, log });
  const answer = await probe();
  if (answer.kind === "loaded") return answer.info;
  throw new UserError(`TensorFlow was built but does not load (${answer.reason}): try --engine javascript`);
}

async function isLibraryWhole({ files }: Installation): Promise<boolean> {
  const cached = files.filter((file) => file.folder === "cache");
  for (const file of cached) {
    try {
      if (await sha256(installedPath(file)) !== file.sha256) return false;
    } catch {
      return false;
    }
  }
  return LIBRARY_FILES.every((path) => cached.some((file) => file.path === path));
}

async function installedFile(file: Pick<InstalledFile, "folder" | "path">): Promise<InstalledFile> {
  const path = installedPath(file);
  return { ...file, bytes: Deno.statSync(path).size, sha256: await sha256(path) };
}

async function record(installation: Installation): Promise<void> {
  await Deno.mkdir(engineFolder(), { recursive: true });
  const path = `${engineFolder()}/installation.json`;
  await Deno.writeTextFile(`${path}.partial`, JSON.stringify(installation, undefined, 2));
  await Deno.rename(`${path}.partial`, path);
}
