/**
 * Unpacks a package of the Debian distribution without installing it, with apt-get and dpkg-deb and without root.
 *
 * @module
 */
import { ProgramError, runProgram } from "../../engine/mod.ts";

/** Options of {@linkcode unpackDebianPackage}. */
export interface DebianPackageOptions {
  /** An empty folder to work in, as an absolute path. */
  readonly folder: string;
  /** Called with a line for each thing that is being done. */
  readonly log: (line: string) => void;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

const TIME_LIMIT = 600_000; // ms
const APT_GET = [
  ...["apt-get", "-q", "-o", "APT::Sandbox::User=", "-o", "Acquire::Retries=1"],
  ...["-o", "Acquire::http::Timeout=10", "-o", "Acquire::https::Timeout=10"],
];

/**
 * Downloads a package and unpacks it; returns the folder that holds its files as `/` would. Where the machine has no
 * list of packages that helps, one is fetched into the work folder. Throws a ProgramError where the programs are
 * missing or fail.
 */
export async function unpackDebianPackage(
  name: string,
  { folder, log, signal }: DebianPackageOptions,
): Promise<string> {
  const run = (...command: string[]) => runProgram(command, { cwd: folder, timeout: TIME_LIMIT, signal });
  for (const program of ["apt-get", "dpkg-deb"]) await run(program, "--version");
  log(`fetching the Debian package ${name} with apt-get`);
  try {
    await run(...APT_GET, "download", name);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    log("fetching a list of packages");
    for (const own of ["lists", "cache/archives"]) await Deno.mkdir(`${folder}/${own}/partial`, { recursive: true });
    const aptGet = [...APT_GET, "-o", `Dir::State::lists=${folder}/lists`, "-o", `Dir::Cache=${folder}/cache`];
    await run(...aptGet, "update");
    await run(...aptGet, "download", name);
  }
  for await (const file of Deno.readDir(folder)) {
    if (!file.name.endsWith(".deb")) continue;
    await run("dpkg-deb", "-x", file.name, "root");
    return `${folder}/root`;
  }
  throw new ProgramError(`apt-get left no package ${name}`);
}
