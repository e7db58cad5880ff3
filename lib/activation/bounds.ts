/**
 * Bounds of a function over all real x, by interval arithmetic on its normal form: never too narrow, often too wide.
 *
 * @module
 */
import { kept } from "./kept.ts";
import type { Node } from "./node.ts";
import { operatorOf } from "./operators.ts";

/** The least and the greatest value, or bounds beyond them. */
export type Bounds = readonly [low: number, high: number];

const ALL: Bounds = [-Infinity, Infinity];

/** The name of a variable that is above 0. */
export const POSITIVE = "x > 0";

function finite(low: number, high: number): Bounds {
  return [Number.isNaN(low) ? -Infinity : low, Number.isNaN(high) ? Infinity : high];
}

/** The product of two bounds; 0 · ∞ is 0, as the ∞ stands for numbers however large. */
function times([a, b]: Bounds, [c, d]: Bounds): Bounds {
  const corners = [a * c, a * d, b * c, b * d].map((value) => Number.isNaN(value) ? 0 : value);
  return [Math.min(...corners), Math.max(...corners)];
}

function powerOf([low, high]: Bounds, n: number): Bounds {
  if (n < 0) {
    if (low > 0 || high < 0) return powerOf([1 / high, 1 / low], -n);
    return low >= 0 || n % 2 === 0 ? [0, Infinity] : ALL;
  }
  if (n % 2 === 1) return [low ** n, high ** n];
  const [a, b] = [Math.abs(low), Math.abs(high)];
  return [low <= 0 && high >= 0 ? 0 : Math.min(a, b) ** n, Math.max(a, b) ** n];
}

function ofCall(operator: string, args: readonly Bounds[]): Bounds {
  const [a, b, yes, no] = args;
  switch (operator) {
    case "max":
      return [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
    case "min":
      return [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
    case "where":
      return [Math.min(yes[0], no[0]), Math.max(yes[1], no[1])];
  }
  const { increasing, range, value } = operatorOf(operator);
  if (!increasing) return range ?? ALL;
  const [low, high] = [value(a[0]), value(a[1])];
  return [Number.isNaN(low) ? range?.[0] ?? -Infinity : low, Number.isNaN(high) ? Infinity : high];
}

function compute(node: Node): Bounds {
  switch (node.kind) {
    case "variable":
      return node.name === POSITIVE ? [Number.MIN_VALUE, Infinity] : ALL;
    case "number":
      return [node.value, node.value];
    case "sum":
      return node.terms.reduce<Bounds>(([low, high], { scale, node }) => {
        const [a, b] = times([scale, scale], bounds(node));
        return finite(low + a, high + b);
      }, [node.offset, node.offset]);
    case "product":
      return node.factors.map(([base, n]) => powerOf(bounds(base), n)).reduce(times);
    case "call":
      return ofCall(node.operator, node.args.map(bounds));
  }
}

/** Bounds of the node's values over all x of its domain. */
export const bounds: (node: Node) => Bounds = kept(compute);
