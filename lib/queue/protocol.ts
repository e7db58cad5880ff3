/**
 * What coordinators and workers have agreed on, beside the messages.
 *
 * @module
 */

/** Begins the names of all keys where nothing else is said. */
export const PREFIX = "afos";

/** How many workers may give a trial up, or be lost with it, before it is given up. */
export const TRIES = 3;

/** Why a worker gave a job up whose trial was cancelled. */
export const CANCELLED = "cancelled";

/** Begins the reason of a worker that could not do a job for a fault of its machine. */
export const REFUSED = "refused: ";

/** What BullMQ says of a job whose workers were lost. */
export const STALLED = /stalled more than allowable limit/;

/** The channel on which the workers of a queue are told which jobs are cancelled, as a list of their ids. */
export function cancelChannel(prefix: string, queue: string): string {
  return `${prefix}:${queue}:cancel`;
}
