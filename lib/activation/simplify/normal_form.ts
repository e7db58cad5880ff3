/**
 * The normal form of expressions: sums of scaled terms and products of powers, each without order, equal parts
 * gathered, calls with their simplest arguments. Each node has a key; nodes of the same key are the same function. It
 * does not know how the form is turned back into a tree (see simplify.ts).
 *
 * @module
 */
import { type Operator, operatorOf } from "../operators.ts";
import {
  bounds,
  callNode,
  Memo,
  type Node,
  NONE,
  numberNode,
  product as bareProduct,
  sum as bareSum,
  type Term,
} from "./node.ts";

/** scale · operator(factor · argument). */
interface Accurate {
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
function accurate(terms: readonly Term[], offset: number): Accurate | undefined {
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
function exponentOfOneMore(node: Node): Node | undefined {
  if (node.kind !== "sum" || node.terms.length !== 1 || node.offset !== 1 || node.terms[0].scale !== 1) {
    return undefined;
  }
  const call = callOf(node.terms[0].node);
  return call?.operator === "exp" ? call.argument : undefined;
}

/** The terms and the constant of a node seen as a sum. */
function partsOf(node: Node): { readonly offset: number; readonly terms: readonly Term[] } {
  if (node.kind === "number") return { offset: node.value, terms: NONE };
  return node.kind === "sum" ? node : { offset: 0, terms: [{ scale: 1, node }] };
}

type Where = Extract<Node, { kind: "call" }>;

/** The node, where it is a selection. */
function whereOf(node: Node): Where | undefined {
  return node.kind === "call" && node.operator === "where" ? node : undefined;
}

/** The terms with two or more selections by the same condition made one; undefined where there are none. */
function gatherWheres(terms: readonly Term[]): Term[] | undefined {
  if (terms.filter(({ node }) => whereOf(node)).length < 2) return undefined;
  const condition = ({ node }: Term) => whereOf(node) && `${whereOf(node)!.args[0].key}>${whereOf(node)!.args[1].key}`;
  const seen = new Set<string>();
  const twice = terms.map(condition).find((key) => key !== undefined && seen.size === seen.add(key).size);
  if (twice === undefined) return undefined;
  const group = terms.filter((term) => condition(term) === twice);
  const [a, b] = (group[0].node as Where).args;
  const branch = (i: number) => sum(group.map(({ scale, node }) => ({ scale, node: (node as Where).args[i] })));
  const one = apply("where", [a, b, branch(2), branch(3)]);
  return [...terms.filter((term) => !group.includes(term)), { scale: 1, node: one }];
}

/** The sum with equal terms added up. */
function gathered(summands: readonly Term[]): { readonly offset: number; readonly terms: Term[] } {
  let offset = 0;
  const byKey = new Map<string, Term>();
  for (const { scale, node } of summands) {
    const parts = partsOf(node);
    offset += scale * parts.offset;
    for (const term of parts.terms) {
      const before = byKey.get(term.node.key)?.scale ?? 0;
      byKey.set(term.node.key, { scale: before + scale * term.scale, node: term.node });
    }
  }
  return { offset, terms: [...byKey.values()].filter(({ scale }) => scale !== 0) };
}

/** As `sum`, without a search for other ways to write it. */
function plainSum(summands: readonly Term[]): Node {
  const { terms, offset } = gathered(summands);
  return isBeyond(terms, offset) ? reducedSum(summands) : bareSum(terms, offset);
}

/** What sums are divided by whose numbers are beyond float64, as a power of 2 and as one of e. */
const REDUCTION = 2 ** -1000 * 2 ** -70;
const REDUCED = 1070 * Math.LN2;

function isBeyond(terms: readonly Term[], offset: number): boolean {
  return !Number.isFinite(offset) || terms.some(({ scale }) => !Number.isFinite(scale));
}

/** A sum whose numbers are beyond float64 as a smaller one times a power of e. */
function reducedSum(summands: readonly Term[]): Node {
  const smaller = summands.map(({ scale, node }) => ({ scale: scale * REDUCTION, node }));
  return product([[sum(smaller), 1], [callNode("exp", [numberNode(REDUCED)]), 1]]);
}

const without = (terms: readonly Term[], term: Term) => terms.filter((other) => other !== term);

/** Other ways to write a sum with s · max(a, b), s · min(a, b), s · max(u, 0), s · |u| or s · ln(1 + e^u) as one of its terms. */
function* alternatives(terms: readonly Term[], chosen: Term): Generator<Term[]> {
  const { scale, node } = chosen;
  if (node.kind !== "call") return;
  const rest = without(terms, chosen);
  const [a, b = numberNode(0)] = node.args;
  switch (node.operator) {
    case "abs": // |u| = 2 max(u, 0) - u = 2 max(-u, 0) + u
      yield [...rest, { scale: 2 * scale, node: apply("relu", [a]) }, { scale: -scale, node: a }];
      yield [...rest, { scale: 2 * scale, node: apply("relu", [scaled(-1, a)]) }, { scale, node: a }];
      break;
    case "max": // max(a, b) = a + b - min(a, b)
    case "min":
    case "relu": {
      const other = apply(node.operator === "min" ? "max" : "min", [a, b]);
      yield [...rest, { scale, node: a }, { scale, node: b }, { scale: -scale, node: other }];
    }
  }
  if (node.operator === "softplus") { // ln(1 + e^u) = u + ln(1 + e^-u)
    yield [...rest, { scale, node: a }, { scale, node: apply("softplus", [scaled(-1, a)]) }];
  }
  if (node.operator === "relu" && a.kind === "sum") { // v + max(u - v, 0) = max(u, v)
    const opposite = (term: Term) =>
      a.terms.some((own) => own.node.key === term.node.key && own.scale * scale === -term.scale);
    const common = plainSum(rest.filter(opposite).map((term) => ({ ...term, scale: term.scale / scale })));
    const upper = plainSum([{ scale: 1, node: a }, { scale: 1, node: common }]);
    yield [...rest.filter((term) => !opposite(term)), { scale, node: apply("max", [upper, common]) }];
  }
}

const REWRITABLE = ["abs", "max", "min", "relu", "softplus"];

/** A sum of fewer terms that is the same by the laws of max, min, absolute values and ln(1 + e^u). */
function shorter(terms: readonly Term[]): Term[] | undefined {
  if (terms.length < 2) return undefined;
  for (const term of terms) {
    if (term.node.kind !== "call" || !REWRITABLE.includes(term.node.operator)) continue;
    for (const other of alternatives(terms, term)) {
      if (gathered(other).terms.length < terms.length) return other;
    }
  }
  return undefined;
}

/** Σ scale · node. */
export function sum(summands: readonly Term[]): Node {
  const { terms, offset } = gathered(summands);
  if (isBeyond(terms, offset)) return reducedSum(summands);
  const fewer = gatherWheres(terms) ?? shorter(terms);
  if (fewer) return sum([...fewer, { scale: offset, node: numberNode(1) }]);
  const other = accurate(terms, offset);
  if (!other) return bareSum(terms, offset);
  return scaled(other.scale, apply(other.operator, [scaled(other.factor, other.argument)]));
}

/** c · node. */
export function scaled(scale: number, node: Node): Node {
  // one term that is no sum cannot be gathered with others
  if (scale !== 0 && node.kind !== "sum" && node.kind !== "number") return bareSum([{ scale, node }], 0);
  return sum([{ scale, node }]);
}

/** A selection with a branch 0 among the factors takes the others in, so that 0 wins over ∞. */
function intoWhere(factors: readonly (readonly [Node, number])[]): Node | undefined {
  const at = factors.findIndex(([node, power]) => {
    const found = power > 0 && whereOf(node);
    return found && found.args.slice(2).some((branch) => branch.kind === "number" && branch.value === 0);
  });
  if (at < 0) return undefined;
  const [node, power] = factors[at];
  const rest = factors.filter((_, i) => i !== at);
  const [a, b, yes, no] = (node as Where).args;
  return apply("where", [a, b, product([...rest, [yes, power]]), product([...rest, [no, power]])]);
}

/** sgn u · u is |u|, and |u|² is u². */
function gatherSigns(powers: Map<string, [Node, number]>): void {
  for (const [key, [node, power]] of [...powers]) {
    if (node.kind !== "call") continue;
    if (node.operator === "abs" && power % 2 === 0) {
      const [u] = node.args;
      powers.delete(key);
      powers.set(u.key, [u, (powers.get(u.key)?.[1] ?? 0) + power]);
    } else if (node.operator === "sign" && power === 1) {
      const [u] = node.args;
      const size = callNode("abs", [u]);
      const [from, to] = (powers.get(u.key)?.[1] ?? 0) > 0 ? [u, size] : [size, u];
      const count = powers.get(from.key)?.[1] ?? 0;
      if (count < 1) continue;
      powers.delete(key);
      if (count === 1) powers.delete(from.key);
      else powers.set(from.key, [from, count - 1]);
      powers.set(to.key, [to, (powers.get(to.key)?.[1] ?? 0) + 1]);
    }
  }
}

/** sinh u / cosh u is tanh u. */
function gatherTangents(powers: Map<string, [Node, number]>): void {
  for (const [key, [node, power]] of [...powers]) {
    if (node.kind !== "call" || node.operator !== "sinh") continue;
    const cosine = callNode("cosh", node.args);
    if (powers.get(cosine.key)?.[1] !== -power) continue;
    powers.delete(key);
    powers.delete(cosine.key);
    const tangent = callNode("tanh", node.args);
    powers.set(tangent.key, [tangent, (powers.get(tangent.key)?.[1] ?? 0) + power]);
  }
}

/** A number that is worth taking out of a sum: the same in all terms, or the sign of all. */
function commonFactor({ offset, terms }: Extract<Node, { kind: "sum" }>): number {
  if (offset !== 0 && terms.every(({ scale }) => scale === offset)) return offset;
  return offset <= 0 && terms.every(({ scale }) => scale < 0) ? -1 : 1;
}

type NumericPower = readonly [value: number, power: number];

/** The product of powers of numbers but 0: one number, times a power of e where that is beyond float64. */
function numericProduct(powers: readonly NumericPower[]): { readonly scale: number; readonly exponent: number } {
  const scale = powers.reduce((total, [value, power]) => total * value ** power, 1);
  if (Number.isFinite(scale) && scale !== 0) return { scale, exponent: 0 };
  const sign = powers.reduce((total, [value, power]) => power % 2 === 0 ? total : total * Math.sign(value), 1);
  return {
    scale: sign,
    exponent: powers.reduce((total, [value, power]) => total + power * Math.log(Math.abs(value)), 0),
  };
}

/** The product of powers of numbers and of e, as a number and a power of e. */
function numberAndExponential(powers: readonly NumericPower[], exponents: readonly Term[]): readonly [number, Node] {
  const { scale, exponent } = numericProduct(powers);
  const total = sum(exponents);
  if (total.kind !== "number") {
    const beyond = exponent === 0 ? [] : [{ scale: exponent, node: numberNode(1) }];
    return [scale, apply("exp", [sum([...exponents, ...beyond])])];
  }
  const isNumber = (value: number) => Number.isFinite(value) && value !== 0;
  const direct = scale * Math.exp(total.value);
  if (exponent === 0 && isNumber(direct)) return [direct, numberNode(1)];
  const whole = total.value + (exponent === 0 ? Math.log(Math.abs(scale)) : exponent);
  if (isNumber(Math.exp(whole))) return [Math.sign(scale) * Math.exp(whole), numberNode(1)];
  return [Math.sign(scale), callNode("exp", [numberNode(whole)])];
}

/** Π node^power, for integer powers. Powers of e are gathered into one. */
export function product(factors: readonly (readonly [Node, number])[]): Node {
  const outer = intoWhere(factors);
  if (outer) return outer;
  const numbers: NumericPower[] = [];
  const exponents: Term[] = [];
  const powers = new Map<string, [Node, number]>();
  const gather = (node: Node, power: number): void => {
    const u = power < 0 ? exponentOfOneMore(node) : undefined;
    if (u) gather(apply("sigmoid", [scaled(-1, u)]), -power); // 1 / (1 + e^u) = σ(-u)
    else powers.set(node.key, [node, (powers.get(node.key)?.[1] ?? 0) + power]);
  };
  const take = (node: Node, power: number): void => {
    if (node.kind === "number" && (node.value !== 0 || power > 0)) numbers.push([node.value, power]);
    else if (node.kind === "product") { for (const [base, n] of node.factors) take(base, n * power); }
    else if (node.kind === "sum" && node.terms.length === 1 && node.offset === 0) {
      take(numberNode(node.terms[0].scale), power);
      take(node.terms[0].node, power);
    } else if (node.kind === "sum" && commonFactor(node) !== 1) {
      take(numberNode(commonFactor(node)), power);
      take(scaled(1 / commonFactor(node), node), power);
    } else if (node.kind === "call" && node.operator === "exp") exponents.push({ scale: power, node: node.args[0] });
    else gather(node, power);
  };
  for (const [node, power] of factors) take(node, power);
  if (numbers.some(([value]) => value === 0)) return numberNode(0);
  gatherSigns(powers);
  gatherTangents(powers);
  const [scale, exponential] = numberAndExponential(numbers, exponents);
  if (exponential.kind !== "number") powers.set(exponential.key, [exponential, 1]);
  const kept = [...powers.values()].filter(([, power]) => power !== 0);
  return scaled(scale, bareProduct(kept));
}

/** Whether the leading term is negative, so that a sign can be taken out. */
export function isNegative(node: Node): boolean {
  if (node.kind === "number") return node.value < 0;
  return node.kind === "sum" && node.terms[0].scale < 0;
}

/** max or min, nested ones opened, with each argument once. */
function extreme(operator: "max" | "min", args: readonly Node[]): Node {
  const better = operator === "max" ? Math.max : Math.min;
  const parts = new Map<string, Node>();
  let limit: number | undefined;
  const take = (node: Node): void => {
    if (node.kind === "number") limit = limit === undefined ? node.value : better(limit, node.value);
    else if (node.kind === "call" && node.operator === operator) node.args.forEach(take);
    else if (node.kind === "call" && node.operator === "relu" && operator === "max") {
      take(node.args[0]);
      take(numberNode(0));
    } else parts.set(node.key, node);
  };
  args.forEach(take);
  const list = [...parts.values(), ...(limit === undefined ? [] : [numberNode(limit)])];
  const beats = (a: Node, b: Node) => {
    const [greater, lesser] = operator === "max" ? [a, b] : [b, a];
    if (bounds(greater)[0] >= bounds(lesser)[1]) return true;
    return bounds(plainSum([{ scale: 1, node: greater }, { scale: -1, node: lesser }]))[0] >= 0;
  };
  const kept = list.filter((node) =>
    !list.some((other) => other !== node && beats(other, node) && !beats(node, other))
  );
  const [first, ...rest] = kept.sort((a, b) => a.key.length - b.key.length || (a.key < b.key ? -1 : 1));
  const zero = operator === "max" && kept.find((node) => node.kind === "number" && node.value === 0);
  if (zero && kept.length > 1) {
    const [head, ...others] = kept.filter((node) => node !== zero);
    return callNode("relu", [others.reduce((a, b) => callNode("max", [a, b]), head)]);
  }
  const isZero = operator === "min" && rest.length === 1 && first.kind === "number" && first.value === 0;
  if (isZero && isNegative(rest[0])) return scaled(-1, apply("relu", [scaled(-1, rest[0])])); // min(0, -u) = -max(u, 0)
  return rest.reduce((a, b) => callNode(operator, [a, b]), first);
}

/** u^exponent with all that has a root drawn out: √(4 u² v) is 2 |u| √v. Undefined where there is nothing to draw. */
function root(u: Node, exponent: number): Node | undefined {
  const isScaled = u.kind === "sum" && u.terms.length === 1 && u.offset === 0 && u.terms[0].scale > 0;
  const [scale, node] = isScaled ? [u.terms[0].scale, u.terms[0].node] : [1, u];
  const factors: readonly (readonly [Node, number])[] = node.kind === "product" ? node.factors : [[node, 1]];
  const isDrawn = ([base, n]: readonly [Node, number]) =>
    n % 2 === 0 || (base.kind === "call" && base.operator === "exp");
  const drawn = factors.filter(isDrawn);
  if (drawn.length === 0) return undefined;
  const rest = product(factors.filter((factor) => !isDrawn(factor)));
  return product([
    [numberNode(scale ** exponent), 1],
    ...drawn.map(([base, n]) =>
      [power(n % 2 === 0 ? apply("abs", [base]) : base, numberNode(n * exponent)), 1] as const
    ),
    [exponent === 0.5 ? apply("sqrt", [rest]) : power(rest, numberNode(exponent)), 1],
  ]);
}

function power(base: Node, exponent: Node): Node {
  if (exponent.kind === "number" && base.kind === "call" && base.operator === "exp") {
    return apply("exp", [scaled(exponent.value, base.args[0])]);
  }
  if (exponent.kind === "number" && Number.isInteger(exponent.value)) {
    return base.kind === "number" && base.value === 0 && exponent.value < 0
      ? callNode("pow", [base, exponent])
      : product([[base, exponent.value]]);
  }
  const drawn = exponent.kind === "number" && root(base, exponent.value);
  if (drawn) return drawn;
  if (base.kind === "number" && base.value > 0) return apply("exp", [scaled(Math.log(base.value), exponent)]);
  return callNode("pow", [base, exponent]);
}

function selection(args: readonly Node[]): Node {
  const [a, b, yes, no] = args;
  if (yes.key === no.key) return yes;
  if (yes.key === a.key && no.key === b.key) return extreme("max", [a, b]);
  if (yes.key === b.key && no.key === a.key) return extreme("min", [a, b]);
  if (bounds(a)[0] > bounds(b)[1]) return yes;
  if (bounds(a)[1] <= bounds(b)[0]) return no;
  return callNode("where", args);
}

/** Results of `apply` by operator and arguments. */
const applied = new Memo<Node>(20_000);

/** An operator applied to nodes in normal form, in normal form. */
export function apply(operator: string, args: readonly Node[]): Node {
  return applied.of([operator, ...args.map(({ id }) => id)], () => applyAfresh(operator, args));
}

/** Whether an operator that gives 0 for numbers does so only because the value is too small for float64. */
function isUnderflow({ name, positive }: Operator, [a, b]: readonly Node[]): boolean {
  const isZero = (node: Node) => node.kind === "number" && node.value === 0;
  return positive || (["mul", "div", "pow"].includes(name) && !isZero(a) && !(name === "mul" && isZero(b)));
}

function applyAfresh(operator: string, args: readonly Node[]): Node {
  const row = operatorOf(operator);
  const [a, b] = args;
  if (args.every((arg) => arg.kind === "number")) {
    const value = row.value(...args.map((arg) => (arg as Extract<Node, { kind: "number" }>).value));
    if (Number.isFinite(value) && !(value === 0 && isUnderflow(row, args))) return numberNode(value);
  }
  switch (operator) {
    case "add":
    case "sub":
      return sum([{ scale: 1, node: a }, { scale: operator === "add" ? 1 : -1, node: b }]);
    case "neg":
      return scaled(-1, a);
    case "mul":
      return product([[a, 1], [b, 1]]);
    case "div":
      return b.kind === "number" && b.value === 0 ? callNode("div", args) : product([[a, 1], [b, -1]]);
    case "pow":
      return power(a, b);
    case "max":
    case "min":
      return extreme(operator, args);
    case "where":
      return selection(args);
    case "relu":
      return bounds(a)[0] >= 0 ? a : bounds(a)[1] <= 0 ? numberNode(0) : extreme("max", [a, numberNode(0)]);
    case "abs":
      if (bounds(a)[0] >= 0) return a;
      if (bounds(a)[1] <= 0) return scaled(-1, a);
      break;
    case "sign":
      if (bounds(a)[0] > 0) return numberNode(1);
      if (bounds(a)[1] < 0) return numberNode(-1);
      break;
    case "sqrt": {
      const drawn = root(a, 0.5);
      if (drawn) return drawn;
      break;
    }
    case "log":
      if (a.kind === "call" && a.operator === "exp") return a.args[0];
      if (exponentOfOneMore(a)) return apply("softplus", [exponentOfOneMore(a)!]);
      break;
    case "log1p":
      if (a.kind === "call" && a.operator === "exp") return apply("softplus", a.args);
  }
  if (row.parity && isNegative(a)) {
    return scaled(row.parity === "odd" ? -1 : 1, apply(operator, [scaled(-1, a)]));
  }
  return callNode(operator, args);
}
