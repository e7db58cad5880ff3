/**
 * The data sets by name. Adding one is an entry here.
 *
 * @module
 */
import { UserError } from "../user_error.ts";
import type { DatasetSource } from "./dataset.ts";
import { fashionMnist } from "./fashion_mnist.ts";

const SOURCES: ReadonlyMap<string, DatasetSource> = new Map(
  [fashionMnist].map((source) => [source.facts.name, source]),
);

/** Names of the data sets. */
export const datasetNames: readonly string[] = [...SOURCES.keys()];

/** The source of the data set with a name. Throws a UserError that lists the names for one that is not known. */
export function datasetSource(name: string): DatasetSource {
  const source = SOURCES.get(name);
  if (source) return source;
  throw new UserError(`Unknown data set "${name}": expected ${datasetNames.join(", ")}`);
}
