/**
 * The door of `datasets`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { batches, type BatchOptions, type ImageBatch } from "./batches.ts";
export {
  datasetHosts,
  datasetLabels,
  datasetName,
  datasetNames,
  datasetSource,
  splitDatasetNames,
} from "./sets/catalog.ts";
export { LARGEST_IMAGE, SPLIT_KINDS } from "./dataset.ts";
export type {
  Augmentation,
  CheckOptions,
  Dataset,
  DatasetCounts,
  DatasetFacts,
  DatasetSource,
  FileState,
  ImagePool,
  ImageReader,
  Images,
  OpenDataset,
  OpenDatasetOptions,
  Part,
  PrepareOptions,
  Progress,
  SplitKind,
  StoredImages,
} from "./dataset.ts";
export { FOLDER_PREFIX } from "./pictures/folder_source.ts";
export {
  datasetFolder,
  type DatasetSummary,
  inspectDataset,
  type InspectDatasetOptions,
  loadDataset,
  type LoadDatasetOptions,
} from "./load.ts";
export { type PartSizes, partSizes } from "./split.ts";
