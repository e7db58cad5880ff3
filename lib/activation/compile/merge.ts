/**
 * Products in which exponentials may overflow and vanish together, rewritten so that their exponents are added first:
 * σ(x) · e^−x, 0 · ∞ in float32 at x = -100, becomes e^(min(x, 0) − x) · σ(|x|). The result costs more operations.
 *
 * Each factor f is split into rest · e^exponent with a rest that neither overflows nor vanishes for large arguments.
 *
 * @module
 */
import { derivative } from "../derivative.ts";
import { evaluate } from "../evaluate.ts";
import { type Call, call, type Expression, mul, X } from "../expression.ts";
import { kept } from "../kept.ts";
import { type Operator, operatorOf } from "../operators.ts";
import { parse } from "../parse.ts";
import { type Node, numberNode, type Term } from "../simplify/node.ts";
import { apply, product, scaled, sum } from "../simplify/normal_form.ts";
import { normalForm, normalFormAt, treeOf } from "../simplify/simplify.ts";

/** rest · e^exponent. */
export interface Split {
  readonly rest: Node;
  /** Undefined where there is no exponential. */
  readonly exponent?: Node;
}

const one = numberNode(1);
const exp = (u: Node) => apply("exp", [u]);

/** Below this an odd function f(u) is a · u + b · u³, to float64's precision. */
const SMALL = numberNode(1e-4);

/** The texts of an operator's split, read. */
const splitOf = kept(({ split }: Operator) => split && { rest: parse(split.rest), exponent: parse(split.exponent) });

/** The split of an operator that is an exponential for large arguments, from its row; undefined for others. */
export function rowSplit(operator: string, u: Node): Split | undefined {
  const parts = splitOf(operatorOf(operator));
  return parts && { rest: normalFormAt(parts.rest, u), exponent: normalFormAt(parts.exponent, u) };
}

/** f(u) / u of an odd operator for small u: the first two terms of its series. */
function series(operator: string, u: Node): Node {
  const slope = derivative(call(operator, X));
  const third = derivative(derivative(slope));
  return sum([
    { scale: evaluate(slope, 0), node: one },
    { scale: evaluate(third, 0) / 6, node: product([[u, 2]]) },
  ]);
}

function splitCall(operator: string, args: readonly Node[]): Split | undefined {
  const [u] = args;
  const own = rowSplit(operator, u);
  if (own) return own;
  if (operatorOf(operator).parity !== "odd" || operator === "sign") return undefined;
  const inner = split(u);
  if (!inner.exponent) return undefined;
  // f(u) = (f(u) / u) · u
  const ratio = product([[apply(operator, args), 1], [u, -1]]);
  const steady = apply("where", [apply("abs", [u]), SMALL, ratio, series(operator, u)]);
  return { rest: product([[steady, 1], [inner.rest, 1]]), exponent: inner.exponent };
}

function split(node: Node): Split {
  if (node.kind === "call") return splitCall(node.operator, node.args) ?? { rest: node };
  if (node.kind === "sum" && node.terms.length === 1 && node.offset === 0) {
    const { rest, exponent } = split(node.terms[0].node);
    return { rest: scaled(node.terms[0].scale, rest), exponent };
  }
  if (node.kind !== "product") return { rest: node };
  const parts = node.factors.map(([base, n]) => ({ ...split(base), n }));
  const exponents = parts.flatMap(({ exponent, n }): Term[] => exponent ? [{ scale: n, node: exponent }] : []);
  return {
    rest: product(parts.map(({ rest, n }) => [rest, n])),
    exponent: exponents.length > 0 ? sum(exponents) : undefined,
  };
}

/** Whether an exponential stands in the node, not only in an argument. */
function isExponential(node: Node): boolean {
  if (node.kind === "sum") return node.terms.some((term) => isExponential(term.node));
  return split(node).exponent !== undefined;
}

/** The product as a sum of products, if one of its factors is a sum that holds an exponential. */
function expanded(factors: readonly (readonly [Node, number])[]): Node | undefined {
  const at = factors.findIndex(([base, n]) => n === 1 && base.kind === "sum" && isExponential(base));
  if (at < 0 || factors.filter(([base]) => isExponential(base)).length < 2) return undefined;
  const total = factors[at][0] as Extract<Node, { kind: "sum" }>;
  const others = factors.filter((_, i) => i !== at);
  const terms = [...total.terms, { scale: total.offset, node: one }];
  return sum(terms.map(({ scale, node }) => ({ scale, node: product([...others, [node, 1]]) })));
}

/** Merges products of at least `least` exponential factors. */
function merged(node: Node, least: number): Node {
  switch (node.kind) {
    case "sum":
      return sum([...node.terms.map((term) => ({ ...term, node: merged(term.node, least) })), {
        scale: node.offset,
        node: one,
      }]);
    case "call":
      return checkLength(apply(node.operator, node.args.map((arg) => merged(arg, least))));
    case "product": {
      const terms = expanded(node.factors);
      if (terms) return merged(terms, least);
      if (node.factors.filter(([base]) => isExponential(base)).length < least) {
        return product(node.factors.map(([base, n]) => [merged(base, least), n]));
      }
      const { rest, exponent } = split(node);
      if (!exponent) return product(node.factors.map(([base, n]) => [merged(base, least), n])); // it stands in a sum
      return checkLength(product([[rest, 1], [exp(exponent), 1]]));
    }
    default:
      return node;
  }
}

/** Where nested exponentials make a form longer than this, it is not worth its steps. */
const LONGEST = 20_000;

class TooLong extends Error {}

/** The node, unless it is too long for `rewriteShort`. */
export function checkLength(node: Node): Node {
  if (node.key.length > LONGEST) throw new TooLong();
  return node;
}

/** The expression rewritten, or as it was where it is too long for that. */
export function rewriteShort(e: Expression, rewrite: (node: Node) => Node): Expression {
  try {
    return treeOf(rewrite(checkLength(normalForm(e))));
  } catch (error) {
    if (error instanceof TooLong) return e;
    throw error;
  }
}

/** The expression with the exponents of its products merged. */
export function mergeExponentials(e: Expression): Expression {
  return rewriteShort(e, (node) => merged(node, 2));
}

/** The factors of nested products. */
function factorsOf(e: Expression): Expression[] {
  return e.kind === "call" && e.operator === "mul" ? e.args.flatMap(factorsOf) : [e];
}

/** The expression with each e^u beside other factors as e^(u/2) twice. */
export function halvedProducts(e: Expression): Expression {
  if (e.kind !== "call") return e;
  const factors = factorsOf(e);
  const at = factors.findIndex((factor) => factor.kind === "call" && factor.operator === "exp");
  if (at < 0 || factors.length < 2) return call(e.operator, ...e.args.map(halvedProducts));
  const others = factors.filter((_, i) => i !== at).map(halvedProducts);
  const half = call("exp", mul(0.5, (factors[at] as Call).args[0]));
  return [...others, half, half].reduce((a, b) => call("mul", a, b));
}

/**
 * As `mergeExponentials`, and with each e^u beside other factors as e^(u/2) twice: r · e^u may be a float32 where e^u
 * is beyond.
 */
export function halveExponentials(e: Expression): Expression {
  return halvedProducts(rewriteShort(e, (node) => merged(node, 1)));
}
