/**
 * Builds tfjs-node-gpu's own addon against a TensorFlow library. It knows nothing of where the library comes from.
 *
 * @module
 */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { UserError } from "../user_error.ts";
import { findProgram, runProgram } from "./command.ts";

/** What {@linkcode buildAddon} needs. */
export interface AddonOptions {
  /** The package's folder, which holds the sources in `binding`. */
  readonly packageFolder: string;
  /** The folder of the libraries and of `include`. */
  readonly libraryFolder: string;
  /** The libraries' file names. */
  readonly libraries: readonly string[];
  /** Where the built addon is to look for the libraries. */
  readonly rpath: string;
}

/** Compiles and links the addon to the path `output`. Throws a UserError where there is no C++ compiler. */
export async function buildAddon(output: string, options: AddonOptions): Promise<void> {
  const { packageFolder, libraryFolder, libraries, rpath } = options;
  const compiler = await findProgram(["g++", "c++", "clang++"]);
  if (!compiler) {
    throw new UserError("TensorFlow's addon is built from source: install a C++ compiler (g++), then try again");
  }
  const sources = [...Deno.readDirSync(`${packageFolder}/binding`)].map((entry) => entry.name)
    .filter((name) => name.endsWith(".cc")).sort().map((name) => `${packageFolder}/binding/${name}`);
  const nodeHeaders = dirname(createRequire(import.meta.url).resolve("node-api-headers"));
  await runProgram([
    ...[compiler, "-shared", "-fPIC", "-O2", "-std=c++17", "-DNAPI_VERSION=8", "-w"],
    ...[`-I${libraryFolder}/include`, `-I${nodeHeaders}/include`, ...sources],
    ...[`-L${libraryFolder}`, ...libraries.map((library) => `-l:${library}`), `-Wl,-rpath,${rpath}`, "-o", output],
  ]);
}
