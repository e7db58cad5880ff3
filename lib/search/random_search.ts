/**
 * Random search: what any other strategy has to beat.
 *
 * @module
 */
import { asynchronousSearch } from "./asynchronous_search.ts";
import type { Strategy } from "./strategy.ts";

/** Draws every function at random, none twice. */
export const randomSearch: Strategy = (options) =>
  asynchronousSearch(options, ({ rng, draw }) => {
    const drawing = rng.split("random");
    return { propose: () => draw(drawing), tell() {} };
  });
