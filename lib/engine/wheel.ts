/**
 * TensorFlow's library and headers, taken from the Python package's wheel by pip. It knows nothing of the addon.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { UserError } from "../user_error.ts";
import { findProgram, ProgramError, runProgram } from "./command.ts";
import { sha256 } from "./sha256.ts";

/** The wheel: it brings its own C++ library's parts and needs glibc 2.27. */
const WHEEL = {
  requirement: "tensorflow-cpu==2.21.0",
  python: "3.12",
  platform: "manylinux_2_27_x86_64",
  megabytes: 274,
  sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
};

/** The files of the library, in the engine's folder. */
export const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

/** Files that must be there in that folder: the libraries, and one of the headers for all of them. */
export const LIBRARY_FILES = [...LIBRARIES, "include/tensorflow/core/framework/op_kernel.h"];

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

/**
 * Downloads the wheel and leaves the libraries and the folder `include` in `folder`, which is made anew. Throws a
 * UserError that says what is missing.
 */
export async function fetchLibrary(folder: string, { log }: { log: (line: string) => void }): Promise<void> {
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
  const partial = `${folder}.partial`;
  await Deno.remove(partial, { recursive: true }).catch(() => {});
  await Deno.mkdir(partial, { recursive: true });
  log(`downloading ${WHEEL.requirement} (${WHEEL.megabytes} MB)`);
  const work = `${partial}/work`;
  await Deno.mkdir(work);
  try {
    using _watch = watchDownload(work, { log });
    await runProgram([
      ...[python, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check"],
      ...["--no-cache-dir", "--quiet", "--dest", partial],
      ...["--python-version", WHEEL.python, "--platform", WHEEL.platform, WHEEL.requirement],
    ], { env: { TMPDIR: work } });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new UserError(`TensorFlow's library could not be downloaded (${error.message}): look at the network`);
  }
  const [wheel] = [...Deno.readDirSync(partial)].filter((entry) => entry.name.endsWith(".whl"));
  const path = `${partial}/${wheel.name}`;
  const found = await sha256(path);
  if (found !== WHEEL.sha256) {
    throw new UserError(`The downloaded ${wheel.name} is damaged: expected SHA-256 ${WHEEL.sha256}, got ${found}`);
  }
  log("unpacking the library and its headers");
  const script = fileURLToPath(new URL("extract_wheel.py", import.meta.url));
  await runProgram([python, script, path, partial]);
  await Deno.remove(path);
  await Deno.remove(work, { recursive: true });
  const strip = await findProgram(["strip"]);
  for (const library of LIBRARIES) {
    const target = `${partial}/tensorflow/${library}`;
    if (strip) await runProgram([strip, "--strip-unneeded", target]);
    await Deno.rename(target, `${partial}/${library}`);
  }
  await Deno.rename(`${partial}/tensorflow/include`, `${partial}/include`);
  await Deno.remove(`${partial}/tensorflow`, { recursive: true });
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.rename(partial, folder);
}
