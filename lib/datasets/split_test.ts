import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { random } from "../random.ts";
import { PARTS } from "./dataset.ts";
import { partSizes, splitByClass, splitByGroup, stratifiedSplit } from "./split.ts";

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

/** Labels, sizes that fit, and a seed. */
const splits = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 200 }).chain((labels) =>
  fc.integer({ min: 0, max: labels.length }).chain((validation) =>
    fc.record({
      labels: fc.constant(labels),
      validation: fc.constant(validation),
      train: fc.integer({ min: 0, max: labels.length - validation }),
      seed: fc.nat(),
    })
  )
);

const countOf = (labels: readonly number[], label: number) => labels.filter((other) => other === label).length;

Deno.test("the parts have their sizes, share no image, and each class has its share", () => {
  fc.assert(
    fc.property(splits, ({ labels, train, validation, seed }) => {
      const split = stratifiedSplit(labels, { train, validation, rng: random(seed) });
      assertEquals([split.train.length, split.validation.length], [train, validation]);
      const indices = [...split.train, ...split.validation];
      assertEquals(new Set(indices).size, indices.length);
      assert(indices.every((index) => index < labels.length));
      for (const label of new Set(labels)) {
        const share = countOf(labels, label) / labels.length;
        const inPart = (part: Uint32Array) => countOf([...part].map((index) => labels[index]), label);
        assert(Math.abs(inPart(split.validation) - validation * share) < 1, "validation");
        // what the validation part leaves has shares of its own
        assert(Math.abs(inPart(split.train) - train * share) < 2, "train");
      }
    }),
    { seed: 3 },
  );
});

Deno.test("the seed decides, whatever was drawn before", () => {
  fc.assert(
    fc.property(splits, ({ labels, train, validation, seed }) => {
      const used = random(seed);
      used.next();
      const again = stratifiedSplit(labels, { train, validation, rng: used });
      assertEquals(again, stratifiedSplit(labels, { train, validation, rng: random(seed) }));
    }),
    { seed: 4 },
  );
  const labels = Array.from({ length: 100 }, (_, i) => i % 4);
  const of = (seed: number) => stratifiedSplit(labels, { train: 40, validation: 20, rng: random(seed) });
  assertNotEquals(of(1), of(2));
});

Deno.test("the validation part does not depend on the size of the training part", () => {
  fc.assert(
    fc.property(splits, ({ labels, train, validation, seed }) => {
      const of = (train: number) => stratifiedSplit(labels, { train, validation, rng: random(seed) });
      assertEquals(of(train).validation, of(0).validation);
    }),
    { seed: 5 },
  );
});

Deno.test("the order is shuffled over the classes", () => {
  const labels = Array.from({ length: 1000 }, (_, i) => Math.floor(i / 100)); // sorted by class
  const { train } = stratifiedSplit(labels, { train: 500, validation: 0, rng: random(6) });
  const neighbours = [...train].filter((index, i) => i > 0 && labels[index] === labels[train[i - 1]]).length;
  assert(
    neighbours > 25 && neighbours < 80,
    `${neighbours} of 499 neighbours are of the same class, expected about 49`,
  );
});

for (const [train, validation] of [[-1, 0], [0, -1], [1.5, 0], [0, NaN], [2, 2]]) {
  Deno.test(`refused: ${train} training and ${validation} validation images of 3`, () => {
    assertThrows(() => stratifiedSplit([0, 1, 0], { train, validation, rng: random(1) }), RangeError, "Cannot split");
  });
}

const labelsOf = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 120 });
const sharesOf = fc.record({ validation: fc.integer({ min: 0, max: 40 }), test: fc.integer({ min: 0, max: 40 }) });

Deno.test("by class: every image once, shares of each class rounded up, always the same", () => {
  fc.assert(
    fc.property(labelsOf, sharesOf, (labels, shares) => {
      const split = splitByClass({ labels, shares });
      const { train, validation = [], test } = split;
      assertEquals([...train, ...validation, ...test].sort((a, b) => a - b), [...labels.keys()]);
      for (const label of new Set(labels)) {
        const count = (indices: Iterable<number>) => [...indices].filter((i) => labels[i] === label).length;
        const size = count(labels.keys());
        const parts = [shares.validation, shares.test].map((share) => Math.ceil(share * size / 100));
        assertEquals([count(validation), count(test)], [parts[0], Math.min(parts[1], size - parts[0])]);
      }
      assertEquals(splitByClass({ labels, shares }), split);
    }),
    { seed: 1 },
  );
});

