import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { textWidth } from "./text_width.ts";
import { type Dot, type Label, placeLabels } from "./place_labels.ts";

const frame = { left: 0, right: 200, top: 0, bottom: 100 };

Deno.test("A label stands at the right of its dot, or where there is room", () => {
  const anchor = (x: number, y: number) => placeLabels([{ name: "name", x, y }], { frame })[0]?.anchor;
  assertEquals(anchor(100, 50), "start");
  assertEquals(anchor(195, 50), "end");
  const [label] = placeLabels([{ name: "name", x: 100, y: 50 }], {
    frame,
    obstacles: [{ left: 0, right: 200, top: 48, bottom: 52 }],
  });
  assertEquals([label.anchor, label.dy], ["middle", -14]);
});

/** Where the text and the dots are, as SVG draws them. */
function boxes(dots: readonly Dot[], labels: readonly Label[]): [number, number, number, number][] {
  return labels.map(({ index, text, dx, dy, anchor }) => {
    const width = textWidth(text, 12);
    const left = dots[index].x + dx - { start: 0, middle: width / 2, end: width }[anchor];
    const middle = dots[index].y + dy;
    return [left, middle - 6, left + width, middle + 6];
  });
}

Deno.test("No label covers another or a dot, or leaves the frame, however the dots lie", () => {
  const wide = { left: 0, right: 400, top: 0, bottom: 300 };
  const coordinate = fc.integer({ min: 10, max: 290 });
  const name = fc.constantFrom("relu", "GELU_TANH", "x * erf(exp(x))", "漢字");
  fc.assert(
    fc.property(fc.array(fc.record({ name, x: coordinate, y: coordinate }), { maxLength: 25 }), (dots) => {
      const all = boxes(dots, placeLabels(dots, { frame: wide, first: dots.length >> 2 }));
      for (const [i, [left, top, right, bottom]] of all.entries()) {
        assert(left >= 0 && right <= 400 && top >= 0 && bottom <= 300);
        assert(all.slice(i + 1).every(([l, t, r, b]) => right <= l || r <= left || bottom <= t || b <= top));
        assert(dots.every(({ x, y }) => x + 4.5 <= left || right <= x - 4.5 || y + 4.5 <= top || bottom <= y - 4.5));
      }
    }),
    { numRuns: 40, seed: 1 },
  );
});

Deno.test("In a crowd the first dots have names, with a line where they are far, and the others at least numbers", () => {
  const dots = Array.from({ length: 20 }, (_, i) => ({ name: `function ${i}`, x: 300 + i % 3, y: 150 + i % 2 }));
  const labels = placeLabels(dots, { frame: { left: 0, right: 700, top: 0, bottom: 300 }, first: 8 });
  assertEquals(labels.map(({ index }) => index), [...dots.keys()]);
  assertEquals(labels.slice(0, 8).map(({ text }) => text), dots.slice(0, 8).map(({ name }) => name));
  for (const { dx, dy, leader } of labels) assertEquals(Math.hypot(dx, dy) > 20, leader !== undefined);
  const numbers = labels.filter(({ isNumber }) => isNumber).map(({ text }) => text);
  assert(numbers.length > 0);
  assertEquals(numbers, numbers.map((_, i) => `${i + 1}`));
});
