/**
 * The four files that MNIST and the sets made after it have: their names and sizes are the same.
 *
 * @module
 */
import type { IdxFile, IdxSourceOptions } from "./idx_source.ts";

type Name = keyof IdxSourceOptions["files"];

const FILES: Readonly<Record<Name, Pick<IdxFile, "name" | "bytes">>> = {
  trainImages: { name: "train-images-idx3-ubyte", bytes: 47_040_016 },
  trainLabels: { name: "train-labels-idx1-ubyte", bytes: 60_008 },
  testImages: { name: "t10k-images-idx3-ubyte", bytes: 7_840_016 },
  testLabels: { name: "t10k-labels-idx1-ubyte", bytes: 10_008 },
};

/** The files of a set made like MNIST, by what tells them apart. */
export function mnistFiles(own: Readonly<Record<Name, Pick<IdxFile, "sha256" | "gzip">>>): IdxSourceOptions["files"] {
  return {
    trainImages: { ...FILES.trainImages, ...own.trainImages },
    trainLabels: { ...FILES.trainLabels, ...own.trainLabels },
    testImages: { ...FILES.testImages, ...own.testImages },
    testLabels: { ...FILES.testLabels, ...own.testLabels },
  };
}
