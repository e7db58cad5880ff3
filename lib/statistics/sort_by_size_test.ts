import { assertEquals } from "@std/assert";
import { random } from "../random.ts";
import { sortBySize } from "./sort_by_size.ts";

const rng = random(1);
const list = (count: number, value: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => value(i));

/** Numbers that spread evenly, and such that do not. */
const LISTS: readonly { what: string; values: Float64Array }[] = [
  { what: "none", values: list(0, () => 0) },
  { what: "zeros", values: list(5, () => 0) },
  { what: "evenly spread", values: list(1000, () => rng.next() - 0.5) },
  { what: "integers, many equal", values: list(1000, () => rng.integer(9) - 4) },
  { what: "closely together beside one far off", values: list(1000, (i) => i === 500 ? -1e9 : rng.next() - 0.3) },
  { what: "all negative", values: list(100, () => -(rng.next() ** 20)) },
  { what: "too small to scale", values: list(10, (i) => (i % 2 ? -1 : 1) * Number.MIN_VALUE * i) },
];

for (const { what, values } of LISTS) {
  Deno.test(`numbers by size: ${what}`, () => {
    const sorted = sortBySize(values);
    const sizes = values.map(Math.abs).sort();
    assertEquals(sorted.map(Math.abs), sizes);
    assertEquals(sorted.slice().sort(), values.slice().sort());
  });
}
