/**
 * Which engine the user wants. It knows nothing of how an engine is loaded or installed.
 *
 * @module
 */
import { UserError } from "../user_error.ts";

/** The engines: real TensorFlow in the process, or TensorFlow.js's plain JavaScript backend (slow, always there). */
export const ENGINES = ["tensorflow", "javascript"] as const;

/** Name of an engine. */
export type EngineName = typeof ENGINES[number];

/**
 * The engine by its name, by the environment variable `AFOS_ENGINE`, or else `tensorflow`.
 * Throws a UserError for a name that is none.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { chooseEngine } from "./choose.ts";
 * assertEquals(chooseEngine("javascript"), "javascript");
 * ```
 */
export function chooseEngine(name?: string): EngineName {
  const wanted = name ?? (Deno.env.get("AFOS_ENGINE") || "tensorflow");
  const engine = ENGINES.find((known) => known === wanted);
  if (!engine) {
    const origin = name === undefined ? "AFOS_ENGINE" : "--engine";
    throw new UserError(`Unknown engine in ${origin}: expected ${ENGINES.join(" or ")}, got "${wanted}"`);
  }
  return engine;
}
