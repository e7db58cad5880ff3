/**
 * A function as a JAX module: `NAME`, which differentiates by the derivatives that the module gives.
 *
 * @module
 */
import type { ModuleFacts } from "./module.ts";
import { bareFunctions, pythonDialect, pythonModule } from "./python.ts";

const HELPERS = {
  _product_or_zero: `def _product_or_zero(a, b):
    """a * b, and 0 where b is 0, even if a is infinite."""
    return jnp.where(b == 0, jnp.zeros_like(b), a * b)`,
};

const COMPUTED = `def _computed(f, x):
    """f(x), in float32 where x has fewer bits."""
    if jnp.finfo(jnp.asarray(x).dtype).bits < 32:
        return f(x.astype(jnp.float32)).astype(x.dtype)
    return f(x)`;

const rule = (name: string, slope: string) =>
  `@${name}.defjvp\ndef _jvp_of_${name}(primals, tangents):\n    (x,), (dx,) = primals, tangents\n` +
  `    return ${name}(x), ${slope} * dx`;

/** The module's text. */
export function jaxModule(facts: ModuleFacts): string {
  return pythonModule(facts, {
    dialect: pythonDialect("jax", { filled: (text) => `jnp.full_like(x, ${text})`, copy: "x" }),
    more: [
      `Arrays of floats of any shape, under jax.jit, jax.grad, jax.hessian and jax.vmap; those of 16 bits are computed in`,
      `float32. jax.grad computes d${facts.name} below, and its derivative; by the formula alone it may give NaN.`,
    ],
    imports: "import jax\nimport jax.numpy as jnp",
    helpers: HELPERS,
    definitions: ({ name, formula }, bodies) => [
      ...bareFunctions(bodies),
      COMPUTED,
      `@jax.custom_jvp\ndef ${name}(x):\n    """${formula}"""\n    return _computed(_value, x)`,
      `${bodies.curvature ? "@jax.custom_jvp\n" : ""}def d${name}(x):\n` +
      `    """The derivative of ${name}; at a kink, that of one side."""\n    return _computed(_slope, x)`,
      rule(name, `d${name}(x)`),
      ...bodies.curvature ? [rule(`d${name}`, "_computed(_curvature, x)")] : [],
    ],
    exported: (name) => [`d${name}`, name],
  });
}
