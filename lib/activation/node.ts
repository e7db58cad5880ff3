/**
 * The nodes of the normal form and their keys. It knows no algebra (see normal_form.ts).
 *
 * @module
 */

import { Memo } from "./memo.ts";

/** A node times a number. */
export interface Term {
  readonly scale: number;
  readonly node: Node;
}

/**
 * An expression in normal form. A sum has one term or more, none of them a sum or a number, and if one, then a scale
 * or an offset. A product has no number, sum of one scaled term, product or second power of e among its bases.
 *
 * Equal nodes have the same key. Nodes of the same id are equal; an equal one has another id only if the first was
 * forgotten, so ids serve to remember results and keys to compare.
 */
export type Node = Readonly<
  & { key: string; id: number }
  & (
    | { kind: "variable"; name: string }
    | { kind: "number"; value: number }
    | { kind: "sum"; offset: number; terms: readonly Term[] }
    | { kind: "product"; factors: readonly (readonly [base: Node, power: number])[] }
    | { kind: "call"; operator: string; args: readonly Node[] }
  )
>;

/** No terms. */
export const NONE: readonly Term[] = [];

/** Shorter keys first: the simpler part of a sum or a product is written first. */
function byKey(a: Node, b: Node): number {
  return a.key.length - b.key.length || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** Nodes by kind and parts: as long as one is remembered, an equal one is the same object. */
const nodes = new Memo<Node>(20_000);
let made = 0;

/** A variable. */
export function variableNode(name: string): Node {
  return nodes.of(["variable", name], () => ({ kind: "variable", name, key: name, id: made++ }));
}

/** A number. */
export function numberNode(value: number): Node {
  const number = value === 0 ? 0 : value;
  return nodes.of(["number", number], () => ({ kind: "number", value: number, key: `${number}`, id: made++ }));
}

/** A sum of terms that are gathered already; the term alone, or a number, where that is all. */
export function sum(terms: readonly Term[], offset: number): Node {
  if (terms.length === 0) return numberNode(offset);
  if (terms.length === 1 && offset === 0 && terms[0].scale === 1) return terms[0].node;
  const sorted = terms.toSorted((a, b) => byKey(a.node, b.node));
  const parts: (string | number)[] = ["sum", offset];
  for (const { scale, node } of sorted) parts.push(scale, node.id);
  return nodes.of(parts, () => {
    const key = `(${sorted.map(({ scale, node }) => `${scale}·${node.key}`).join("+")}+${offset})`;
    return { kind: "sum", offset, terms: sorted, key, id: made++ };
  });
}

/** A product of powers that are gathered already; the base alone, or 1, where that is all. */
export function product(factors: readonly (readonly [Node, number])[]): Node {
  if (factors.length === 0) return numberNode(1);
  if (factors.length === 1 && factors[0][1] === 1) return factors[0][0];
  const sorted = factors.toSorted((a, b) => byKey(a[0], b[0]));
  const parts: (string | number)[] = ["product"];
  for (const [base, n] of sorted) parts.push(base.id, n);
  return nodes.of(parts, () => {
    const key = sorted.map(([base, n]) => `${base.key}^${n}`).join("*");
    return { kind: "product", factors: sorted, key, id: made++ };
  });
}

/** An operator applied to arguments, as it stands. */
export function callNode(operator: string, args: readonly Node[]): Node {
  return nodes.of(["call", operator, ...args.map(({ id }) => id)], () => {
    const key = `${operator}(${args.map((arg) => arg.key).join()})`;
    return { kind: "call", operator, args, key, id: made++ };
  });
}
