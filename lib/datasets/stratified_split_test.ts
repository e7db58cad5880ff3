import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { random } from "../random.ts";
import { stratifiedSplit } from "./stratified_split.ts";

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
