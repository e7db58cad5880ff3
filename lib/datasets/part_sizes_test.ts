import { assertEquals, assertThrows } from "@std/assert";
import { partSizes } from "./part_sizes.ts";

/** Fashion-MNIST has no validation part, Beans has one. */
const [FASHION, BEANS] = [{ train: 60_000, test: 10_000 }, { train: 1_034, validation: 133, test: 128 }];

for (
  const { what, counts, asked, sizes } of [
    { what: "a sixth for validation", counts: FASHION, sizes: [50_000, 10_000, 10_000] },
    { what: "the rest is for training", counts: FASHION, asked: { validation: 1 }, sizes: [59_999, 1, 10_000] },
    { what: "its own validation part", counts: BEANS, sizes: [1_034, 133, 128] },
    {
      what: "what is asked for",
      counts: BEANS,
      asked: { train: 1, validation: 0, test: 128 },
      sizes: [1, 0, 128],
    },
    { what: "all for validation", counts: FASHION, asked: { validation: 60_000 }, sizes: [0, 60_000, 10_000] },
  ]
) {
  Deno.test(`sizes of parts: ${what}`, () => {
    const { train, validation, test } = partSizes(counts, asked);
    assertEquals([train, validation, test], sizes);
  });
}

for (
  const { counts, asked, message } of [
    { counts: BEANS, asked: { test: 129 }, message: "129 images for test: expected at most 128, got 129" },
    { counts: BEANS, asked: { validation: 134 }, message: "134 images for validation: expected at most 133, got 134" },
    { counts: BEANS, asked: { train: 1_035 }, message: "1035 images for train: expected at most 1034, got 1035" },
    {
      counts: FASHION,
      asked: { train: 50_001 },
      message: "50001 images for train: expected at most 50000 beside 10000 for validation, got 50001",
    },
    { counts: FASHION, asked: { validation: 60_001 }, message: "expected at most 60000, got 60001" },
  ]
) {
  Deno.test(`refused: ${message}`, () => {
    assertThrows(() => partSizes(counts, asked), RangeError, message);
  });
}
