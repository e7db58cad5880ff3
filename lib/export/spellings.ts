/**
 * How each operator is written in each target: patterns with #1, #2, … for the arguments. It knows nothing of modules
 * and of what the operators compute (see operators.ts).
 *
 * A pattern that is a call, or stands in parentheses, takes its arguments as they are; one that is a sign between
 * arguments binds as tightly as the operator's `infix` says. A name with a leading underscore is a helper that the
 * module brings along (see the targets' tables of helpers).
 *
 * @module
 */

/** A library, or a language, that a function is written for. */
export type CodeTarget = "typescript" | "numpy" | "pytorch" | "jax" | "keras";

/** The patterns of an operator by target. */
export type Spelling = Readonly<Record<CodeTarget, string>>;

function everywhere(pattern: string): Spelling {
  return { typescript: pattern, numpy: pattern, pytorch: pattern, jax: pattern, keras: pattern };
}

/** The same name in every library of Python, in front of it the library's own. */
function called(name: string, others: Partial<Spelling> = {}): Spelling {
  return {
    typescript: `Math.${name}(#1)`,
    numpy: `np.${name}(#1)`,
    pytorch: `torch.${name}(#1)`,
    jax: `jnp.${name}(#1)`,
    keras: `ops.${name}(#1)`,
    ...others,
  };
}

const inverse = (name: string): Spelling =>
  called(name, {
    typescript: `Math.a${name.slice(3)}(#1)`,
    pytorch: `torch.a${name.slice(3)}(#1)`,
  });

/** The spellings of all operators by name, and of the guarded product of plan.ts. */
export const SPELLINGS: Readonly<Record<string, Spelling>> = {
  add: everywhere("#1 + #2"),
  sub: everywhere("#1 - #2"),
  mul: everywhere("#1 * #2"),
  div: everywhere("#1 / #2"),
  neg: everywhere("-#1"),
  // TypeScript refuses -a ** b
  pow: { ...everywhere("#1 ** #2"), typescript: "Math.pow(#1, #2)" },
  exp: called("exp"),
  expm1: called("expm1"),
  log: called("log"),
  log1p: called("log1p"),
  sqrt: called("sqrt"),
  abs: called("abs"),
  sign: called("sign"),
  relu: {
    typescript: "Math.max(#1, 0)",
    numpy: "np.maximum(#1, 0.0)",
    pytorch: "torch.relu(#1)",
    jax: "jax.nn.relu(#1)",
    keras: "ops.relu(#1)",
  },
  // torch.maximum takes no number, clamp takes both
  max: {
    typescript: "Math.max(#1, #2)",
    numpy: "np.maximum(#1, #2)",
    pytorch: "torch.clamp(#1, min=#2)",
    jax: "jnp.maximum(#1, #2)",
    keras: "ops.maximum(#1, #2)",
  },
  min: {
    typescript: "Math.min(#1, #2)",
    numpy: "np.minimum(#1, #2)",
    pytorch: "torch.clamp(#1, max=#2)",
    jax: "jnp.minimum(#1, #2)",
    keras: "ops.minimum(#1, #2)",
  },
  where: {
    typescript: "(#1 > #2 ? #3 : #4)",
    numpy: "np.where(#1 > #2, #3, #4)",
    pytorch: "torch.where(#1 > #2, #3, #4)",
    jax: "jnp.where(#1 > #2, #3, #4)",
    keras: "ops.where(#1 > #2, #3, #4)",
  },
  product_or_zero: {
    typescript: "_product_or_zero(#1, #2)",
    numpy: "_product_or_zero(#1, #2)",
    pytorch: "_product_or_zero(#1, #2)",
    jax: "_product_or_zero(#1, #2)",
    keras: "_product_or_zero(#1, #2)",
  },
  erf: called("erf", { typescript: "_erf(#1)", numpy: "_erf(#1)", jax: "jax.lax.erf(#1)" }),
  erfc: called("erfc", {
    typescript: "_erfc(#1)",
    numpy: "_erfc(#1)",
    jax: "jax.lax.erfc(#1)",
    keras: "_erfc(#1)",
  }),
  sigmoid: called("sigmoid", { typescript: "_sigmoid(#1)", numpy: "_sigmoid(#1)", jax: "jax.nn.sigmoid(#1)" }),
  softplus: {
    typescript: "_softplus(#1)",
    numpy: "_softplus(#1)",
    // the default threshold of 20 leaves float64 with an error of 2e-9
    pytorch: "torch.nn.functional.softplus(#1, threshold=40.0)",
    jax: "jax.nn.softplus(#1)",
    keras: "ops.softplus(#1)",
  },
  tanh: called("tanh"),
  sinh: called("sinh"),
  cosh: called("cosh"),
  sin: called("sin"),
  cos: called("cos"),
  atan: inverse("arctan"),
  asinh: inverse("arcsinh"),
  atanh: inverse("arctanh"),
};
