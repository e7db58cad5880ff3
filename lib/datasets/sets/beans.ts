/**
 * Beans: leaves of bean plants, healthy or with one of two diseases (Makerere AI Lab, 2020).
 *
 * @module
 */
import type { DatasetFacts, DatasetSource, Part } from "../dataset.ts";
import { type ImageFormat, picturePaths } from "../pictures/image_format.ts";
import { pictureSet } from "../pictures/picture_set.ts";

const facts: DatasetFacts = {
  name: "beans",
  title: "Beans",
  classes: ["angular_leaf_spot", "bean_rust", "healthy"],
  imageSize: 500,
  channels: 3,
  mean: [0.4851, 0.5184, 0.3118], // of all pixels of the training files; other tables have smaller deviations
  std: [0.211, 0.2228, 0.201],
  augmentation: { pad: 1 / 8, flip: true },
  trainImages: 1_034,
  validationImages: 133,
  testImages: 128,
  license: "MIT",
  homepage: "https://github.com/AI-Lab-Makerere/ibean",
};

/** `train/bean_rust/bean_rust_train.109.jpg`. */
export const beansFormat: ImageFormat = picturePaths({
  classes: facts.classes,
  read(path) {
    const [, part, folder] = /(?:^|\/)(train|validation|test)\/([^/]+)\/[^/]+\.jpg$/.exec(path) ?? [];
    return folder === undefined ? undefined : { className: folder.toLowerCase(), part: part as Part };
  },
});

/** The source of Beans. */
export const beans: DatasetSource = pictureSet({
  facts,
  format: beansFormat,
  pictures: { kind: "JPEG", size: "500 × 500 pixels" },
  archives: [
    {
      name: "train.zip",
      bytes: 143_812_152,
      sha256: "284fe8456ce20687f4367ae7ad94a64577e7f9fde2c2c6b1c74340ab5dc82715",
      urls: ["https://storage.googleapis.com/ibeans/train.zip"],
    },
    {
      name: "validation.zip",
      bytes: 18_504_213,
      sha256: "90b7aa1c26d91d9afff07a30bbc67a5ea34f1f1397f068d8675be09d7d0c602d",
      urls: ["https://storage.googleapis.com/ibeans/validation.zip"],
    },
    {
      name: "test.zip",
      bytes: 17_708_541,
      sha256: "ca67b15d960d1e2fd9d23fd8498ce86818ead90755c630a43baf19ec4af09312",
      urls: ["https://storage.googleapis.com/ibeans/test.zip"],
    },
  ],
});
