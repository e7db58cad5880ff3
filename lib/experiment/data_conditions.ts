/**
 * What trials record of their data beside the data set's name.
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
