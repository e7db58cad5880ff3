/**
 * Loads a data set: makes its files whole, splits its images, and reads those that are asked for. It knows nothing of
 * any one set, nor of what the images are for.
 *
 * @module
 */
import { cacheFolder as defaultCacheFolder } from "../project.ts";
import { random } from "../random.ts";
import { datasetSource } from "./catalog.ts";
import type { Dataset, DatasetSource, ImagePool, Images, Part, Progress } from "./dataset.ts";
import { resizeImages } from "./resize.ts";
import { stratifiedSplit } from "./stratified_split.ts";

/** Options of {@linkcode loadDataset}. */
export interface LoadDatasetOptions {
  /** Number of training images (default: all that are not for validation). */
  readonly train?: number;
  /** Number of validation images, split off the official training images (default: a sixth of them). */
  readonly validation?: number;
  /** Number of test images, taken with the seed, each class with its share (default: all). */
  readonly test?: number;
  /** Seed of the split and of the order of the images: an integer of at least 0. */
  readonly seed: number;
  /** Height and width that the images are resized to (default: as published). */
  readonly imageSize?: number;
  /**
   * The parts that are read (default: train and validation). The split does not depend on it. The test images stay
   * apart: they are not read unless "test" is among the parts.
   */
  readonly parts?: readonly Part[];
  /** The folder of all data sets' folders (default: `AFOS_CACHE`, or else `data/cache` of the project). */
  readonly cacheFolder?: string;
  /** Whether a set that is not on this machine is fetched (default: true). */
  readonly fetch?: boolean;
  /** Called with what is being done while a set is fetched. */
  readonly onProgress?: (progress: Progress) => void;
}

/** The folder of a data set's files. */
export function datasetFolder(name: string, { cacheFolder = defaultCacheFolder() } = {}): string {
  return `${cacheFolder}/${name}`;
}

/**
 * Loads a data set by its name. Throws a UserError for an unknown name and for a set that can't be had, and a RangeError
 * for more images than there are.
 */
export async function loadDataset(name: string, options: LoadDatasetOptions): Promise<Dataset> {
  const source = datasetSource(name);
  const folder = datasetFolder(name, options);
  await source.prepare(folder, { network: options.fetch ?? true, onProgress: options.onProgress });
  return readDataset(source, { ...options, folder });
}

/** Reads a data set whose files are whole; like {@linkcode loadDataset}, for a source of one's own. */
export function readDataset(source: DatasetSource, options: LoadDatasetOptions & { readonly folder: string }): Dataset {
  const { name, classes, digest, mean, std, imageSize: native, channels } = source.facts;
  const { folder, seed, imageSize = native, parts = ["train", "validation"] } = options;
  const pools = source.open(folder);
  const rng = random(seed);
  const read = (pool: ImagePool, indices: Uint32Array): Images => ({
    images: resizeImages(pool.read(indices), { from: native, to: imageSize, channels }),
    labels: Uint8Array.from(indices, (index) => pool.labels[index]),
    count: indices.length,
    imageSize,
    channels,
  });
  const none = new Uint32Array();
  const pool = pools.train();
  const validation = options.validation ?? Math.round(pool.labels.length / 6);
  const train = options.train ?? Math.max(0, pool.labels.length - validation);
  const split = stratifiedSplit(pool.labels, { train, validation, rng: rng.split("train") });
  const testImages = () => {
    const pool = pools.test();
    const count = options.test ?? pool.labels.length;
    return read(pool, stratifiedSplit(pool.labels, { train: count, validation: 0, rng: rng.split("test") }).train);
  };
  return {
    name,
    classes,
    digest,
    mean,
    std,
    train: read(pool, parts.includes("train") ? split.train : none),
    validation: read(pool, parts.includes("validation") ? split.validation : none),
    ...(parts.includes("test") && { test: testImages() }),
  };
}
