/**
 * What the lab knows of an operator: the columns of the table in operators.ts.
 *
 * @module
 */
import type { Tensor, TensorFlow } from "../engine/mod.ts";
import type { Expression } from "./expression.ts";

/** How an operator between or before its arguments is written. */
export interface Infix {
  readonly symbol: string;
  /** How tightly it binds: 1 sums, 2 products, 3 the sign, 4 powers. */
  readonly precedence: number;
}

/** A library, or a language, that a function is written for. */
export type CodeTarget = "typescript" | "numpy" | "pytorch" | "jax" | "keras";

/**
 * How an operator is written in each target: patterns with #1, #2, … for the arguments. A pattern that is a call, or
 * stands in parentheses, takes its arguments as they are; one that is a sign between arguments binds as tightly as
 * `infix` says. A name with a leading underscore is a helper that the exported module brings along.
 */
export type Spelling = Readonly<Record<CodeTarget, string>>;

/** One operator. */
export interface Operator {
  /** Its name, by which it is called in a text, unless `infix` is set, and in engine/kernel. */
  readonly name: string;
  /** What it computes, in words of mathematics. */
  readonly formula: string;
  /** The number of its arguments. */
  readonly arity: number;
  /** Set where it is written as a sign. */
  readonly infix?: Infix;
  /** Its value in float64; NaN outside of its domain. */
  readonly value: (...args: number[]) => number;
  /** The derivative, given the arguments and their derivatives. A kink gets the derivative of one of its sides. */
  readonly derivative: (args: readonly Expression[], derivatives: readonly Expression[]) => Expression;
  /** The value of tensors (float32, shapes that broadcast). */
  readonly tensor: (tf: TensorFlow, ...args: Tensor[]) => Tensor;
  /** How it is written in exported modules. */
  readonly spelling: Spelling;
  /**
   * The same by other operators. An operator that has it is computed, differentiated and exported by it, and its row
   * needs neither `value`, `derivative`, `tensor` nor `spelling`.
   */
  readonly composition?: (args: readonly Expression[]) => Expression;
  /** LaTeX with #1, #2, … for the arguments; those in parentheses already or in braces are marked `{#1}`. */
  readonly latex: string;
  /** f(-u) = -f(u), or f(-u) = f(u). */
  readonly parity?: "odd" | "even";
  /** Increasing in its only argument. */
  readonly increasing?: boolean;
  /** Whether the arguments can change places. */
  readonly commutative?: boolean;
  /** Above 0 for every argument: a value 0 is an underflow. */
  readonly positive?: boolean;
  /** The arguments for which it has a value, where those are not all; of `pow`, bases unless the exponent is an integer. */
  readonly domain?: readonly [low: number, high: number];
  /** The least and greatest value, where `increasing` does not tell, as outside of the domain. */
  readonly range?: readonly [low: number, high: number];
  /** Its code in a genome, applied to x, or to a and b; a stored genome keeps its meaning, so a new one is the next. */
  readonly code?: number;
  /** Other names in a text. */
  readonly aliases?: readonly string[];
}
