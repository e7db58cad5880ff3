/**
 * Imagenette: ten easily told classes of ImageNet (Howard, https://github.com/fastai/imagenette, version 2, 160 pixels).
 *
 * @module
 */
import type { DatasetFacts, DatasetSource } from "../dataset.ts";
import { type ImageFormat, picturePaths } from "../pictures/image_format.ts";
import { pictureSet } from "../pictures/picture_set.ts";

/** Mean and standard deviation of ImageNet's pixels / 255, red, green, blue: usual for sets of photographs. */
export const IMAGENET: Required<Pick<DatasetFacts, "mean" | "std">> = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

const CLASSES = {
  n01440764: "tench",
  n02102040: "English springer",
  n02979186: "cassette player",
  n03000684: "chain saw",
  n03028079: "church",
  n03394916: "French horn",
  n03417042: "garbage truck",
  n03425413: "gas pump",
  n03445777: "golf ball",
  n03888257: "parachute",
};

const facts: DatasetFacts = {
  name: "imagenette",
  title: "Imagenette",
  classes: Object.values(CLASSES),
  imageSize: 160,
  channels: 3,
  ...IMAGENET,
  augmentation: { pad: 1 / 8, flip: true },
  trainImages: 9_469,
  testImages: 3_925,
  license: "ImageNet terms",
  homepage: "https://github.com/fastai/imagenette",
};

/** `imagenette2-160/train/n01440764/NAME.JPEG`; the set has no test part, so that `val` is it. */
export const imagenetteFormat: ImageFormat = picturePaths({
  classes: Object.keys(CLASSES),
  read(path) {
    const [, part, className] = /(?:^|\/)(train|val)\/(n\d+)\/[^/]+\.JPEG$/.exec(path) ?? [];
    return className === undefined ? undefined : { className, part: part === "train" ? "train" : "test" };
  },
});

/** The source of Imagenette. */
export const imagenette: DatasetSource = pictureSet({
  facts,
  format: imagenetteFormat,
  pictures: { kind: "JPEG", size: "a shorter side of up to 160 pixels" },
  archives: [{
    name: "imagenette2-160.tgz",
    bytes: 99_003_388,
    sha256: "64d0c4859f35a461889e0147755a999a48b49bf38a7e0f9bd27003f10db02fe5",
    urls: ["https://s3.amazonaws.com/fast-ai-imageclas/imagenette2-160.tgz"],
  }],
});
