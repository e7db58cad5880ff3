/**
 * Sets up what a training needs and a fresh clone lacks.
 *
 * @module
 */
import { type EngineName, installNative, isPrepared } from "../engine/mod.ts";

/** Makes the engine ready, where it is not; it takes up to a minute then. Throws a UserError where it can't be. */
export async function prepare({ engine, log }: { engine: EngineName; log: (line: string) => void }): Promise<void> {
  if (engine !== "tensorflow" || isPrepared()) return;
  log("setting TensorFlow up (once)");
  await installNative({ log });
}
