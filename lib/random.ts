/**
 * The seeded, splittable generator that everything random in the lab comes from.
 *
 * The stream is SplitMix64's (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), in
 * 64-bit integers (BigInt). A generator is named by its seed and by the labels it was split with, so that a part of the
 * program draws the same numbers whatever the others draw: its state begins at a hash of the parent's first state and
 * the label.
 *
 * @module
 */

/** A source of random numbers. */
export interface Random {
  /** A number in [0, 1), 53 bits. */
  next(): number;
  /** An integer in [0, below). Throws a RangeError unless `below` is a positive integer. */
  integer(below: number): number;
  /** One element of a list that is not empty. */
  choice<T>(list: readonly T[]): T;
  /** A copy of the list in random order (Fisher-Yates). */
  shuffle<T>(list: readonly T[]): T[];
  /** An independent generator that depends on this one's seed and on the label, not on what was drawn before. */
  split(label: string | number): Random;
  /** A 31-bit seed, for libraries that take one; it depends on the seed and the label alone. */
  seed(label: string | number): number;
}

const MASK = (1n << 64n) - 1n;
const GOLDEN = 0x9e3779b97f4a7c15n;

function mix(value: bigint): bigint {
  let z = value & MASK;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return z ^ (z >> 31n);
}

/** FNV-1a over UTF-16 code units, 64 bits. */
function hash(text: string): bigint {
  let h = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) h = ((h ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n) & MASK;
  return h;
}

/** SplitMix64's numbers, 64 bits each, from a state. */
export function splitMix64(state: bigint): () => bigint {
  return () => mix(state = (state + GOLDEN) & MASK);
}

function generator(origin: bigint): Random {
  const draw = splitMix64(origin);
  const derived = (label: string | number) => mix(origin ^ mix(hash(`${typeof label}:${label}`)));
  const self: Random = {
    next: () => Number(draw() >> 11n) / 2 ** 53,
    integer(below) {
      if (!Number.isSafeInteger(below) || below < 1) {
        throw new RangeError(`Cannot draw an integer: expected a positive integer as the bound, got ${below}`);
      }
      return Math.floor(self.next() * below);
    },
    choice(list) {
      if (list.length === 0) throw new RangeError("Cannot choose: expected a list of at least 1 element, got none");
      return list[self.integer(list.length)];
    },
    shuffle(list) {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = self.integer(i + 1);
        [copy[i], copy[j]] = [copy[j], copy[i]];
      }
      return copy;
    },
    split: (label) => generator(derived(label)),
    seed: (label) => Number(derived(label) & 0x7fffffffn),
  };
  return self;
}

/**
 * Makes a generator from a seed. Throws a RangeError unless the seed is an integer of at least 0.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { random } from "./random.ts";
 * assertEquals(random(7).shuffle([1, 2, 3, 4]), random(7).shuffle([1, 2, 3, 4]));
 * ```
 */
export function random(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`Cannot seed: expected an integer of at least 0, got ${seed}`);
  }
  return generator(mix(BigInt(seed) + GOLDEN));
}
