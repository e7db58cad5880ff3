/**
 * What trials record of their data beside the data set's name, and what results tell of it.
 *
 * @module
 */
import type { DatasetSummary } from "../datasets/mod.ts";
import type { JsonRecord } from "../study/mod.ts";

/** The digest of the images and their parts; how they were split, and in what they differ from the published ones. */
export function dataConditions(
  { digest, edition, split }: Pick<DatasetSummary, "digest" | "edition" | "split">,
): JsonRecord {
  return {
    dataDigest: digest,
    ...edition !== undefined && { dataEdition: edition },
    ...split !== undefined && { split },
  };
}

/** What a recipe, or a search's settings, say of their data: what results tell beside the data set's name. */
export function dataRecord(
  { dataset, dataEdition, split }: JsonRecord,
): { readonly dataset: string; readonly edition: string | null; readonly split: string | null } {
  return {
    dataset: String(dataset),
    edition: dataEdition === undefined ? null : String(dataEdition),
    split: split === undefined ? null : String(split),
  };
}
