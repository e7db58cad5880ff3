/**
 * Opens Jupyter Notebook on a folder, with the Deno kernel. It knows nothing of the notebooks.
 *
 * @module
 */
import { type JupyterEnvironment, prepareJupyter } from "./environment.ts";

/** Options of {@linkcode openJupyter}. */
export interface OpenJupyterOptions {
  /** The folder that it shows, as a path. */
  readonly folder: string;
  /** Whether it opens a browser; default: true. Its address is printed in any case. */
  readonly browser?: boolean;
  /** The port to listen on; default: 8888, or the next free one. */
  readonly port?: number;
  /** A Jupyter that is ready; default: the one in the cache folder, made ready first. */
  readonly jupyter?: JupyterEnvironment;
  /** Gets a line for each step of the preparation. */
  readonly log?: (line: string) => void;
}

/**
 * Runs Jupyter Notebook in this terminal until the user ends it, and gives its exit code. Throws a UserError where
 * Jupyter cannot be had.
 */
export async function openJupyter(options: OpenJupyterOptions): Promise<number> {
  const { folder, browser = true, port, log } = options;
  const { python, env } = options.jupyter ?? await prepareJupyter({ server: true, log });
  const args = [
    ...["-m", "notebook", `--ServerApp.root_dir=${folder}`, "--MultiKernelManager.default_kernel_name=deno"],
    // in a container everybody is root
    ...Deno.uid() === 0 ? ["--allow-root"] : [],
    ...browser ? [] : ["--no-browser"],
    ...port === undefined ? [] : [`--port=${port}`],
  ];
  const { NO_COLOR: _, ...colourful } = env;
  // Ctrl-C reaches Jupyter too, which asks whether it is meant: this process must live until Jupyter has ended
  const ignore = () => {};
  const child = new Deno.Command(python, { args, env: colourful, stdin: "inherit" }).spawn();
  const end = () => child.kill("SIGTERM");
  Deno.addSignalListener("SIGINT", ignore);
  Deno.addSignalListener("SIGTERM", end);
  try {
    return (await child.status).code;
  } finally {
    Deno.removeSignalListener("SIGINT", ignore);
    Deno.removeSignalListener("SIGTERM", end);
  }
}
