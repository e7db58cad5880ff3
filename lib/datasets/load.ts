/**
 * Loads a data set: makes its files whole, splits its images, and reads those that are asked for.
 *
 * @module
 */
import { cacheFolder as defaultCacheFolder } from "../project.ts";
import { random } from "../random.ts";
import { UserError } from "../user_error.ts";
import { datasetSource, folderName } from "./sets/catalog.ts";
import type {
  Dataset,
  DatasetCounts,
  DatasetSource,
  ImagePool,
  Images,
  OpenDataset,
  Part,
  Progress,
  SplitKind,
} from "./dataset.ts";
import { LARGEST_IMAGE } from "./dataset.ts";
import { partSizes } from "./split.ts";
import { readPart } from "./pictures/read_part.ts";
import { stratifiedSplit } from "./split.ts";

/** Options of {@linkcode loadDataset}. */
export interface LoadDatasetOptions {
  /** Number of training images (default: all that are not for validation). */
  readonly train?: number;
  /**
   * Number of validation images (default: all of the set's own validation part; where it has none, a sixth of the
   * training images, split off them).
   */
  readonly validation?: number;
  /** Number of test images, taken with the seed, each class with its share (default: all). */
  readonly test?: number;
  /** Seed of the split and of the order of the images: an integer of at least 0 (default: 1). */
  readonly seed?: number;
  /** Height and width that the images are resized to (default: as published). */
  readonly imageSize?: number;
  /**
   * The parts that are read (default: train and validation). The split does not depend on it. The test images stay
   * apart: they are not read unless "test" is among the parts.
   */
  readonly parts?: readonly Part[];
  /** How a set without official parts is split; `group`: no slide in two parts (default: what suits the set). */
  readonly split?: SplitKind;
  /**
   * The digest that the data must have. What was decoded from such data is then read without a look at the files, and
   * other data are an error.
   */
  readonly digest?: string;
  /** Bytes of images that a part may take in memory; of a larger one, images stay in a file (default: 256 MB). */
  readonly memory?: number;
  /** A folder or an archive with the set's images, in the place of the published files; it is remembered. */
  readonly from?: string;
  /** Whether that may have fewer images than the set, of all its classes (default: no). */
  readonly subset?: boolean;
  /** The folder of all data sets' folders (default: `AFOS_CACHE`, or else `data/cache` of the project). */
  readonly cacheFolder?: string;
  /** Whether a set that is not on this machine is fetched (default: true). */
  readonly fetch?: boolean;
  /** Called with what is being done while a set is fetched. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the fetching and decoding; what was downloaded stays, to go on from there. */
  readonly signal?: AbortSignal;
}

const MEMORY = 256e6; // bytes; the largest sets would take more than a gigabyte in each of several processes

/** The folder of a data set's files. */
export function datasetFolder(name: string, { cacheFolder = defaultCacheFolder() } = {}): string {
  return `${cacheFolder}/${folderName(name)}`;
}

/**
 * Loads a data set by its name, or a user's own pictures as `folder:PATH`; it is fetched where it is not here. Throws a
 * UserError for an unknown name, for a set that can't be had and for a damaged one or another than the digest says, and a
 * RangeError for more images than there are; and the signal's reason where it is aborted.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { loadDataset } from "./load.ts";
 * const data = await loadDataset("fashion-mnist", { train: 3000, validation: 500, imageSize: 14 });
 * assertEquals([data.train.count, data.validation.count, data.train.imageSize], [3000, 500, 14]);
 * ```
 */
export async function loadDataset(name: string, options: LoadDatasetOptions = {}): Promise<Dataset> {
  const source = datasetSource(name);
  const folder = await prepareSource(source, options);
  return readDataset(source, { ...options, folder });
}

/** Options of {@linkcode inspectDataset}. */
export type InspectDatasetOptions = Pick<
  LoadDatasetOptions,
  "imageSize" | "split" | "from" | "subset" | "cacheFolder" | "fetch" | "onProgress" | "signal"
>;

