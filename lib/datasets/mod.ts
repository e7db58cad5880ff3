/**
 * The door of `datasets`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { batches, type BatchOptions, type ImageBatch } from "./batches.ts";
export { datasetLabels, datasetName, datasetNames, datasetSource } from "./catalog.ts";
export type {
  Augmentation,
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
export { FOLDER_PREFIX } from "./folder_source.ts";
export {
  countImages,
  datasetFolder,
  type DatasetSummary,
  inspectDataset,
  type InspectDatasetOptions,
  loadDataset,
  type LoadDatasetOptions,
} from "./load_dataset.ts";
export { type PartSizes, partSizes } from "./part_sizes.ts";
