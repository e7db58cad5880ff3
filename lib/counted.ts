/**
 * A number with its noun.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { counted } from "./counted.ts";
 * assertEquals([counted(1, "seed"), counted(2, "seed")], ["1 seed", "2 seeds"]);
 * ```
 *
 * @module
 */

/** The number and the noun, with an s unless it is one. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
