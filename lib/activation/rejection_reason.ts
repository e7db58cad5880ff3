/**
 * Which functions a search trains: those that vary, and are finite in float32 with their derivative.
 *
 * @module
 */
import { runTape, tapeOf } from "./compile/tape.ts";
import { derivative } from "./derivative.ts";
import type { Expression } from "./expression.ts";
import { kept } from "./kept.ts";
import { simplify } from "./simplify/simplify.ts";

/** Where functions are judged: every 1/128 in [-5, 5], with 0 and the ends. */
const POINTS = Float64Array.from({ length: 1281 }, (_, i) => (i - 640) / 128);

/** A function that varies by less is constant in float32. */
const LEAST_VARIATION = 2 ** -20;

/**
 * Why the function cannot be trained: it is constant on [-5, 5], or its value or derivative is not finite somewhere
 * there, both in float32, each step rounded. Undefined where it can.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parse } from "./parse.ts";
 * import { rejectionReason } from "./rejection_reason.ts";
 * assertEquals(rejectionReason(parse("x * sigmoid(x)")), undefined);
 * assertEquals(rejectionReason(parse("atanh(x)")), "not finite");
 * assertEquals(rejectionReason(parse("sin(x)^2 + cos(x)^2")), "constant");
 * ```
 */
export const rejectionReason: (e: Expression) => "constant" | "not finite" | undefined = kept((e) => {
  const value = simplify(e);
  const [values, slopes] = runTape(tapeOf([value, derivative(value)]), POINTS, { round: Math.fround });
  if (!values.every(Number.isFinite) || !slopes.every(Number.isFinite)) return "not finite";
  const least = values.reduce((a, b) => Math.min(a, b));
  const greatest = values.reduce((a, b) => Math.max(a, b));
  const size = Math.max(Math.abs(least), Math.abs(greatest));
  return greatest - least <= LEAST_VARIATION * size ? "constant" : undefined;
});
