/**
 * Executes the notebooks of a folder one after the other. It knows nothing of their contents.
 *
 * @module
 */
import { didYouMean } from "../closest.ts";
import { UserError } from "../user_error.ts";
import { prepareJupyter } from "./environment.ts";
import { executeNotebook, type NotebookOutcome } from "./notebook.ts";

/** Options of {@linkcode runNotebooks}. */
export interface RunNotebooksOptions {
  /** The folder of the notebooks, as a path. */
  readonly folder: string;
  /** Names of the notebooks to execute, with or without `.ipynb`; default: all. */
  readonly only?: readonly string[];
  /** Stores the outputs in the notebooks that pass. */
  readonly write?: boolean;
  /** Values for the cells with the tag `parameters`; the outputs are not stored then. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Seconds a cell may take; default: 600. */
  readonly timeout?: number;
  /** Stops the notebook that runs, and starts no other. */
  readonly signal?: AbortSignal;
  /** Gets a line for each step. */
  readonly log?: (line: string) => void;
}

async function listNotebooks(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && name.endsWith(".ipynb")) names.push(name.slice(0, -".ipynb".length));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  if (names.length === 0) {
    throw new UserError(`Cannot execute notebooks: expected a file *.ipynb in ${folder}, found none`);
  }
  return names.sort();
}

function choose(names: readonly string[], only: readonly string[]): readonly string[] {
  if (only.length === 0) return names;
  const wanted = only.map((name) => name.replace(/\.ipynb$/, ""));
  for (const name of wanted) {
    if (!names.includes(name)) {
      throw new UserError(
        `Cannot execute the notebook ${name}: expected one of ${names.join(", ")}${didYouMean(name, names)}`,
      );
    }
  }
  return names.filter((name) => wanted.includes(name));
}

/**
 * Executes notebooks in the order of their names, each in a kernel of its own, and gives their outcomes by name; one
 * that fails does not keep the others from running. Throws a UserError where there is no notebook, a wanted one is
 * missing, or Jupyter cannot be had.
 */
export async function runNotebooks(options: RunNotebooksOptions): Promise<Map<string, NotebookOutcome>> {
  const { folder, only = [], write, parameters, timeout, signal, log = () => {} } = options;
  const names = choose(await listNotebooks(folder), only);
  const jupyter = await prepareJupyter({ log });
  const outcomes = new Map<string, NotebookOutcome>();
  for (const name of names) {
    if (signal?.aborted) break;
    const outcome = await executeNotebook(`${folder}/${name}.ipynb`, {
      jupyter,
      write,
      parameters,
      timeout,
      signal,
      onCell: (cell, of) => log(`${name}: cell ${cell} of ${of}`),
    });
    outcomes.set(name, outcome);
    const seconds = `${outcome.seconds.toFixed(1)} s`;
    if (outcome.kind === "passed") log(`${name}: passed in ${seconds}${write ? ", outputs stored" : ""}`);
    else log(`${name}: FAILED in cell ${outcome.cell} of ${outcome.of} after ${seconds}\n${outcome.error}`);
  }
  return outcomes;
}
