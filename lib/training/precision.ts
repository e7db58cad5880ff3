/**
 * In which numbers a training multiplies.
 *
 * @module
 */

/** Names of the precisions. */
export const PRECISIONS = ["float32", "bfloat16"] as const;

/** `bfloat16`: convolutions and products with 8 bits of mantissa; weights, sums and losses in float32. */
export type Precision = typeof PRECISIONS[number];
