import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { splitByClass, splitByGroup } from "./fixed_split.ts";

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
