/**
 * CottonWeedID15: photographs of fifteen weeds of cotton fields (Chen, Lu, Li, Young, "Performance evaluation of deep
 * transfer learning on multi-class identification of common weed species in cotton production systems", Computers and
 * Electronics in Agriculture 198, 2022).
 *
 * @module
 */
import type { DatasetFacts, DatasetSource } from "../dataset.ts";
import type { PartShares } from "../split.ts";
import { type ImageFormat, picturePaths } from "../pictures/image_format.ts";
import { pictureSet } from "../pictures/picture_set.ts";
import { IMAGENET } from "./imagenette.ts";

const facts: DatasetFacts = {
  name: "cotton-weed-id15",
  title: "CottonWeedID15",
  classes: [
    ...["Carpetweeds", "Crabgrass", "Eclipta", "Goosegrass", "Morningglory", "Nutsedge", "PalmerAmaranth"],
    ...["PricklySida", "Purslane", "Ragweed", "Sicklepod", "SpottedSpurge", "SpurredAnoda", "Swinecress", "Waterhemp"],
  ],
  imageSize: 224,
  channels: 3,
  ...IMAGENET,
  augmentation: { pad: 1 / 8, flip: true },
  trainImages: 3_358,
  validationImages: 1_043,
  testImages: 786,
  byHand: true,
  split: "image",
  license: "CC BY-NC 4.0",
  homepage: "https://www.kaggle.com/datasets/yuzhenlu/cottonweedid15",
};

/** Of each class, 20 % for validation and 15 % for tests, rounded up. */
export const COTTON_SHARES: PartShares = { validation: 20, test: 15 };

/** Folders of the classes, below whatever folder. */
export const cottonFormat: ImageFormat = picturePaths({
  classes: facts.classes,
  read(path) {
    const [, className] = /(?:^|\/)([^/]+)\/[^/]+\.(?:jpe?g|png)$/i.exec(path) ?? [];
    return className === undefined ? undefined : { className };
  },
});

/** The source of CottonWeedID15: the user names the archive. */
export const cottonWeedId15: DatasetSource = pictureSet({
  facts,
  format: cottonFormat,
  shares: COTTON_SHARES,
});
