/**
 * Random expressions, equals made of them by algebraic laws, and near-misses, for tests.
 *
 * @module
 */
import type { Random } from "../../random.ts";
import { call, constant, type Expression, X } from "../expression.ts";
import { parse } from "../parse.ts";
import { substitute } from "../expression.ts";

const UNARY = [
  "neg",
  "exp",
  "abs",
  "erf",
  "erfc",
  "sigmoid",
  "relu",
  "sin",
  "cos",
  "atan",
  "tanh",
  "softplus",
  "sinh",
  "asinh",
];
const BINARY = ["add", "sub", "mul", "max", "min", "div"];

/** A random expression of at most `depth` operators above one another. */
export function randomExpression(depth: number, { rng }: { readonly rng: Random }): Expression {
  if (depth === 0 || rng.next() < 0.15) return rng.next() < 0.8 ? X : constant(rng.integer(40) / 8 - 2.5);
  const below = () => randomExpression(depth - 1, { rng });
  if (rng.next() < 0.5) return call(rng.choice(UNARY), below());
  const operator = rng.choice(BINARY);
  // a denominator without zeros
  return operator === "div"
    ? call("div", below(), call("add", constant(1.5), call("abs", below())))
    : call(operator, below(), below());
}

/** The laws: each side as a text in a, b, c. */
const LAWS: readonly (readonly [string, string])[] = [
  ["a + b", "b + a"],
  ["a * b", "b * a"],
  ["a - b", "a + -b"],
  ["a + b", "a - -b"],
  ["a - b", "-(b - a)"],
  ["a + b + c", "a + (b + c)"],
  ["a + (b + c)", "a + b + c"],
  ["a * b * c", "a * (b * c)"],
  ["a * (b * c)", "a * b * c"],
  ["a * (b + c)", "a * b + a * c"],
  ["(a + b) * c", "c * a + c * b"],
  ["a * (b - c)", "a * b - a * c"],
  ["-a", "-1 * a"],
  ["-(a * b)", "a * -b"],
  ["-(a + b)", "-a - b"],
  ["-a * b", "-(a * b)"],
  ["a / b", "a * (1 / b)"],
  ["a / b", "3 * a / (3 * b)"],
  ["exp(a + b)", "exp(a) * exp(b)"],
  ["exp(a) * exp(b)", "exp(b + a)"],
  ["exp(-a)", "1 / exp(a)"],
  ["exp(a)", "exp(a / 2)^2"],
  ["sigmoid(a)", "1 / (1 + exp(-a))"],
  ["sigmoid(a)", "1 - sigmoid(-a)"],
  ["sigmoid(a)", "(tanh(a / 2) + 1) / 2"],
  ["tanh(a)", "2 * sigmoid(2 * a) - 1"],
  ["tanh(a)", "-tanh(-a)"],
  ["softplus(a)", "a + softplus(-a)"],
  ["erf(a)", "-erf(-a)"],
  ["erf(a)", "1 - erfc(a)"],
  ["erfc(a)", "1 - erf(a)"],
  ["erfc(a)", "2 - erfc(-a)"],
  ["relu(a)", "(a + abs(a)) / 2"],
  ["relu(a)", "max(a, 0)"],
  ["relu(a)", "a + relu(-a)"],
  ["abs(a)", "max(a, -a)"],
  ["abs(a)", "relu(a) + relu(-a)"],
  ["max(a, b)", "max(b, a)"],
  ["max(a, b)", "-min(-a, -b)"],
  ["max(a, b)", "b + relu(a - b)"],
  ["min(a, b)", "a + b - max(a, b)"],
  ["min(a, b)", "where(a > b, b, a)"],
  ["sin(a)", "-sin(-a)"],
  ["sin(a)", "cos(a - pi / 2)"],
  ["cos(a)", "1 - 2 * sin(a / 2)^2"],
  ["cos(a)", "cos(-a)"],
  ["atan(a)", "-atan(-a)"],
  ["sinh(a)", "(exp(a) - exp(-a)) / 2"],
  ["asinh(a)", "-asinh(-a)"],
];
const VARIABLES = ["a", "b", "c"];
const laws = LAWS.map(([left, right]) => ({
  name: `${left} = ${right}`,
  left: parse(left, { variables: VARIABLES }),
  right: parse(right, { variables: VARIABLES }),
}));

type Bindings = Readonly<Record<string, Expression>>;

function match(pattern: Expression, e: Expression, bound: Bindings): Bindings | undefined {
  if (pattern.kind === "variable") return pattern.name in bound ? undefined : { ...bound, [pattern.name]: e };
  if (pattern.kind === "constant") return e.kind === "constant" && e.value === pattern.value ? bound : undefined;
  if (e.kind !== "call" || e.operator !== pattern.operator) return undefined;
  return pattern.args.reduce<Bindings | undefined>((known, arg, i) => known && match(arg, e.args[i], known), bound);
}

type Path = readonly number[];

function* nodes(e: Expression, path: Path = []): Generator<{ node: Expression; path: Path }> {
  yield { node: e, path };
  if (e.kind === "call") { for (const [i, arg] of e.args.entries()) yield* nodes(arg, [...path, i]); }
}

function replaced(e: Expression, { path, by }: { readonly path: Path; readonly by: Expression }): Expression {
  if (path.length === 0 || e.kind !== "call") return by;
  const [first, ...rest] = path;
  return { ...e, args: e.args.map((arg, i) => i === first ? replaced(arg, { path: rest, by }) : arg) };
}

/** An equal of `e`: `count` laws applied, one after the other, at random places; the laws' names beside it. */
export function rewritten(e: Expression, { rng, count }: { readonly rng: Random; readonly count: number }): {
  readonly equal: Expression;
  readonly names: readonly string[];
} {
  let equal = e;
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    const places = [...nodes(equal)].flatMap(({ node, path }) =>
      laws.flatMap(({ name, left, right }) => {
        const bound = match(left, node, {});
        return bound ? [{ name, path, by: substitute(right, bound) }] : [];
      })
    );
    if (places.length === 0) break;
    const chosen = rng.choice(places);
    names.push(chosen.name);
    equal = replaced(equal, chosen);
  }
  return { equal, names };
}

/** `e` with one operator or one constant changed to another. */
export function mutated(e: Expression, { rng }: { readonly rng: Random }): Expression {
  const { node, path } = rng.choice([...nodes(e)]);
  if (node.kind === "variable") return replaced(e, { path, by: call("mul", constant(1 + 2 ** -rng.integer(12)), X) });
  if (node.kind === "constant") {
    return replaced(e, { path, by: constant(node.value + (rng.next() < 0.5 ? 1 : -1) * 2 ** -rng.integer(12)) });
  }
  const others = (node.args.length === 1 ? UNARY : BINARY).filter((name) => name !== node.operator);
  return replaced(e, { path, by: call(rng.choice(others), ...node.args) });
}
