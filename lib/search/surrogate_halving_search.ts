/**
 * Successive halving of what a model proposes.
 *
 * @module
 */
import { asynchronousSearch } from "./asynchronous_search.ts";
import { halved } from "./halving_search.ts";
import type { Strategy } from "./strategy.ts";
import { surrogateProposer } from "./surrogate_search.ts";

/** Trains what a model proposes for few epochs, from which it learns, and the best for more. */
export const surrogateHalvingSearch: Strategy = (options) =>
  asynchronousSearch(options, (tools) => halved(tools, surrogateProposer(tools)));
