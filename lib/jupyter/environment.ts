/**
 * The Jupyter that executes and shows the notebooks: a Python virtual environment with nbclient, and a kernel specification for
 * this Deno, both in the cache folder. It installs nothing outside of it and knows nothing of the notebooks.
 *
 * @module
 */
import { runProgram } from "../engine/mod.ts";
import { cacheFolder } from "../project.ts";
import { UserError } from "../user_error.ts";

/** nbclient brings nbformat, jupyter_client and the rest: 46 MB. */
const PACKAGES = ["nbclient>=0.10,<1"];
const IMPORTS = "import nbclient, nbformat, jupyter_client.utils";

/** What shows notebooks in a browser: another 210 MB, which executing them does not need. */
const SERVER_PACKAGES = ["notebook>=7,<8"];
const SERVER_IMPORTS = "import notebook.app";

/** A Jupyter that is ready. */
export interface JupyterEnvironment {
  /** The Python of the virtual environment. */
  readonly python: string;
  /** Environment variables that make Jupyter find our kernel, and leave the user's folders alone. */
  readonly env: Readonly<Record<string, string>>;
}

/** Options of {@linkcode prepareJupyter}. */
export interface PrepareOptions {
  /** The folder to prepare; default: `jupyter` in the cache folder. */
  readonly folder?: string;
  /** The Python to make the virtual environment with; default: `python3`, else `python`. */
  readonly python?: string;
  /** Whether notebooks are to be shown in a browser too; default: false. */
  readonly server?: boolean;
  /** Gets a line for each step that takes a while. */
  readonly log?: (line: string) => void;
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim();
}

async function works(python: string, imports: string): Promise<boolean> {
  try {
    await runProgram([python, "-c", imports], { timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}

async function findPython(): Promise<string> {
  for (const name of ["python3", "python"]) {
    try {
      await runProgram([name, "-c", "import sys; sys.exit(sys.version_info < (3, 9))"], { timeout: 10_000 });
      return name;
    } catch {
      // the next one may do
    }
  }
  throw new UserError(
    "Cannot execute notebooks: expected Python 3.9 or later, found none; install it " +
      "(Debian, Ubuntu: apt-get install python3-venv; elsewhere: python.org)",
  );
}

async function buildEnvironment(folder: string, base: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  try {
    await runProgram([base, "-m", "venv", folder], { timeout: 120_000 });
  } catch (error) {
    throw new UserError(
      `Cannot execute notebooks: expected Python's venv and pip, got: ${oneLine(error)}; install them ` +
        "(Debian, Ubuntu: apt-get install python3-venv)",
    );
  }
  await install(pythonOf(folder), PACKAGES);
}

async function install(python: string, packages: readonly string[]): Promise<void> {
  try {
    const options = ["--quiet", "--disable-pip-version-check", "--no-input"];
    await runProgram([python, "-m", "pip", "install", ...options, ...packages], { timeout: 600_000 });
  } catch (error) {
    throw new UserError(
      `Cannot execute notebooks: pip could not install ${packages.join(", ")}: ${oneLine(error)}; check the network ` +
        "and pip's settings, then try again",
    );
  }
}

function pythonOf(folder: string): string {
  return Deno.build.os === "windows" ? `${folder}/Scripts/python.exe` : `${folder}/bin/python`;
}

async function writeKernel(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const kernel = {
    argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
  };
  await Deno.writeTextFile(`${folder}/kernel.json`, `${JSON.stringify(kernel, null, 2)}\n`);
}

/**
 * Makes the virtual environment where there is none, makes it anew where it is damaged or its Python has gone, and
 * writes the kernel specification. Of two processes that ask at once, one builds and the other waits. Throws a
 * UserError where Python, venv, pip or the packages cannot be had, or the folder cannot be written.
 */
export async function prepareJupyter(options: PrepareOptions = {}): Promise<JupyterEnvironment> {
  const { folder = `${cacheFolder()}/jupyter`, server = false, log = () => {} } = options;
  const venv = `${folder}/venv`;
  const data = `${folder}/data`;
  const python = pythonOf(venv);
  let lock: Deno.FsFile;
  try {
    await Deno.mkdir(folder, { recursive: true });
    lock = await Deno.open(`${folder}/lock`, { write: true, create: true });
  } catch (error) {
    throw new UserError(`Cannot execute notebooks: expected to write to ${folder}, got: ${oneLine(error)}`);
  }
  try {
    await lock.lock(true);
    if (!await works(python, IMPORTS)) {
      const start = performance.now();
      log(`Preparing Jupyter (a Python virtual environment with nbclient, 46 MB) in ${folder} …`);
      await buildEnvironment(venv, options.python ?? await findPython());
      if (!await works(python, IMPORTS)) {
        throw new UserError(`Cannot execute notebooks: expected nbclient to load after its installation in ${venv}`);
      }
      log(`Jupyter is ready (${((performance.now() - start) / 1000).toFixed(0)} s).`);
    }
    if (server && !await works(python, SERVER_IMPORTS)) {
      log(`Installing Jupyter Notebook (210 MB) in ${folder} …`);
      await install(python, SERVER_PACKAGES);
    }
    await writeKernel(`${data}/kernels/deno`);
  } finally {
    lock.close();
  }
  return {
    python,
    env: { JUPYTER_DATA_DIR: data, JUPYTER_PATH: data, JUPYTER_CONFIG_DIR: `${folder}/config`, NO_COLOR: "1" },
  };
}