/** What is known of a data set that is ready, without reading its images. */
export type DatasetSummary = Pick<Dataset, "digest" | "augmentation" | "origin" | "edition"> & {
  /** How the set is split, where it has no official parts. */
  readonly split?: SplitKind;
  /** Numbers of images, without those that could not be decoded. */
  readonly counts: DatasetCounts;
};

/** Makes a data set ready, and says what it has. Throws as {@linkcode loadDataset}. */
export async function inspectDataset(name: string, options: InspectDatasetOptions = {}): Promise<DatasetSummary> {
  const source = datasetSource(name);
  const { counts, digest, ...opened } = source.open(await prepareSource(source, options), options);
  const { augmentation } = source.facts;
  return { counts, digest, ...given(opened), ...augmentation && { augmentation } };
}

/** What is known of some sets only. */
function given({ origin, edition, split }: Pick<OpenDataset, "origin" | "edition" | "split">) {
  return {
    ...origin !== undefined && { origin },
    ...edition !== undefined && { edition },
    ...split !== undefined && { split },
  };
}

/** Makes a set ready and returns its folder. */
async function prepareSource(source: DatasetSource, options: Partial<LoadDatasetOptions>): Promise<string> {
  const { facts: { name, imageSize: native } } = source;
  const { imageSize = native, fetch = true, from, subset, split, digest, onProgress, signal } = options;
  if (!Number.isSafeInteger(imageSize) || imageSize < 1 || imageSize > LARGEST_IMAGE) {
    throw new RangeError(
      `Cannot resize images: expected an image size of 1 to ${LARGEST_IMAGE} pixels, got ${imageSize}`,
    );
  }
  signal?.throwIfAborted();
  const folder = datasetFolder(name, options);
  await source.prepare(folder, { network: fetch, imageSize, from, subset, split, digest, onProgress, signal });
  return folder;
}

/** Reads a data set that is prepared; like {@linkcode loadDataset}, for a source of one's own. */
export function readDataset(source: DatasetSource, options: LoadDatasetOptions & { readonly folder: string }): Dataset {
  const { name, imageSize: native, channels, augmentation } = source.facts;
  const { folder, seed = 1, imageSize = native, parts = ["train", "validation"], memory = MEMORY } = options;
  const opened = source.open(folder, { imageSize, split: options.split, digest: options.digest });
  const { classes, digest, skipped, origin, edition, mean, std, counts, ...pools } = opened;
  if (options.digest !== undefined && digest !== options.digest) {
    throw new UserError(
      `The images of ${name} are not those of the study: expected the digest ${options.digest.slice(0, 12)}, got ` +
        `${digest.slice(0, 12)}; put the files back, or begin a new study`,
    );
  }
  const sizes = partSizes(counts, options);
  const rng = random(seed);
  const read = (pool: ImagePool, indices: Uint32Array): Images => ({
    images: readPart(pool, { indices, size: { from: pool.imageSize, to: imageSize, channels }, memory }),
    labels: Uint8Array.from(indices, (index) => pool.labels[index]),
    count: indices.length,
    imageSize,
    channels,
  });
  const none = new Uint32Array();
  /** Images of a pool, each class with its share. */
  const draw = (part: Part, pool: ImagePool) =>
    stratifiedSplit(pool.labels, { train: sizes[part], validation: 0, rng: rng.split(part) }).train;
  const train = pools.train();
  const validation = pools.validation?.() ?? train;
  const split = validation === train
    ? stratifiedSplit(train.labels, { ...sizes, rng: rng.split("train") })
    : { train: draw("train", train), validation: draw("validation", validation) };
  const testImages = () => {
    const pool = pools.test();
    return read(pool, draw("test", pool));
  };
  return {
    name,
    classes,
    digest,
    mean,
    std,
    ...augmentation && { augmentation },
    skipped,
    ...given({ origin, edition }),
    train: read(train, parts.includes("train") ? split.train : none),
    validation: read(validation, parts.includes("validation") ? split.validation : none),
    ...(parts.includes("test") && { test: testImages() }),
  };
}
