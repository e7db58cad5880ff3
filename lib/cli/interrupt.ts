/**
 * Ctrl-C as an AbortSignal.
 *
 * @module
 */

/** Thrown where a run ends as it was interrupted: the exit code is 130. The message says how to go on. */
export class Interruption extends Error {}

/** A signal that the first Ctrl-C (or SIGTERM) aborts; the second one ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) Deno.exit(130);
    console.error("\nstopping; press Ctrl-C again to stop at once");
    controller.abort(new Interruption("nothing is lost; the same command goes on"));
  };
  Deno.addSignalListener("SIGINT", interrupt);
  Deno.addSignalListener("SIGTERM", interrupt);
  return controller.signal;
}
