/**
 * Simplification: an expression through its normal form and back, as a tree that is short to write and to compute.
 *
 * @module
 */
import { add, call, constant, div, type Expression, mul, neg, pow, sub } from "../expression.ts";
import { kept } from "../kept.ts";
import { operatorOf } from "../operators.ts";
import { bounds, type Node, numberNode, type Term, variableNode } from "./node.ts";
import { apply } from "./normal_form.ts";

/** One is nearly always enough, and none of thousands of random expressions needs more than two. */
const PASSES = 4;

/** The normal form of an expression. */
export function normalForm(e: Expression, known = new Map<Expression, Node>()): Node {
  if (e.kind === "variable") return variableNode(e.name);
  if (e.kind === "constant") return numberNode(e.value);
  let node = known.get(e);
  if (!node) known.set(e, node = apply(e.operator, e.args.map((arg) => normalForm(arg, known))));
  return node;
}

/** The normal form of an expression in x, at a node. */
export function normalFormAt(e: Expression, x: Node): Node {
  if (e.kind === "variable") return x;
  if (e.kind === "constant") return numberNode(e.value);
  return apply(e.operator, e.args.map((arg) => normalFormAt(arg, x)));
}

/** The divisor that a factor such as 1/3 is better written as. */
function divisorOf(scale: number): number | undefined {
  const divisor = Math.round(1 / scale);
  return divisor > 1 && divisor <= 1000 && 1 / divisor === scale && `${scale}`.length > 6 ? divisor : undefined;
}

/** scale · node, for scale > 0. */
function scaledTree(scale: number, node: Node): Expression {
  if (scale === 1) return treeOf(node);
  const divisor = divisorOf(scale);
  if (divisor) return div(treeOf(node), divisor);
  return node.kind === "product" ? productTree(node.factors, scale) : mul(scale, treeOf(node));
}

function productTree(factors: readonly (readonly [Node, number])[], scale = 1): Expression {
  const side = (sign: number, first: Expression) =>
    factors.filter(([, n]) => n * sign > 0).reduce((e, [base, n]) => mul(e, pow(treeOf(base), n * sign)), first);
  return div(side(1, constant(scale)), side(-1, constant(1)));
}

/** -e, with the sign at the first factor, where one writes it. */
function negated(e: Expression): Expression {
  if (e.kind === "call" && (e.operator === "mul" || e.operator === "div")) {
    return call(e.operator, negated(e.args[0]), e.args[1]);
  }
  return neg(e);
}

function sumTree(terms: readonly Term[], offset: number): Expression {
  const positive = terms.filter(({ scale }) => scale > 0).map(({ scale, node }) => scaledTree(scale, node));
  const negative = terms.filter(({ scale }) => scale < 0).map(({ scale, node }) => scaledTree(-scale, node));
  if (offset > 0) positive.push(constant(offset));
  if (offset < 0) negative.push(constant(-offset));
  const [first, ...rest] = positive.length > 0 ? positive : [negated(negative.shift()!)];
  return negative.reduce((e, term) => sub(e, term), rest.reduce((e, term) => add(e, term), first));
}

/** What decides the sign of a node: its factors that may be negative, with odd powers. */
function signKey(node: Node): string {
  const isScaled = node.kind === "sum" && node.terms.length === 1 && node.offset === 0;
  if (isScaled) return (node.terms[0].scale < 0 ? "-" : "") + signKey(node.terms[0].node);
  if (node.kind !== "product") return node.key;
  return node.factors.filter(([base, n]) => n % 2 !== 0 && bounds(base)[0] < 0).map(([base]) => base.key).join();
}

/** For which arguments the calls in an expression have no value, where x can give such. */
function limitations(e: Expression, known: Map<Expression, Node>): Set<string> {
  const seen = new Set<Expression>();
  const found = new Set<string>();
  const visit = (part: Expression): void => {
    if (part.kind !== "call" || seen.has(part)) return;
    seen.add(part);
    const [first, exponent] = part.args;
    // what is not selected may have no value
    for (const arg of part.operator === "where" ? part.args.slice(0, 2) : part.args) visit(arg);
    const { domain } = operatorOf(part.operator);
    if (!domain || (exponent?.kind === "constant" && Number.isInteger(exponent.value))) return;
    const argument = normalForm(first, known);
    const [low, high] = bounds(argument);
    if (low >= domain[0] && high <= domain[1]) return;
    found.add(`${domain.join()} ${domain[0] === 0 ? signKey(argument) : argument.key}`);
  };
  visit(e);
  return found;
}

/** The tree of a normal form. */
export const treeOf: (node: Node) => Expression = kept((node) => {
  switch (node.kind) {
    case "variable":
      return { kind: "variable", name: node.name };
    case "number":
      return constant(node.value);
    case "sum":
      return sumTree(node.terms, node.offset);
    case "product":
      return productTree(node.factors);
    case "call":
      return call(node.operator, ...node.args.map(treeOf));
  }
});

/** The tree of which nothing is left to simplify. */
const simplestTree: (start: Node) => Expression = kept((start) => {
  // a tree may have a shorter normal form than the one it was made of: its divisions are factors of their own
  let node = start;
  let tree = treeOf(node);
  for (let pass = 1; pass < PASSES; pass++) {
    const next = normalForm(tree);
    if (next.key === node.key) break;
    node = next;
    tree = treeOf(node);
  }
  return tree;
});

/**
 * An equal function, shorter where the laws of sums, products, powers of e, symmetries and bounds allow it. Places
 * where a cancelled factor is 0 or ∞ get the limit (x / x is 1); for all other x the function has no value where the
 * expression has none (log(x) - log(x) is 0 for x > 0 only, and stays).
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { format } from "../format.ts";
 * import { parse } from "../parse.ts";
 * import { simplify } from "./simplify.ts";
 * assertEquals(format(simplify(parse("exp(x) * x / exp(x) + relu(exp(x)) - x"))), "exp(x)");
 * ```
 */
export const simplify: (e: Expression) => Expression = kept((e) => {
  const known = new Map<Expression, Node>();
  const node = normalForm(e, known);
  const tree = simplestTree(node);
  const needed = limitations(e, known);
  if (needed.size === 0 || e.kind !== "call") return tree;
  const remaining = limitations(tree, new Map());
  return [...needed].every((limitation) => remaining.has(limitation))
    ? tree
    : call(e.operator, ...e.args.map(simplify));
});
