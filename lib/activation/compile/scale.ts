/**
 * Expressions in which an exponential overflows though the result does not, such as ln(cosh x), √(1 + e^2x) and
 * e^x / (2 + e^x), rewritten so that the greatest exponent is taken out first: |x| − ln 2 + ln(1 + e^−2|x|).
 *
 * Each part is split into rest · e^exponent: sums, extremes and selections by the greatest exponent of their parts,
 * products and powers by the sum of the exponents. A logarithm then is exponent + ln(rest).
 *
 * @module
 */
import type { Expression } from "../expression.ts";
import { type Node, numberNode, type Term } from "../simplify/node.ts";
import { apply, product, scaled, sum } from "../simplify/normal_form.ts";
import { operatorOf } from "../operators.ts";
import { checkLength, halvedProducts, rewriteShort, rowSplit, type Split } from "./merge.ts";

const one = numberNode(1);
const zero = numberNode(0);
const plus = (a: Node, b: Node) => sum([{ scale: 1, node: a }, { scale: 1, node: b }]);
const joined = ({ rest, exponent }: Split) => exponent ? product([[rest, 1], [apply("exp", [exponent]), 1]]) : rest;

/** Nodes over one power of e, that of the greatest exponent; undefined where none has an exponent. */
function overCommonPower(nodes: readonly Node[]): { readonly rests: readonly Node[]; readonly exponent?: Node } {
  const splits = nodes.map(split);
  if (splits.every(({ exponent }) => exponent === undefined)) return { rests: splits.map(({ rest }) => rest) };
  const exponents = splits.map(({ exponent = zero }) => exponent);
  const greatest = exponents.reduce((a, b) => apply("max", [a, b]));
  const rests = splits.map(({ rest }, i) => joined({ rest, exponent: plus(exponents[i], scaled(-1, greatest)) }));
  return { rests, exponent: greatest };
}

/** ln u, with the exponent of u outside, and its constant factor, if that is above 0. */
function logarithm(u: Node): Node {
  const { rest, exponent = zero } = split(u);
  const isScaled = rest.kind === "sum" && rest.terms.length === 1 && rest.offset === 0 && rest.terms[0].scale > 0;
  const [factor, inner] = isScaled ? [rest.terms[0].scale, rest.terms[0].node] : [1, rest];
  return plus(exponent, plus(numberNode(Math.log(factor)), apply("log", [inner])));
}

function splitCall(node: Extract<Node, { kind: "call" }>): Split {
  const [u] = node.args;
  switch (node.operator) {
    case "log":
      return { rest: logarithm(u) };
    case "log1p":
      return { rest: split(plus(one, u)).exponent ? logarithm(plus(one, u)) : rewritten(node) };
    case "asinh": { // sgn u · ln(|u| + √(u² + 1))
      if (!split(u).exponent) return { rest: rewritten(node) };
      const size = apply("abs", [u]);
      const root = apply("sqrt", [plus(product([[u, 2]]), one)]);
      return { rest: product([[apply("sign", [u]), 1], [logarithm(plus(size, root)), 1]]) };
    }
    case "sqrt":
    case "pow": {
      const { rest, exponent } = split(u);
      const power = node.operator === "sqrt" ? numberNode(0.5) : node.args[1];
      if (!exponent || power.kind !== "number") return { rest: rewritten(node) };
      return { rest: apply(node.operator, [rest, ...node.args.slice(1)]), exponent: scaled(power.value, exponent) };
    }
    case "abs":
    case "relu":
    case "max":
    case "min": {
      const { rests, exponent } = overCommonPower(node.args);
      return { rest: apply(node.operator, rests), exponent };
    }
    case "where": {
      const { rests, exponent } = overCommonPower(node.args.slice(2));
      return { rest: apply("where", [...node.args.slice(0, 2).map(scale), ...rests]), exponent };
    }
  }
  return operatorOf(node.operator).split ? rowSplit(node.operator, scale(u))! : { rest: rewritten(node) };
}

function rewritten(node: Extract<Node, { kind: "call" }>): Node {
  return apply(node.operator, node.args.map(scale));
}

function split(node: Node): Split {
  const result = splitNode(node);
  checkLength(result.rest);
  if (result.exponent) checkLength(result.exponent);
  return result;
}

function splitNode(node: Node): Split {
  switch (node.kind) {
    case "call":
      return splitCall(node);
    case "sum": {
      const { offset, terms } = node;
      const parts = offset === 0 ? terms : [...terms, { scale: offset, node: one }];
      const { rests, exponent } = overCommonPower(parts.map((part) => part.node));
      const scales = parts.map((part) => part.scale);
      return { rest: sum(rests.map((rest, i) => ({ scale: scales[i], node: rest }))), exponent };
    }
    case "product": {
      const parts = node.factors.map(([base, n]) => ({ ...split(base), n }));
      const exponents = parts.flatMap(({ exponent, n }): Term[] => exponent ? [{ scale: n, node: exponent }] : []);
      return {
        rest: product(parts.map(({ rest, n }) => [rest, n])),
        exponent: exponents.length > 0 ? sum(exponents) : undefined,
      };
    }
    default:
      return { rest: node };
  }
}

function scale(node: Node): Node {
  // the terms of a sum that is no argument overflow by themselves, or not
  if (node.kind !== "sum") return joined(split(node));
  return sum([...node.terms.map((term): Term => ({ scale: term.scale, node: scale(term.node) })), {
    scale: node.offset,
    node: one,
  }]);
}

/** The expression with the greatest exponents taken out of logarithms, roots and quotients. */
export function scaleExponentials(e: Expression): Expression {
  return halvedProducts(rewriteShort(e, scale));
}
