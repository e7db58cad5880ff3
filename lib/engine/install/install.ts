/**
 * Sets TensorFlow up: tfjs-node-gpu's addon built against the library of a wheel, or else by the package's own
 * installer. What is there and whole is kept, each missing or damaged part is made anew by itself, and nothing counts as
 * installed before it has computed. The activation operations of kernel/ are built beside it.
 *
 * @module
 */
import { dirname } from "node:path";
import { cacheFolder, PROJECT_FOLDER } from "../../project.ts";
import { UserError } from "../../user_error.ts";
import { findProgram, ProgramError, runProgram } from "../command.ts";
import { buildKernel } from "../kernel/build.ts";
import type { EngineInfo } from "../tensorflow.ts";
import { buildAddon, checkCompiler } from "./addon.ts";
import {
  addonFile,
  addonRpath,
  changedFiles,
  engineFolder,
  installedFiles,
  isPrepared,
  LIBRARIES,
  LIBRARY_FILES,
  packageFolder,
  readAddon,
  readLibrary,
  recordAddon,
  recordLibrary,
} from "./installation.ts";
import { probe } from "./probe_process.ts";
import { checkWheelTools, fetchLibrary } from "./wheel.ts";

/** Options of {@linkcode installNative}. */
export interface InstallOptions {
  /** Called with a line for each thing that is being done. */
  readonly log: (line: string) => void;
}

type Log = InstallOptions["log"];

const PACKAGE_INSTALLER_LIMIT = 300_000; // ms

/**
 * Makes TensorFlow ready and returns what it is. A second process waits for the first. Throws a UserError that says
 * what is missing on this machine.
 */
export async function installNative({ log }: InstallOptions): Promise<EngineInfo> {
  using _lock = await lockCache(log);
  await installPackages(log);
  if (readAddon()?.source === "package") {
    const answer = await areFilesWhole() ? await probe() : undefined;
    if (answer?.kind === "loaded") return answer.info;
  } else if (addonRpath().includes(":")) {
    throw new UserError(`Cannot set TensorFlow up in ${engineFolder()}: expected a path without ":"; set AFOS_CACHE`);
  }
  const hasNvidia = isThere("/proc/driver/nvidia/version");
  if (hasNvidia && readLibrary() === undefined) {
    const info = await installByPackage(log);
    if (info) return info;
  }
  try {
    return await installByWheel(log);
  } catch (error) {
    if (!(error instanceof UserError) || hasNvidia || readLibrary() !== undefined) throw error;
    log(error.message);
    const info = await installByPackage(log);
    if (info) return info;
    throw error;
  }
}

/** Waits for the cache's other set-ups to end. Where nothing can be written nor is missing, nothing is locked. */
async function lockCache(log: Log): Promise<Disposable> {
  const path = `${cacheFolder()}/setup.lock`;
  let lock;
  try {
    await Deno.mkdir(cacheFolder(), { recursive: true });
    lock = await Deno.open(path, { create: true, write: true });
  } catch (error) {
    if (isThere(packageFolder()) && isPrepared()) return { [Symbol.dispose]: () => {} };
    throw new UserError(
      `Cannot set TensorFlow up: the cache ${cacheFolder()} cannot be written to (${(error as Error).message}); ` +
        "set AFOS_CACHE to another folder",
      { cause: error },
    );
  }
  if (!await lock.tryLock(true)) {
    log("waiting for another set-up to end");
    await lock.lock(true);
  }
  return lock;
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Installs the npm packages where they are missing; a fresh clone has none. */
async function installPackages(log: Log): Promise<void> {
  try {
    packageFolder();
  } catch {
    log("installing npm packages");
    try {
      await runProgram([Deno.execPath(), "install", "--frozen"], { cwd: PROJECT_FOLDER });
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      throw new UserError(`The npm packages cannot be installed in ${PROJECT_FOLDER} (${error.message})`);
    }
  }
}

async function areFilesWhole(): Promise<boolean> {
  for (const { folder, files } of installedFiles() ?? []) {
    if ((await changedFiles(folder, files)).length > 0) return false;
  }
  return installedFiles() !== undefined;
}

async function installByPackage(log: Log): Promise<EngineInfo | undefined> {
  const folder = packageFolder();
  log("trying the installer of tfjs-node-gpu");
  const node = await findProgram(["node"]);
  const runner = node ? [node] : [Deno.execPath(), "run", "-A"];
  const bin = [`${PROJECT_FOLDER}node_modules/.deno/node_modules/.bin`, `${PROJECT_FOLDER}node_modules/.bin`];
  await Deno.remove(addonFile()).catch(() => {});
  try {
    await runProgram([...runner, "scripts/install.js", "gpu", "download"], {
      cwd: folder,
      env: { PATH: [...bin, Deno.env.get("PATH")].join(":") },
      timeout: PACKAGE_INSTALLER_LIMIT,
    });
    Deno.statSync(addonFile()); // its exit code says nothing
  } catch (error) {
    log(`it failed (${(error as Error).message.slice(0, 160)})`);
    await Deno.remove(`${folder}/deps`, { recursive: true }).catch(() => {});
    return undefined;
  }
  await recordAddon({ source: "package" });
  const answer = await probe();
  return answer.kind === "loaded" ? answer.info : undefined;
}

async function installByWheel(log: Log): Promise<EngineInfo> {
  const folder = engineFolder();
  const library = readLibrary();
  if (library === undefined && LIBRARY_FILES.every((path) => isThere(`${folder}/${path}`))) {
    log("the record of TensorFlow's library is lost: the library is tried as it is");
    await recordLibrary();
    const answer = await build(log);
    if (answer.kind === "loaded") return answer.info;
    await Deno.remove(`${folder}/installation.json`);
    log(`it does not load (${answer.reason})`);
  }
  if (library === undefined || (await changedFiles(folder, library)).length > 0) {
    if (library !== undefined) log("TensorFlow's library is incomplete or damaged: it is fetched again");
    await checkWheelTools();
    await checkCompiler();
    await fetchLibrary(folder, { log });
  }
  const answer = await build(log);
  if (answer.kind === "loaded") return answer.info;
  throw new UserError(`TensorFlow is set up but does not load (${answer.reason}): try --engine javascript`);
}

/** Builds against the library what is missing or damaged; all of it where it does not load then. */
async function build(log: Log): ReturnType<typeof probe> {
  const addon = readAddon();
  const [addonFolder, libraryFolder] = [dirname(addonFile()), engineFolder()];
  const kept = addon?.rpath === addonRpath() && (await changedFiles(addonFolder, [addon])).length === 0;
  if (!kept) await installAddon(log);
  await buildKernel({ libraryFolder, log });
  const answer = await probe();
  if (answer.kind === "loaded" || !kept) return answer;
  log(`TensorFlow does not load (${answer.reason})`);
  await installAddon(log);
  return await probe();
}

async function installAddon(log: Log): Promise<void> {
  log("building tfjs-node-gpu's addon");
  const [addon, rpath] = [addonFile(), addonRpath()];
  await Deno.mkdir(dirname(addon), { recursive: true });
  await buildAddon(`${addon}.partial`, {
    packageFolder: packageFolder(),
    libraryFolder: engineFolder(),
    libraries: LIBRARIES,
    rpath,
  });
  await Deno.rename(`${addon}.partial`, addon);
  await recordAddon({ source: "wheel", rpath });
}
