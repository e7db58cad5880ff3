import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { type Random, random, splitMix64 } from "./random.ts";

/** First numbers of Vigna's splitmix64.c (prng.di.unimi.it) from a state. */
const PUBLISHED: readonly (readonly [state: bigint, numbers: readonly bigint[]])[] = [
  // the task "Pseudo-random numbers/Splitmix64" of Rosetta Code
  [1234567n, [
    6457827717110365317n,
    3203168211198807973n,
    9817491932198370423n,
    4593380528125082431n,
    16408922859458223821n,
  ]],
  // test vectors of the Rust crate rand_xoshiro, splitmix64.rs
  [1477776061723855037n, [
    1985237415132408290n,
    2979275885539914483n,
    13511426838097143398n,
    8488337342461049707n,
    15141737807933549159n,
    17093170987380407015n,
    16389528042912955399n,
    13177319091862933652n,
    10841969400225389492n,
    17094824097954834098n,
  ]],
];

for (const [state, numbers] of PUBLISHED) {
  Deno.test(`SplitMix64 from ${state}`, () => {
    const draw = splitMix64(state);
    assertEquals(numbers.map(() => draw()), numbers);
  });
}

Deno.test("a generator's state is the first number from its seed, and `next` the upper 53 bits", () => {
  const rng = random(1234567);
  const draw = splitMix64(6457827717110365317n);
  for (let i = 0; i < 5; i++) assertEquals(rng.next(), Number(draw() >> 11n) / 2 ** 53);
});

/** Least χ² that has a probability under 3e-5 (Wilson and Hilferty 1931). */
function unlikely(freedom: number): number {
  const variance = 2 / (9 * freedom);
  return freedom * (1 - variance + 4 * Math.sqrt(variance)) ** 3;
}

/** Whether counts differ from equal ones by no more than chance. */
function assertUniform(draw: () => number, { cells, draws }: { readonly cells: number; readonly draws: number }) {
  const counts = new Array(cells).fill(0);
  for (let i = 0; i < draws; i++) counts[draw()]++;
  const expected = draws / cells;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  assert(chiSquare < unlikely(cells - 1), `χ² of ${chiSquare.toFixed(1)} with ${cells} cells`);
}

const UNIFORM: readonly (readonly [name: string, cells: number, draw: (rng: Random) => number])[] = [
  ["next", 100, (rng) => Math.floor(100 * rng.next())],
  ["the last bits of next", 64, (rng) => Math.floor(rng.next() * 2 ** 53) % 64],
  ["pairs of next", 400, (rng) => 20 * Math.floor(20 * rng.next()) + Math.floor(20 * rng.next())],
  ["integer(7)", 7, (rng) => rng.integer(7)],
  ["choice of three", 3, (rng) => rng.choice([0, 1, 2])],
  ["the orders of four", 256, (rng) => Number.parseInt(rng.shuffle([0, 1, 2, 3]).join(""), 4)],
];

for (const [name, cells, draw] of UNIFORM) {
  Deno.test(`${name} is uniform`, () => {
    const rng = random(1);
    if (name !== "the orders of four") return assertUniform(() => draw(rng), { cells, draws: 200 * cells });
    const orders = new Map<number, number>();
    assertUniform(() => {
      const order = draw(rng);
      if (!orders.has(order)) orders.set(order, orders.size);
      return orders.get(order)!;
    }, { cells: 24, draws: 4800 });
  });
}

const PAIRS: readonly (readonly [name: string, pair: (i: number) => readonly [Random, Random]])[] = [
  ["a parent and its part", (i) => [random(i), random(i).split("part")]],
  ["parts with neighbouring numbers", (i) => [random(1).split(i), random(1).split(i + 1)]],
  ["parts with similar names", (i) => [random(1).split(`fold${i}`), random(1).split(`fold${i}a`)]],
  ["a number and its text", (i) => [random(1).split(i), random(1).split(`${i}`)]],
  ["neighbouring seeds", (i) => [random(i), random(i + 1)]],
  ["seeds given to libraries", (i) => [random(random(i).seed("a")), random(random(i).seed("b"))]],
];

for (const [name, pair] of PAIRS) {
  Deno.test(`${name} are independent`, () => {
    const cells = 16;
    let i = 0;
    assertUniform(() => {
      const [a, b] = pair(i++).map((rng) => rng.integer(cells));
      return cells * a + b;
    }, { cells: cells ** 2, draws: 40 * cells ** 2 });
  });
}

Deno.test("10,000 parts have different first numbers and seeds, but for chance", () => {
  const parts = Array.from({ length: 10_000 }, (_, i) => random(3).split(i));
  assertEquals(new Set(parts.map((part) => part.next())).size, parts.length);
  // 10⁸ / 2 pairs among 2³¹ seeds: 0.02 equal ones are expected
  assertEquals(new Set(parts.map((_, i) => random(3).seed(i))).size, parts.length);
});

Deno.test("a part follows from the seed and the labels, whatever was drawn", () => {
  const [rng, other] = [random(5), random(5)];
  for (let i = 0; i < 10; i++) rng.next();
  assertEquals(rng.split("a").split(2).next(), other.split("a").split(2).next());
  assertEquals(rng.seed("a"), other.seed("a"));
  assertNotEquals(rng.split("a").split("b").next(), rng.split("b").split("a").next());
});

Deno.test("shuffle gives all elements and changes nothing", () => {
  const list = Object.freeze([1, 2, 3, 4, 5, 6, 7, 8]);
  const shuffled = random(1).shuffle(list);
  assertNotEquals(shuffled, list);
  assertEquals(shuffled.toSorted(), list);
});

const REFUSED: readonly (readonly [call: () => unknown, message: string])[] = [
  [() => random(-1), "Cannot seed: expected an integer of at least 0, got -1"],
  [() => random(0.5), "got 0.5"],
  [() => random(2 ** 53), "got 9007199254740992"],
  [() => random(1).integer(0), "Cannot draw an integer: expected a positive integer as the bound, got 0"],
  [() => random(1).integer(2.5), "got 2.5"],
  [() => random(1).choice([]), "Cannot choose: expected a list of at least 1 element, got none"],
];

for (const [call, message] of REFUSED) {
  Deno.test(`refused: ${message}`, () => void assertThrows(call, RangeError, message));
}
