/**
 * The nodes of the normal form, their keys, and bounds of their values by interval arithmetic. The algebra is in
 * normal_form.ts.
 *
 * @module
 */
import { kept } from "../kept.ts";
import { operatorOf } from "../operators.ts";

type Part = string | number;

interface Branch<Result> {
  next: Map<Part, Branch<Result>> | undefined;
  result: Result | undefined;
}

const branch = <Result>(): Branch<Result> => ({ next: undefined, result: undefined });

/**
 * Results by lists of names and numbers: a tree of maps, for which no key has to be written as a text. When it holds
 * `most` results it forgets all.
 */
export class Memo<Result> {
  private root = branch<Result>();
  private count = 0;

  /** Empty. */
  constructor(private readonly most = Infinity) {}

  /** The number of results it holds. */
  get size(): number {
    return this.count;
  }

  /** Forgets all. */
  clear(): void {
    this.root = branch();
    this.count = 0;
  }

  /** The result for these parts, from `make` where it is not known. */
  of(parts: readonly Part[], make: () => Result): Result {
    let at = this.root;
    for (const part of parts) {
      at.next ??= new Map();
      let next = at.next.get(part);
      if (!next) at.next.set(part, next = branch());
      at = next;
    }
    if (at.result === undefined) {
      at.result = make();
      if (++this.count >= this.most) this.clear();
    }
    return at.result;
  }
}

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
