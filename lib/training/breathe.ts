/**
 * Lets the event loop turn now and then in long synchronous work, so that messages and interrupts arrive.
 *
 * @module
 */

const INTERVAL = 200; // ms

/** When the event loop has last turned: one time for all work, as an epoch may be shorter than the interval. */
let last = 0;

/**
 * Makes a function to await between two pieces of work: it returns at once, but every 200 ms it waits for a turn of the
 * event loop, and throws the signal's reason when the signal is aborted.
 */
export function breathe(signal?: AbortSignal): () => Promise<void> {
  return async () => {
    if (performance.now() - last < INTERVAL) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
    signal?.throwIfAborted();
  };
}
