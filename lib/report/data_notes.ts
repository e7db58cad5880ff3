/**
 * What readers of results must know of the data: that they are not the published ones, and how they were split.
 *
 * @module
 */
import { basename } from "node:path";

/** What a training's record says of its data. */
export interface DataRecord {
  /** The data set's name. */
  readonly dataset: string;
  /** In what the images differ from the published ones, where they do. */
  readonly edition?: string | null;
  /** How the set was split, where it has no official parts: "image" or "group". */
  readonly split?: string | null;
}

const SPLITS: Readonly<Record<string, string>> = {
  image: "has no official parts and is split by images",
  group: "has no official parts and is split by groups, such as slides, none of which is in two parts",
};

/**
 * Sentences about the data sets of trainings, each once, without a full stop.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { dataNotes } from "./data_notes.ts";
 * const [note] = dataNotes([{ dataset: "cifar-10", edition: "JPEG, published as raw pixels" }, { dataset: "mnist" }]);
 * assertEquals(note, "cifar-10 is not the published set but a copy: JPEG, published as raw pixels");
 * ```
 */
export function dataNotes(records: readonly DataRecord[]): string[] {
  const notes = records.flatMap(({ dataset, edition, split }) => {
    const name = basename(dataset);
    return [
      ...edition ? [`${name} is not the published set but a copy: ${edition}`] : [],
      ...split && Object.hasOwn(SPLITS, split) ? [`${name} ${SPLITS[split]}`] : [],
    ];
  });
  return [...new Set(notes)];
}
