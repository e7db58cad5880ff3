/**
 * What a genome stands for: the function, its key, and whether it is fit for training.
 *
 * @module
 */
import { format } from "../activation/format.ts";
import { decodeGenome } from "../activation/genome.ts";
import { identityKey } from "../activation/identity.ts";
import { rejectionReason } from "../activation/properties.ts";
import type { Description } from "../search/gate.ts";
import type { Genome } from "../search/genes.ts";

/** Describes a genome for the search. It depends on the genome alone. */
export function describeGenome(genome: Genome): Description {
  const expression = decodeGenome(genome);
  const rejected = rejectionReason(expression);
  return { expression: format(expression), identity: identityKey(expression), ...rejected && { rejected } };
}
