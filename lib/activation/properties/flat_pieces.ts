/**
 * Where a function is constant, proven: between two borders in its tree a maximum is one of its arguments, a rectifier
 * its argument or 0, and what is left may simplify to a number. Values alone would not do: e^x is 0 below -746.
 *
 * @module
 */
import { evaluate } from "../evaluate.ts";
import { call, constant, type Expression, neg, recursion } from "../expression.ts";
import { expanded } from "../operators.ts";
import { bordersOf } from "../simplify/borders.ts";
import { simplify } from "../simplify/simplify.ts";
import type { Break, Curve } from "./curve.ts";
import type { Interval } from "./interval.ts";

/** A piece of the line, and the value there. */
export interface FlatPiece extends Interval {
  /** The only value of the function there. */
  readonly value: number;
}

/** The expression as it is around x, with no choice left. */
function branchAt(e: Expression, x: number): Expression {
  return recursion<Expression>((part, recur) => {
    if (part.kind !== "call") return part;
    const [a, b] = part.args;
    const isAbove = () => evaluate(a, x) > (b === undefined ? 0 : evaluate(b, x));
    switch (part.operator) {
      case "where":
        return recur(isAbove() ? part.args[2] : part.args[3]);
      case "max":
        return recur(isAbove() ? a : b);
      case "min":
        return recur(isAbove() ? b : a);
      case "relu":
        return isAbove() ? recur(a) : constant(0);
      case "abs":
        return isAbove() ? recur(a) : neg(recur(a));
      case "sign":
        return constant(isAbove() ? 1 : -1);
    }
    return call(part.operator, ...part.args.map(recur));
  })(e);
}

function isVariable(e: Expression): boolean {
  return recursion<boolean>((part, recur) =>
    part.kind === "variable" || (part.kind === "call" && part.args.some((arg) => recur(arg)))
  )(e);
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));
}

/** The flat pieces in ascending order, as long as they can be. */
export function flatPieces({ expression, f, places, values }: Curve, breaks: readonly Break[]): FlatPiece[] {
  const e = expanded(expression);
  const ends = breaks.filter(({ left, right }) => Number.isNaN(left + right)).map(({ x }) => x);
  const borders = [-Infinity, ...[...bordersOf(e), ...ends].sort((a, b) => a - b), Infinity];
  const found: FlatPiece[] = [];
  for (const [i, from] of borders.slice(0, -1).entries()) {
    const to = borders[i + 1];
    const inner = from === -Infinity ? to - Math.max(1, Math.abs(to)) : from + Math.max(1, Math.abs(from));
    const middle = Number.isFinite(from) && Number.isFinite(to)
      ? (from + to) / 2
      : Number.isFinite(inner)
      ? inner
      : 0.25;
    const branch = simplify(branchAt(e, middle));
    if (isVariable(branch)) continue;
    const value = evaluate(branch, 0);
    // a border further out than they are looked for would show here
    const isFlat = places.every((x, i) => x <= from || x >= to || close(values[i], value));
    if (!isFlat || !Number.isFinite(value)) continue;
    const before = found.at(-1);
    if (before?.to === from && before.value === value && before.open !== "right" && before.open !== "both") {
      found[found.length - 1] = piece(f, { ...before, to });
    } else found.push(piece(f, { from, to, value }));
  }
  return found;
}

/** The piece with what is to be said of its ends. */
function piece(f: (x: number) => number, { from, to, value }: FlatPiece): FlatPiece {
  const [left, right] = [from, to].map((x) => Number.isFinite(x) && !close(f(x), value));
  const open = left ? right ? "both" : "left" : right ? "right" : undefined;
  return { from, to, value, ...open && { open } };
}
