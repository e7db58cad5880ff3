/**
 * Gives decoded images their classes and parts, in an order that does not depend on that of their files.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import type { DatasetFacts, Part } from "../dataset.ts";
import { type PartIndices, type PartShares, splitByClass, splitByGroup } from "../split.ts";
import type { PartsBySplit } from "./image_cache.ts";
import type { ImageDescription, UnlabelledImage } from "./image_format.ts";

/** Options of {@linkcode arrangeImages}. */
export interface ArrangeImagesOptions {
  readonly facts: DatasetFacts;
  /** Says what an image is. */
  readonly describe: (image: UnlabelledImage) => ImageDescription;
  /** Images that were left out; they count where the images are counted. */
  readonly leftOut: readonly UnlabelledImage[];
  /** Sizes of the parts of a set without official ones. */
  readonly shares: PartShares;
  /** Where the images are from, for messages. */
  readonly origin: string;
}

/** Classes and parts of images, which are named by their positions. */
export interface Arrangement {
  readonly labels: readonly number[];
  readonly parts: PartsBySplit;
  /** Whether the images said which part they are of. */
  readonly official: boolean;
}

/**
 * Labels and parts of images. Throws a UserError for a label out of range, and where there are not as many images as the
 * facts say, or none is left of a part or of a class.
 */
export function arrangeImages(images: readonly UnlabelledImage[], options: ArrangeImagesOptions): Arrangement {
  const { facts, leftOut, shares } = options;
  const descriptions = images.map((image) => describe(image, options));
  const labels = descriptions.map(({ label }) => label);
  const all = [...descriptions, ...leftOut.map((image) => describe(image, options))];
  const paths = images.map(({ path }) => path.normalize("NFC"));
  const sorted = [...images.keys()].sort((a, b) => compare(paths[a], paths[b]));
  checkCounts(all, options);
  if (hasParts(all)) {
    const of = (part: Part) => sorted.filter((i) => descriptions[i].part === part);
    const validation = facts.validationImages === undefined ? undefined : of("validation");
    const parts = { image: { train: of("train"), validation, test: of("test") } };
    return checkLeft({ labels, parts, official: true }, options);
  }
  const inOrder = { shares, labels: sorted.map((i) => labels[i]) };
  const groups = sorted.flatMap((i) => descriptions[i].group ?? []);
  const positions = ({ train, validation, test }: PartIndices): PartIndices => ({
    train: train.map((i) => sorted[i]),
    validation: validation?.map((i) => sorted[i]),
    test: test.map((i) => sorted[i]),
  });
  const parts = {
    image: positions(splitByClass(inOrder)),
    ...groups.length === sorted.length && { group: positions(splitByGroup({ ...inOrder, groups })) },
  };
  return checkLeft({ labels, parts, official: false }, options);
}

/** Bad pictures may have been the last ones of a part, or of a class where it is learnt. */
function checkLeft(arrangement: Arrangement, options: ArrangeImagesOptions): Arrangement {
  const { leftOut, origin, facts } = options;
  const { labels, parts } = arrangement;
  for (const image of leftOut) {
    const { label, part = "train" } = describe(image, options);
    const lost = parts.image[part]?.length === 0
      ? `${part} image`
      : parts.image.train.some((i) => labels[i] === label)
      ? undefined
      : `training image of the class ${facts.classes[label]}`;
    if (lost === undefined) continue;
    throw new UserError(
      `${origin} is damaged: expected at least 1 ${lost}, got none that can be decoded (${image.name})`,
    );
  }
  return arrangement;
}

/** By code units, as `sort` does: the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function describe(image: UnlabelledImage, { facts, describe }: ArrangeImagesOptions): ImageDescription {
  const description = describe(image);
  const { label } = description;
  if (Number.isSafeInteger(label) && label >= 0 && label < facts.classes.length) return description;
  throw new UserError(
    `${image.name} has a label out of range: expected 0 to ${facts.classes.length - 1}, got ${label}`,
  );
}

function hasParts(images: readonly ImageDescription[]): boolean {
  return images.some(({ part }) => part !== undefined);
}

/** Throws a UserError unless there are as many images of each part as the facts say, or in all where there are no parts. */
export function checkCounts(
  images: readonly ImageDescription[],
  { facts, origin }: Pick<ArrangeImagesOptions, "facts" | "origin">,
): void {
  const { trainImages: train, validationImages: validation = 0, testImages: test } = facts;
  const count = (part: Part) => images.filter((image) => image.part === part).length;
  const byPart: [string, number, number][] = [
    ["training ", train, count("train")],
    ["validation ", validation, count("validation")],
    ["test ", test, count("test")],
  ];
  const counts = hasParts(images) ? byPart : [["", train + validation + test, images.length] as const];
  for (const [part, expected, found] of counts) {
    if (expected === found) continue;
    throw new UserError(
      `${origin} is not the whole ${facts.title}: expected ${expected} ${part}images, got ${found}`,
    );
  }
}
