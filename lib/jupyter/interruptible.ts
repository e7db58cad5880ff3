/**
 * Long work in a cell that Jupyter's stop button ends. The button sends SIGINT, which ends a Deno kernel, and with it
 * all variables, unless something listens.
 *
 * @module
 */

/** The stop button was pressed. */
export class Interrupted extends Error {
  /** The name in messages. */
  override readonly name = "Interrupted";
}

/** After a stop its impatient repetition is listened for, too. */
const GRACE = 1000;

/**
 * Runs work that a signal ends. When the stop button is pressed (or Ctrl-C, outside of a notebook) the signal aborts;
 * when the work has ended, this throws {@linkcode Interrupted}. A second press doesn't wait for the work.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { interruptible } from "./interruptible.ts";
 * assertEquals(await interruptible((signal) => Promise.resolve(signal.aborted)), false);
 * ```
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { promise: impatience, resolve: leave } = Promise.withResolvers<void>();
  const stop = () => controller.signal.aborted ? leave() : controller.abort();
  Deno.addSignalListener("SIGINT", stop);
  const running = work(controller.signal).finally(() => {
    const unlisten = () => Deno.removeSignalListener("SIGINT", stop);
    if (controller.signal.aborted) setTimeout(unlisten, GRACE);
    else unlisten();
  });
  try {
    const result = await Promise.race([running, impatience]);
    if (!controller.signal.aborted) return result as T;
  } catch (error) {
    const isAbort = error === controller.signal.reason || (error instanceof Error && error.name === "AbortError");
    if (!controller.signal.aborted || !isAbort) throw error;
  }
  running.catch(() => {}); // who doesn't wait doesn't ask
  const error = new Interrupted("run this cell again to go on; a study goes on where it stopped");
  error.stack = `${error}`; // no fault of the code
  throw error;
}
