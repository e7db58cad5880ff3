/**
 * What a genome stands for: the function, its key, and whether it is fit for training.
 *
 * @module
 */
import { decodeGenome, type Expression, format, identityKey, rejectionReason } from "../activation/mod.ts";
import type { Description } from "./gate.ts";
import type { Genome } from "./genes.ts";

/** Describes a genome for the search. It depends on the genome alone. */
export function describeGenome(genome: Genome): Description {
  return describeExpression(decodeGenome(genome));
}

/** Describes a function for the search. */
export function describeExpression(expression: Expression): Description {
  const rejected = rejectionReason(expression);
  return { expression, formula: format(expression), identity: identityKey(expression), ...rejected && { rejected } };
}
