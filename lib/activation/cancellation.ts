/**
 * Sums that cancel, such as 1 − σ(u), and the function that is the same and accurate where the sum is small.
 *
 * @module
 */
import type { Node, Term } from "./node.ts";

/** scale · operator(factor · argument). */
export interface Accurate {
  readonly scale: number;
  readonly operator: string;
  readonly factor: number;
  readonly argument: Node;
}

/** The operator and the argument of a call of one argument. */
function callOf(node: Node): { readonly operator: string; readonly argument: Node } | undefined {
  return node.kind === "call" && node.args.length === 1
    ? { operator: node.operator, argument: node.args[0] }
    : undefined;
}

/** For offset + scale · operator(argument), by the ratio of the two numbers: scale, operator, factor of the result. */
function byRatio(operator: string, ratio: number): readonly [number, string, number] | undefined {
  switch (operator) {
    case "sigmoid": // 1 - σ(u) = σ(-u), 2 σ(u) - 1 = tanh(u / 2)
      return ratio === -1 ? [-1, "sigmoid", -1] : ratio === -0.5 ? [0.5, "tanh", 0.5] : undefined;
    case "tanh": // 1 ± tanh u = 2 σ(±2u)
      return Math.abs(ratio) === 1 ? [2 * ratio, "sigmoid", 2 * ratio] : undefined;
    case "erf": // 1 ± erf u = erfc(∓u)
      return Math.abs(ratio) === 1 ? [ratio, "erfc", -ratio] : undefined;
    case "erfc": // 1 - erfc u = erf u, 2 - erfc u = erfc(-u)
      return ratio === -1 ? [-1, "erf", 1] : ratio === -2 ? [-1, "erfc", -1] : undefined;
    case "exp": // e^u - 1
      return ratio === -1 ? [1, "expm1", 1] : undefined;
  }
  return undefined;
}

/** u where the nodes are e^u and e^-u. */
function opposite(a: Node, b: Node): Node | undefined {
  const [first, second] = [callOf(a), callOf(b)];
  if (first?.operator !== "exp" || second?.operator !== "exp") return undefined;
  const [u, v] = [first.argument, second.argument];
  const negated = ({ offset, terms }: Extract<Node, { kind: "sum" }>) =>
    offset === 0 && terms.length === 1 && terms[0].scale === -1 ? terms[0].node.key : undefined;
  return v.kind === "sum" && negated(v) === u.key ? u : undefined;
}

/** Another way to write Σ terms + offset; undefined where none is known. */
export function accurate(terms: readonly Term[], offset: number): Accurate | undefined {
  if (terms.length === 1 && offset !== 0) {
    const [{ scale, node }] = terms;
    const call = callOf(node);
    const found = call && byRatio(call.operator, offset / scale);
    return found && { scale: scale * found[0], operator: found[1], factor: found[2], argument: call.argument };
  }
  if (terms.length !== 2 || offset !== 0 || Math.abs(terms[0].scale) !== Math.abs(terms[1].scale)) return undefined;
  for (const [a, b] of [[terms[0], terms[1]], [terms[1], terms[0]]]) {
    const argument = opposite(a.node, b.node);
    const operator = a.scale === b.scale ? "cosh" : "sinh"; // (e^u ± e^-u) / 2
    if (argument) return { scale: 2 * a.scale, operator, factor: 1, argument };
  }
  return undefined;
}

/** u of 1 + e^u. */
export function exponentOfOneMore(node: Node): Node | undefined {
  if (node.kind !== "sum" || node.terms.length !== 1 || node.offset !== 1 || node.terms[0].scale !== 1) {
    return undefined;
  }
  const call = callOf(node.terms[0].node);
  return call?.operator === "exp" ? call.argument : undefined;
}
