/**
 * Colorectal Histology: tiles of ten slides of human colorectal cancer, of eight tissues (Kather et al., "Multi-class
 * texture analysis in colorectal cancer histology", Scientific Reports 6, 2016).
 *
 * @module
 */
import type { DatasetFacts, DatasetSource } from "../dataset.ts";
import { type ImageFormat, isPicture, picturePaths } from "../pictures/image_format.ts";
import { pictureSet } from "../pictures/picture_set.ts";

const facts: DatasetFacts = {
  name: "colorectal-histology",
  title: "Colorectal Histology",
  classes: [
    ...["01_TUMOR", "02_STROMA", "03_COMPLEX", "04_LYMPHO"],
    ...["05_DEBRIS", "06_MUCOSA", "07_ADIPOSE", "08_EMPTY"],
  ],
  imageSize: 150,
  channels: 3,
  augmentation: { pad: 1 / 8, flip: true },
  split: "group", // tiles of one slide look alike: they must not be in two parts
  trainImages: 3_217,
  validationImages: 741,
  testImages: 1_042,
  license: "CC BY 4.0",
  homepage: "https://zenodo.org/records/53169",
};

/**
 * `Kather_texture_2016_image_tiles_5000/01_TUMOR/10009_CRC-Prim-HE-03_009.tif_Row_301_Col_151.tif`, also with the first
 * folder twice, and as another kind of picture; the slide is `CRC-Prim-HE-03`.
 */
export const colorectalFormat: ImageFormat = picturePaths({
  classes: facts.classes,
  read(path) {
    const [, className, name] = /(?:^|\/)(\d\d_[A-Z]+)\/([^/]+)$/.exec(path) ?? [];
    if (className === undefined || !isPicture(name)) return undefined;
    return { className, group: /CRC-Prim-HE-\d+/.exec(name)?.[0] };
  },
});

/**
 * The source of Colorectal Histology. No part is official: it is split by slides, unless it is asked to be split by images.
 * The empty tiles are of two slides only, so that there are none among the test images then.
 */
export const colorectalHistology: DatasetSource = pictureSet({
  facts,
  format: colorectalFormat,
  pictures: { kind: "TIFF", size: "150 × 150 pixels" },
  archives: [{
    name: "Kather_texture_2016_image_tiles_5000.zip",
    bytes: 258_098_431,
    sha256: "936d0b95ae0f04f1f7b18a2b7e8c55776c3e887d102f645bcee752d1a6626a32",
    urls: ["https://zenodo.org/records/53169/files/Kather_texture_2016_image_tiles_5000.zip"],
  }],
});
