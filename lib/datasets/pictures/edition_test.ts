import { assertEquals, assertThrows } from "@std/assert";
import { UserError } from "../../user_error.ts";
import type { DatasetFacts, Part } from "../dataset.ts";
import { datasetSource } from "../sets/catalog.ts";
import { countCopy, PictureLooks } from "./edition.ts";
import type { ImageDescription } from "./image_format.ts";

const PUBLISHED = { kind: "JPEG", size: "64 × 64 pixels" };
const [SMALL, TALL] = [{ width: 64, height: 64 }, { width: 64, height: 90 }];

const LOOKS: readonly { pictures: { kind: string; width: number; height: number }[]; differences: string[] }[] = [
  { pictures: [], differences: [] },
  { pictures: [{ kind: "JPEG", ...SMALL }, { kind: "JPEG", ...SMALL }], differences: [] },
  { pictures: [{ kind: "PNG", ...SMALL }], differences: ["PNG, published as JPEG"] },
  {
    pictures: [{ kind: "PNG", ...SMALL }, { kind: "JPEG", ...SMALL }],
    differences: ["JPEG and PNG, published as JPEG"],
  },
  { pictures: [{ kind: "JPEG", ...TALL }], differences: ["64 × 90 pixels, published with 64 × 64 pixels"] },
  {
    pictures: [{ kind: "JPEG", ...TALL }, { kind: "JPEG", ...SMALL }],
    differences: ["a shorter side of up to 64 pixels, published with 64 × 64 pixels"],
  },
];

for (const { pictures, differences } of LOOKS) {
  const what = pictures.map(({ kind, width, height }) => `${kind} ${width} × ${height}`).join(", ");
  Deno.test(`pictures beside published ones: ${what || "none"}`, () => {
    const looks = new PictureLooks();
    pictures.forEach((picture) => looks.add(picture));
    assertEquals(looks.differences(PUBLISHED), differences);
  });
}

const FACTS: DatasetFacts = {
  ...datasetSource("cifar-10").facts,
  ...{ title: "Toy", classes: ["a", "b"], trainImages: 4_000, testImages: 6 },
};
const UNPARTED: DatasetFacts = { ...FACTS, split: "image", validationImages: 10, testImages: 10, trainImages: 80 };

/** `count` images of a part, of both classes unless they are named. */
function images(count: number, part?: Part, labels = [0, 1]): ImageDescription[] {
  return Array.from({ length: count }, (_, i) => ({ label: labels[i % labels.length], part }));
}

const COPIES: readonly {
  what: string;
  facts?: DatasetFacts;
  images: ImageDescription[];
  counts?: [train: number, validation: number | undefined, test: number];
  lacking?: string[];
  refused?: string;
}[] = [
  { what: "whole", images: [...images(4_000, "train"), ...images(6, "test")], counts: [4_000, undefined, 6] },
  {
    what: "fewer",
    images: [...images(2_500, "train"), ...images(4, "test")],
    counts: [2_500, undefined, 4],
    lacking: ["2,500 of 4,000 training images", "4 of 6 test images"],
  },
  {
    what: "more",
    images: [...images(4_001, "train"), ...images(6, "test")],
    refused: "4000 training images, got 4001",
  },
  { what: "without tests", images: images(4_000, "train"), refused: "expected 6 test images, got 0" },
  { what: "one class", images: images(9, "train", [1]), refused: "expected images of 2 classes, got 1 (none of a)" },
  {
    what: "one class in tests",
    images: [...images(4_000, "train"), ...images(3, "test", [0])],
    refused: "expected images of 2 classes among the test images, got 1 (none of b)",
  },
  { what: "no parts, whole", facts: UNPARTED, images: images(100), counts: [80, 10, 10] },
  { what: "no parts, fewer", facts: UNPARTED, images: images(90), counts: [90, 0, 0], lacking: ["90 of 100 images"] },
  { what: "nothing", images: [], refused: "has no images of Toy" },
];

for (const { what, facts = FACTS, images, counts, lacking = [], refused } of COPIES) {
  Deno.test(`counts of a copy: ${what}`, () => {
    const count = (subset: boolean) => countCopy(images, { facts, subset, origin: "here" });
    if (refused !== undefined) return void assertThrows(() => count(true), UserError, refused);
    const found = count(true);
    const { trainImages, validationImages, testImages } = found.counts;
    assertEquals([[trainImages, validationImages, testImages], found.lacking], [counts, lacking]);
    if (lacking.length === 0) assertEquals(count(false), found);
    else {assertThrows(
        () => count(false),
        UserError,
        `here is not the whole Toy: got ${lacking.join(", ")}; with --subset`,
      );}
  });
}