Deno.test("by group: every image once, no group in two parts", () => {
  const grouped = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom("p", "q", "r", "s", "t")), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(grouped, sharesOf, (images, shares) => {
      const [labels, groups] = [images.map(([label]) => label), images.map(([, group]) => group)];
      const { train, validation = [], test } = splitByGroup({ labels, groups, shares });
      assertEquals([...train, ...validation, ...test].sort((a, b) => a - b), [...labels.keys()]);
      const sets = [train, validation, test].map((part) => new Set(part.map((i) => groups[i])));
      assertEquals(sets.reduce((sum, { size }) => sum + size, 0), new Set(groups).size);
    }),
    { seed: 2 },
  );
});

Deno.test("by group: near the shares where there are many groups", () => {
  // 100 groups of 10 images, of two classes in turn
  const labels = Array.from({ length: 1000 }, (_, i) => i % 2);
  const groups = Array.from({ length: 1000 }, (_, i) => `${Math.floor(i / 10)}`);
  const { train, validation, test } = splitByGroup({ labels, groups, shares: { validation: 20, test: 15 } });
  for (const [part, size] of [[train, 650], [validation!, 200], [test, 150]] as const) {
    assert(Math.abs(part.length - size) <= 10, `expected about ${size}, got ${part.length}`);
    assertEquals(part.filter((i) => labels[i] === 0).length, part.length / 2);
  }
});

/**
 * Tiles of each slide (CRC-Prim-HE-01 to -10) and tissue of Colorectal Histology, counted from the names of the
 * published files: 625 a tissue, in the order of the classes.
 */
const TILES: readonly (readonly number[])[] = [
  [54, 51, 72, 208, 15, 1, 0, 0],
  [107, 50, 16, 106, 2, 3, 0, 0],
  [30, 170, 132, 4, 111, 111, 182, 0],
  [62, 124, 7, 16, 141, 0, 31, 0],
  [57, 27, 90, 159, 32, 152, 144, 0],
  [38, 54, 90, 20, 20, 120, 129, 590],
  [120, 68, 84, 6, 59, 77, 89, 0],
  [55, 23, 25, 8, 193, 85, 0, 0],
  [77, 31, 52, 85, 21, 76, 0, 0],
  [25, 27, 57, 13, 31, 0, 50, 35],
];

Deno.test("by group: Colorectal Histology by slides has every tissue in every part, but for the empty tiles", () => {
  assertEquals(TILES[0].map((_, label) => TILES.reduce((sum, tiles) => sum + tiles[label], 0)), Array(8).fill(625));
  const images = TILES.flatMap((tiles, slide) =>
    tiles.flatMap((count, label) => Array.from({ length: count }, () => ({ slide: `${slide}`, label })))
  );
  const labels = images.map(({ label }) => label);
  const groups = images.map(({ slide }) => slide);
  const parts = splitByGroup({ labels, groups, shares: { validation: 20, test: 20 } });
  const lacking = PARTS.map((part) => TILES[0].flatMap((_, k) => parts[part]!.some((i) => labels[i] === k) ? [] : k));
  assertEquals(lacking, [[], [], [7]]); // empty tiles are on two slides only
  assertEquals(PARTS.map((part) => parts[part]!.length), [3_217, 741, 1_042]); // the best of all 3^10 assignments
});

Deno.test("by group: a class that few groups have is in the training part first, then in the validation part", () => {
  for (
    const { having, lacking } of [{ having: 1, lacking: [0, 1, 1] }, { having: 2, lacking: [0, 0, 1] }, {
      having: 3,
      lacking: [0, 0, 0],
    }]
  ) {
    const groups = Array.from({ length: 60 }, (_, i) => `${i % 10}`);
    const labels = groups.map((group, i) => Number(group) < having && i >= 40 ? 1 : 0);
    const parts = splitByGroup({ labels, groups, shares: { validation: 20, test: 20 } });
    assertEquals(PARTS.map((part) => parts[part]!.some((i) => labels[i] === 1) ? 0 : 1), lacking);
  }
});
