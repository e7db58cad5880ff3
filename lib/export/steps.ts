/**
 * The steps of a plan as statements of code: what is used more than once becomes a local, the rest is written in place,
 * and what does not depend on x is a number.
 *
 * @module
 */
import {
  type CodeTarget,
  derivative,
  type Expression,
  type Operator,
  type Plan,
  planOf,
  runSteps,
  type Step,
  written,
} from "../activation/mod.ts";

/** How a target writes what the operators' table does not tell. */
export interface Dialect {
  /** The target. */
  readonly target: CodeTarget;
  /** A number, as one writes it there. */
  readonly number: (value: number) => string;
  /** A number as large as x, of its type; `text` is what `number` gives. */
  readonly filled: (text: string) => string;
  /** A copy of x. */
  readonly copy: string;
  /** A statement that names a value. */
  readonly local: (name: string, text: string) => string;
}

/** A function's body: statements, and the expression to return. */
export interface Body {
  /** The statements that name what is used more than once. */
  readonly locals: readonly string[];
  /** The result. */
  readonly result: string;
}

/** The bodies of a function and of its derivatives. */
export interface Bodies {
  /** f. */
  readonly value: Body;
  /** Its derivative. */
  readonly slope: Body;
  /** Its second derivative; undefined where its formula would be too long. */
  readonly curvature?: Body;
}

/** Text with the tightness of its outermost sign: 1 sums, 2 products, 3 the sign, 4 powers, 5 anything else. */
interface Text {
  readonly text: string;
  readonly precedence: number;
}

type CallStep = Extract<Step, { kind: "call" }>;

const ATOM = 5;
/** A text longer than this gets a name, even if it is used once. */
const LONGEST = 72;

/** The value of each step that does not depend on x. */
function numbersOf(plan: Plan): (number | undefined)[] {
  const values = runSteps(plan, [0]);
  const known: (number | undefined)[] = [];
  for (const [i, step] of plan.steps.entries()) {
    const fixed = step.kind === "constant" || (step.kind === "call" && step.args.every((a) => known[a] !== undefined));
    known.push(fixed ? values[i][0] : undefined);
  }
  return known;
}

/** How often each step is used on the way to `output`. */
function uses(steps: readonly Step[], output: number): Map<number, number> {
  const counts = new Map<number, number>();
  const visit = (index: number): void => {
    const count = counts.get(index) ?? 0;
    counts.set(index, count + 1);
    const step = steps[index];
    if (count === 0 && step.kind === "call") step.args.forEach(visit);
  };
  visit(output);
  return counts;
}

function spell({ name, infix: sign, spelling }: Operator, args: readonly Text[], target: CodeTarget): Text {
  const pattern = spelling[target];
  const isSign = /^-?#1/.test(pattern);
  const infix = isSign ? sign : undefined;
  if (isSign && !infix) throw new RangeError(`Cannot export operator "${name}": expected a call, got ${pattern}`);
  // a power's exponent may be a signed number, its base may not
  const least = (i: number) => {
    if (!infix) return 0;
    if (infix.precedence === 4) return i === 0 ? ATOM : 3;
    return infix.precedence + (i > 0 || args.length === 1 ? 1 : 0);
  };
  const text = pattern.replace(/#(\d)/g, (_, digit) => {
    const i = Number(digit) - 1;
    return args[i].precedence >= least(i) ? args[i].text : `(${args[i].text})`;
  });
  return { text, precedence: infix?.precedence ?? ATOM };
}

function bodyOf(plan: Plan, { output, dialect }: { readonly output: number; readonly dialect: Dialect }): Body {
  const { target, number, filled, copy, local } = dialect;
  const numbers = numbersOf(plan);
  const counts = uses(plan.steps, output);
  const locals: string[] = [];
  const known = new Map<number, Text>();
  const numberText = (value: number): Text => {
    const text = number(value);
    return { text, precedence: text.startsWith("-") ? 3 : ATOM };
  };
  /** The arguments, with numbers made tensors where the libraries take no number, or would forget the type of x. */
  const args = ({ operator: { name }, args: indices }: CallStep): Text[] => {
    const fixed = indices.map((arg) => numbers[arg] !== undefined);
    const texts = indices.map(render);
    const fill = (i: number) => texts[i] = { text: filled(texts[i].text), precedence: ATOM };
    // a maximum takes a number as its second argument only
    if ((name === "max" || name === "min") && fixed[0]) return texts.toReversed();
    if (name === "where" && fixed[0] && fixed[1]) fill(0);
    if (name === "where" && fixed[2] && fixed[3]) fill(2);
    if (name === "product_or_zero" && fixed[1]) fill(1);
    return texts;
  };
  const render = (index: number): Text => {
    const before = known.get(index);
    if (before) return before;
    const step = plan.steps[index];
    const fixed = numbers[index];
    let text: Text;
    if (step.kind === "variable") text = { text: "x", precedence: ATOM };
    else if (fixed !== undefined) text = numberText(fixed);
    else {
      const call = step as CallStep;
      text = spell(call.operator, args(call), target);
      if (index !== output && (counts.get(index)! > 1 || text.text.length > LONGEST)) {
        const name = `t${locals.length + 1}`;
        locals.push(local(name, text.text));
        text = { text: name, precedence: ATOM };
      }
    }
    known.set(index, text);
    return text;
  };
  if (numbers[output] !== undefined) return { locals, result: filled(numberText(numbers[output]).text) };
  const { text } = render(output);
  return { locals, result: plan.steps[output].kind === "variable" ? copy : text };
}

/** The bodies of a function and its derivatives, in the forms that are stable in float32. */
export function bodiesOf(e: Expression, dialect: Dialect): Bodies {
  const plan = planOf(e);
  const [value, slope] = plan.outputs;
  const first = derivative(e);
  const bodies = { value: bodyOf(plan, { output: value, dialect }), slope: bodyOf(plan, { output: slope, dialect }) };
  if (written(first) === undefined) return bodies;
  const second = planOf(first);
  return { ...bodies, curvature: bodyOf(second, { output: second.outputs[1], dialect }) };
}
