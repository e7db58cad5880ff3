/**
 * Builds tfjs-node-gpu's own addon against a TensorFlow library.
 *
 * @module
 */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { UserError } from "../../user_error.ts";
import { COMPILERS, findProgram, runProgram } from "../command.ts";

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

/** Gives the name of a C++ compiler. Throws a UserError where there is none. */
export async function checkCompiler(): Promise<string> {
  const compiler = await findProgram(COMPILERS);
  if (compiler) return compiler;
  throw new UserError("TensorFlow's addon is built from source: install a C++ compiler (g++), then try again");
}

/** Compiles and links the addon to the path `output`. Throws a UserError where there is no C++ compiler. */
export async function buildAddon(output: string, options: AddonOptions): Promise<void> {
  const { packageFolder, libraryFolder, libraries, rpath } = options;
  const compiler = await checkCompiler();
  const sources = [...Deno.readDirSync(`${packageFolder}/binding`)].map((entry) => entry.name)
    .filter((name) => name.endsWith(".cc")).sort().map((name) => `${packageFolder}/binding/${name}`);
  const nodeHeaders = dirname(createRequire(import.meta.url).resolve("node-api-headers"));
  await runProgram([
    ...[compiler, "-shared", "-fPIC", "-O2", "-std=c++17", "-DNAPI_VERSION=8", "-w"],
    ...[`-I${libraryFolder}/include`, `-I${nodeHeaders}/include`, ...sources],
    ...[`-L${libraryFolder}`, ...libraries.map((library) => `-l:${library}`), "-o", output],
    ...["-Xlinker", "-rpath", "-Xlinker", rpath], // -Wl, would split a path at its commas
  ]);
}
