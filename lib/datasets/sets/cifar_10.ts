/**
 * CIFAR-10: 32 × 32 colour images of ten kinds of animals and vehicles (Krizhevsky, "Learning multiple layers of features
 * from tiny images", 2009).
 *
 * @module
 */
import { CIFAR_SIZE, cifarFormat } from "./cifar.ts";
import type { DatasetFacts, DatasetSource } from "../dataset.ts";
import { pictureSet } from "../pictures/picture_set.ts";

const facts: DatasetFacts = {
  name: "cifar-10",
  title: "CIFAR-10",
  classes: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
  imageSize: CIFAR_SIZE,
  channels: 3,
  mean: [0.4914, 0.4822, 0.4465],
  std: [0.247, 0.2435, 0.2616],
  augmentation: { pad: 1 / 8, flip: true },
  trainImages: 50_000,
  testImages: 10_000,
  license: "unknown",
  homepage: "https://www.cs.toronto.edu/~kriz/cifar.html",
};

/** The source of CIFAR-10. */
export const cifar10: DatasetSource = pictureSet({
  facts,
  format: cifarFormat({ classes: facts.classes.length }),
  pictures: { kind: "raw pixels", size: "32 × 32 pixels" },
  archives: [{
    name: "cifar-10-binary.tar.gz",
    bytes: 170_052_171,
    sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    urls: ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"],
  }],
});
