/**
 * Tiny ImageNet: 64 × 64 colour images of 200 classes of ImageNet (Stanford's course CS231n, 2015).
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import type { DatasetFacts, DatasetSource } from "../dataset.ts";
import { type ImageFormat, isSystemFile } from "../pictures/image_format.ts";
import { pictureSet } from "../pictures/picture_set.ts";

const facts: DatasetFacts = {
  name: "tiny-imagenet",
  title: "Tiny ImageNet",
  classes: Array.from({ length: 200 }, (_, label) => `${label}`),
  imageSize: 64,
  channels: 3,
  mean: [0.4802, 0.4481, 0.3975],
  std: [0.277, 0.2691, 0.2821],
  augmentation: { pad: 1 / 8, flip: true },
  trainImages: 100_000,
  testImages: 10_000,
  license: "ImageNet terms",
  homepage: "http://cs231n.stanford.edu/",
};

const TABLE = /(?:^|\/)(wnids|words|val_annotations)\.txt$/;
const SORTED = /(?:^|\/)(train|val|validation|test)\/(n\d+)\/(?:images\/)?[^/]+\.jpe?g$/i;
const VALIDATION = /(?:^|\/)val\/images\/([^/]+\.JPEG)$/;

/**
 * `train/n01443537/images/NAME.JPEG`; `val/images/NAME.JPEG` with `val/val_annotations.txt`; `wnids.txt` has the classes
 * in their order, `words.txt` their names. The test images have no labels, so that `val` is the test part; it may have
 * been sorted into folders of classes, too.
 */
export const tinyImagenetFormat: ImageFormat = {
  use(path) {
    if (isSystemFile(path)) return undefined;
    if (TABLE.test(path)) return "table";
    return SORTED.test(path) || VALIDATION.test(path) ? "images" : undefined;
  },
  classes(tables) {
    const words = new Map(rows(tables, "words", { optional: true }).map(([id, names]) => [id, names?.split(",")[0]]));
    return rows(tables, "wnids").map(([id]) => words.get(id) ?? id);
  },
  describer(tables) {
    const ids = new Map(rows(tables, "wnids").map(([id], label) => [id, label]));
    const annotations = new Map(rows(tables, "val_annotations", { optional: true }).map(([file, id]) => [file, id]));
    return ({ path, name }) => {
      const [, part, sorted] = SORTED.exec(path) ?? [];
      const id = sorted ?? annotations.get(VALIDATION.exec(path)?.[1] ?? "");
      if (id === undefined) throw new UserError(`${name} has no line in val_annotations.txt`);
      const label = ids.get(id);
      if (label === undefined) {
        throw new UserError(`${name} is of an unknown class: expected one of wnids.txt, got ${id}`);
      }
      return { label, part: part === "train" ? "train" : "test" };
    };
  },
};

/** The lines of a table, split at tabs; none of one that is not there though it need not be. */
function rows(tables: ReadonlyMap<string, Uint8Array>, name: string, { optional = false } = {}): string[][] {
  const path = [...tables.keys()].find((path) => TABLE.exec(path)?.[1] === name);
  if (path === undefined && optional) return [];
  if (path === undefined) throw new UserError(`${name}.txt is missing`);
  const lines = new TextDecoder().decode(tables.get(path)).split(/\r?\n/);
  return lines.filter((line) => line !== "").map((line) => line.split("\t"));
}

/** The source of Tiny ImageNet. */
export const tinyImagenet: DatasetSource = pictureSet({
  facts,
  format: tinyImagenetFormat,
  pictures: { kind: "JPEG", size: "64 × 64 pixels" },
  archives: [{
    name: "tiny-imagenet-200.zip",
    bytes: 248_100_043,
    sha256: "6198c8ae015e2b3e007c7841da39ec069199b9aa3bfa943a462022fe5e43c821",
    urls: ["http://cs231n.stanford.edu/tiny-imagenet-200.zip"],
  }],
});
