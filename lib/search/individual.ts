/**
 * The members of a population: candidates that wait for their fitness, individuals that have it, and their order.
 * It does not know how a fitness comes about.
 *
 * @module
 */
import type { Expression } from "../activation/mod.ts";
import type { Genome } from "./genes.ts";

/** How a function came into the search. */
export type Origin = "random" | "crossover" | "mutation" | "enumeration" | "given";

/** Where a candidate comes from. */
export interface Provenance {
  /** How it came about. */
  readonly origin: Origin;
  /** The numbers of its parents: two of a crossover, one of a mutation, none of a random one. */
  readonly parents: readonly number[];
}

/** A function that the search proposes. */
export interface Candidate extends Provenance {
  /** Position among all candidates of the search, from 0; the order in which they were proposed. */
  readonly number: number;
  /** The generation that it was proposed for, from 0. */
  readonly generation: number;
  /** Its codes. */
  readonly genome: Genome;
  /** The function as a text. */
  readonly formula: string;
  /** The function, where the genome stands for an expression. */
  readonly expression?: Expression;
  /** The same for equal functions, different for different ones. */
  readonly identity: string;
  /** Set where it is to be trained for fewer epochs than the search's, see `halvingSearch`. */
  readonly epochs?: number;
}

/** A candidate with its fitness. */
export interface Individual extends Candidate {
  /** Finite; higher is better. */
  readonly fitness: number;
}

/** The population from the best to the worst; among equals the shorter genome, then the earlier proposal, is first. */
export function ranked(population: readonly Individual[]): Individual[] {
  return [...population].sort((a, b) =>
    b.fitness - a.fitness || a.genome.length - b.genome.length || a.number - b.number
  );
}
