/**
 * TensorFlow's library and headers, taken from the Python package's wheel by pip.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { UserError } from "../../user_error.ts";
import { findProgram, ProgramError, runProgram } from "../command.ts";
import { sha256 } from "../sha256.ts";
import { LIBRARIES, recordLibrary } from "./installation.ts";

/** The wheel: it brings its own C++ library's parts and needs glibc 2.27. */
const WHEEL = {
  requirement: "tensorflow-cpu==2.21.0",
  python: "3.12",
  platform: "manylinux_2_27_x86_64",
  megabytes: 274,
  sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
};

/** Bytes of all files below a folder. */
function bytesBelow(folder: string): number {
  return [...Deno.readDirSync(folder)].reduce((sum, { name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return sum + (isDirectory ? bytesBelow(path) : Deno.statSync(path).size);
  }, 0);
}

/** Says each second, where there is more to say, how far pip's download into a folder is; the result ends it. */
function watchDownload(folder: string, { log }: { log: (line: string) => void }): Disposable {
  let tenths = 0;
  const timer = setInterval(() => {
    try {
      const megabytes = bytesBelow(folder) / 1e6;
      const now = Math.floor(10 * megabytes / WHEEL.megabytes);
      if (now > tenths && now < 10) log(`${megabytes.toFixed(0)} of ${WHEEL.megabytes} MB`);
      tenths = now;
    } catch {
      // a file went away while its size was asked for
    }
  }, 1000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Throws a UserError where this machine lacks what {@linkcode fetchLibrary} needs; gives the name of Python. */
export async function checkWheelTools(): Promise<string> {
  if (Deno.build.os !== "linux" || Deno.build.arch !== "x86_64") {
    throw new UserError(
      `TensorFlow's library is set up from a wheel on x86-64 Linux only, this is ${Deno.build.target}: ` +
        "use --engine javascript, or another machine",
    );
  }
  const python = await findProgram(["python3", "python"]);
  if (!python) {
    throw new UserError("TensorFlow's library is fetched with pip: install python3 with pip, then try again");
  }
  return python;
}

/** The wheel in a folder, if it is there and whole: an earlier set-up may have been stopped behind its download. */
async function wholeWheel(folder: string): Promise<string | undefined> {
  for (const { name } of Deno.readDirSync(folder)) {
    if (name.endsWith(".whl") && await sha256(`${folder}/${name}`) === WHEEL.sha256) return `${folder}/${name}`;
  }
}

async function download(python: string, { folder, log }: { folder: string; log: (line: string) => void }) {
  log(`downloading ${WHEEL.requirement} (${WHEEL.megabytes} MB)`);
  const work = `${folder}/work`;
  await Deno.mkdir(work);
  try {
    using _watch = watchDownload(work, { log });
    await runProgram([
      ...[python, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check"],
      ...["--no-cache-dir", "--quiet", "--dest", folder],
      ...["--python-version", WHEEL.python, "--platform", WHEEL.platform, WHEEL.requirement],
    ], { env: { TMPDIR: work } });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new UserError(`TensorFlow's library could not be downloaded (${error.message}): look at the network`);
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

/**
 * Makes the folder of the library and of `include` anew, with its record: it takes the place of `folder` only when it is
 * whole. Throws a UserError that says what is missing.
 */
export async function fetchLibrary(folder: string, { log }: { log: (line: string) => void }): Promise<void> {
  const python = await checkWheelTools();
  const [downloads, partial] = [`${folder}.download`, `${folder}.partial`];
  await Deno.mkdir(downloads, { recursive: true });
  let wheel = await wholeWheel(downloads);
  if (wheel === undefined) {
    await Deno.remove(downloads, { recursive: true });
    await Deno.mkdir(downloads);
    await download(python, { folder: downloads, log });
    wheel = await wholeWheel(downloads);
    if (wheel === undefined) throw new UserError("The downloaded wheel of TensorFlow is damaged: try again");
  }
  log("unpacking the library and its headers");
  await Deno.remove(partial, { recursive: true }).catch(() => {});
  await Deno.mkdir(partial);
  await runProgram([python, fileURLToPath(new URL("extract_wheel.py", import.meta.url)), wheel, partial]);
  const strip = await findProgram(["strip"]);
  for (const library of LIBRARIES) {
    const target = `${partial}/tensorflow/${library}`;
    if (strip) await runProgram([strip, "--strip-unneeded", target]);
    await Deno.rename(target, `${partial}/${library}`);
  }
  await Deno.rename(`${partial}/tensorflow/include`, `${partial}/include`);
  await Deno.remove(`${partial}/tensorflow`, { recursive: true });
  await recordLibrary(partial);
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.rename(partial, folder);
  await Deno.remove(downloads, { recursive: true });
}
