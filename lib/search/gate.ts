/**
 * The gate between the operators and the population: it lets through each function once in a search, keeps out what is
 * rejected, and counts. It does not know how a genome came about nor what fitness is.
 *
 * @module
 */
import type { Expression } from "../activation/mod.ts";
import type { Genome } from "./genes.ts";
import type { Candidate, Provenance } from "./individual.ts";

/** Why a function is not worth an evaluation. */
export type Rejection = "constant" | "not finite";

/** What the search has to know of a genome. */
export interface Description {
  /** The function as a text. */
  readonly formula: string;
  /** The function, where the genome stands for an expression. */
  readonly expression?: Expression;
  /** The same for equal functions, different for different ones. */
  readonly identity: string;
  /** Set where the function must not be evaluated. */
  readonly rejected?: Rejection;
}

/** What became of the genomes that the operators proposed for a generation. */
export interface Counts {
  /** All genomes: `duplicates`, those in `rejected`, and those let through. */
  readonly proposed: number;
  /** Genomes of a function that was let through before, in this generation or an earlier one. */
  readonly duplicates: number;
  /** Genomes of functions that are rejected, by reason. */
  readonly rejected: Readonly<Record<Rejection, number>>;
}

/** Lets functions into a search. */
export interface Gate {
  /** The candidate that a genome makes, or `undefined` when its function is rejected or has come before. */
  admit(genome: Genome, provenance: Provenance): Candidate | undefined;
  /** What a genome stands for, where it would be admitted; it is not counted. */
  look(genome: Genome): Description | undefined;
  /** Starts the next generation with all counts at 0. */
  open(generation: number): void;
  /** The counts since `open`. */
  counts(): Counts;
}

/** A gate that has let nothing through yet. `candidateOf` is asked once for each genome. */
export function createGate(candidateOf: (genome: Genome) => Description): Gate {
  const descriptions = new Map<string, Description>();
  const identities = new Set<string>();
  let generation = 0;
  let tally = { proposed: 0, duplicates: 0, constant: 0, "not finite": 0 };

  function describe(genome: Genome): Description {
    const key = genome.join();
    const known = descriptions.get(key) ?? candidateOf(genome);
    descriptions.set(key, known);
    return known;
  }

  return {
    admit(genome, { origin, parents }) {
      const { rejected, ...description } = describe(genome);
      tally.proposed++;
      if (rejected !== undefined) {
        tally[rejected]++;
        return undefined;
      }
      if (identities.has(description.identity)) {
        tally.duplicates++;
        return undefined;
      }
      const number = identities.size;
      identities.add(description.identity);
      return { ...description, number, generation, genome, origin, parents };
    },
    look(genome) {
      const description = describe(genome);
      return description.rejected !== undefined || identities.has(description.identity) ? undefined : description;
    },
    open(next) {
      generation = next;
      tally = { proposed: 0, duplicates: 0, constant: 0, "not finite": 0 };
    },
    counts() {
      const { proposed, duplicates, constant, "not finite": notFinite } = tally;
      return { proposed, duplicates, rejected: { constant, "not finite": notFinite } };
    },
  };
}
