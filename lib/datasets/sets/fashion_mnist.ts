/**
 * Fashion-MNIST: 28 × 28 grey images of articles of clothing (Xiao, Rasul, Vollgraf, "Fashion-MNIST: a Novel Image
 * Dataset for Benchmarking Machine Learning Algorithms", arXiv 1708.07747, 2017).
 *
 * @module
 */
import type { DatasetSource } from "../dataset.ts";
import { idxSource, mnistFiles } from "./idx_source.ts";

/** The source of Fashion-MNIST. */
export const fashionMnist: DatasetSource = idxSource({
  facts: {
    name: "fashion-mnist",
    title: "Fashion-MNIST",
    classes: [
      ...["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"],
      ...["Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
    ],
    imageSize: 28,
    channels: 1,
    mean: [0.286],
    std: [0.353],
    augmentation: { pad: 1 / 8, flip: true },
    trainImages: 60_000,
    testImages: 10_000,
    license: "MIT",
    homepage: "https://github.com/zalandoresearch/fashion-mnist",
  },
  // the gzip files are the publisher's; Debian compresses the same contents anew
  files: mnistFiles({
    trainImages: {
      sha256: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      gzip: { bytes: 26_421_880, sha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84" },
    },
    trainLabels: {
      sha256: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
      gzip: { bytes: 29_515, sha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845" },
    },
    testImages: {
      sha256: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      gzip: { bytes: 4_422_102, sha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073" },
    },
    testLabels: {
      sha256: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
      gzip: { bytes: 5_148, sha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5" },
    },
  }),
  urls: [
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
  ],
  debian: { package: "dataset-fashion-mnist", folder: "/usr/share/datasets/fashion-mnist" },
});
