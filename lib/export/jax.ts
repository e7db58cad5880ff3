/**
 * A function as a JAX module: `NAME`, which differentiates by the derivative `dNAME` that the module gives.
 *
 * @module
 */
import type { ModuleFacts } from "./module.ts";
import { pythonDialect, pythonModule, statements } from "./python.ts";

const HELPERS = {
  _product_or_zero: `def _product_or_zero(a, b):
    """a * b, and 0 where b is 0, even if a is infinite."""
    return jnp.where(b == 0, jnp.zeros_like(b), a * b)`,
};

/** The module's text. */
export function jaxModule(facts: ModuleFacts): string {
  return pythonModule(facts, {
    dialect: pythonDialect("jax", { filled: (text) => `jnp.full_like(x, ${text})`, copy: "x" }),
    more: [
      `Arrays of floats of any shape, under jax.jit, jax.grad and jax.vmap. jax.grad computes d${facts.name} below; by the`,
      "formula alone it may give NaN.",
    ],
    imports: "import jax\nimport jax.numpy as jnp",
    helpers: HELPERS,
    definitions: ({ name, formula }, { value, slope }) => [
      `@jax.custom_jvp\ndef ${name}(x):\n    """${formula}"""\n${statements(value, 4)}`,
      `def d${name}(x):\n    """The derivative of ${name}; at a kink, that of one side."""\n${statements(slope, 4)}`,
      `@${name}.defjvp\ndef _jvp(primals, tangents):\n    (x,), (dx,) = primals, tangents\n` +
      `    return ${name}(x), d${name}(x) * dx`,
    ],
    exported: (name) => [`d${name}`, name],
  });
}
