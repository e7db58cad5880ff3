/**
 * What a genome stands for: the function, its key, and whether it is fit for training.
 *
 * @module
 */
import { decodeGenome, format, identityKey, rejectionReason } from "../activation/mod.ts";
import type { Description, Genome } from "../search/mod.ts";

/** Describes a genome for the search. It depends on the genome alone. */
export function describeGenome(genome: Genome): Description {
  const expression = decodeGenome(genome);
  const rejected = rejectionReason(expression);
  return { expression: format(expression), identity: identityKey(expression), ...rejected && { rejected } };
}
