/**
 * What a function looks like: limits, minimum, zeros, flat pieces, monotony, and the function of the catalogue that it
 * equals or mirrors. That, and flat pieces, are proven; the rest comes from float64 values at many places, refined
 * between them.
 *
 * @module
 */
import { type CatalogName, catalogName } from "../catalog.ts";
import { call, type Expression, substitute, X } from "../expression.ts";
import { simplify } from "../simplify/simplify.ts";
import { breaksOf, curveOf } from "./curve.ts";
import { type FlatPiece, flatPieces } from "./flat_pieces.ts";
import type { Interval } from "./interval.ts";
import { type Limit, limit } from "./limit.ts";
import { type Minimum, minimumOf } from "./minimum.ts";
import { type Monotony, monotonyOf } from "./monotony.ts";
import { zerosOf } from "./zeros.ts";

/** What `describe` tells of a function. Zeros, minimum and monotony are looked for up to |x| = 1e9. */
export interface Properties {
  /** What the function tends to at both ends. */
  readonly limits: { readonly minusInfinity: Limit; readonly plusInfinity: Limit };
  /** The least value, if there is one. */
  readonly minimum?: Minimum;
  /** Where it is 0: places and intervals in ascending order; of many the 8 that are nearest to 0. */
  readonly zeros: readonly Interval[];
  /** Whether there are more zeros. */
  readonly moreZeros: boolean;
  /** Where it is constant. */
  readonly flat: readonly FlatPiece[];
  /** Whether it rises or falls where it is defined. */
  readonly monotony: Monotony;
  /** The function of the catalogue that it is proven to be. */
  readonly equals?: CatalogName;
  /** The function g of the catalogue with f(x) = g(-x). */
  readonly mirrors?: CatalogName;
}

/** f(-x) as an expression. */
function mirror(e: Expression): Expression {
  return simplify(substitute(e, { x: call("neg", X) }));
}

/**
 * The properties of a function.
 *
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { parse } from "../parse.ts";
 * import { properties } from "./properties.ts";
 * const swish = properties(parse("x / (1 + exp(-x))"));
 * assertEquals(swish.equals, "swish");
 * assertEquals(swish.limits.plusInfinity, { kind: "asymptote", slope: 1, intercept: 0 });
 * assertAlmostEquals(swish.minimum!.value, -0.2784645427610738, 1e-12);
 * assertEquals(properties(parse("relu(x)")).zeros, [{ from: -Infinity, to: 0 }]);
 * ```
 */
export function properties(e: Expression): Properties {
  const curve = curveOf(simplify(e));
  const breaks = breaksOf(curve);
  const flat = flatPieces(curve, breaks);
  const limits = {
    minusInfinity: limit(e, { direction: -1 }),
    plusInfinity: limit(e, { direction: 1 }),
  };
  const { zeros, more } = zerosOf(curve, flat);
  const minimum = minimumOf(curve, { limits: Object.values(limits), flat, zeros, breaks });
  const equals = catalogName(e);
  const mirrors = catalogName(mirror(e));
  return {
    limits,
    ...minimum && { minimum },
    zeros,
    moreZeros: more,
    flat,
    monotony: monotonyOf(curve, breaks),
    ...equals && { equals },
    ...mirrors && { mirrors },
  };
}
