/**
 * A function as a NumPy module: `NAME` and `dNAME` of arrays.
 *
 * @module
 */
import type { ModuleFacts } from "./module.ts";
import { pythonDialect, pythonModule, statements } from "./python.ts";

const HELPERS = {
  _erf: `def _erf(x):
    """The error function. NumPy has none: Python's own, value by value, is slow but exact."""
    return np.vectorize(math.erf, otypes=[x.dtype])(x)`,
  _erfc: `def _erfc(x):
    """The complementary error function. NumPy has none: Python's own, value by value, is slow but exact."""
    return np.vectorize(math.erfc, otypes=[x.dtype])(x)`,
  _sigmoid: `def _sigmoid(x):
    """1 / (1 + exp(-x)), accurate on both sides."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0 / (1.0 + e), e / (1.0 + e))`,
  _softplus: `def _softplus(x):
    """log(1 + exp(x)), without overflow."""
    return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))`,
  _product_or_zero: `def _product_or_zero(a, b):
    """a * b, and 0 where b is 0, even if a is infinite."""
    return np.where(b == 0, np.zeros_like(b), a * b)`,
};

const ARGUMENT = `def _floats(x):
    """An array of floats; those of 32 bits stay so."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)`;

/** The module's text. */
export function numpyModule(facts: ModuleFacts): string {
  return pythonModule(facts, {
    dialect: pythonDialect("numpy", { filled: (text) => `np.full_like(x, ${text})`, copy: "x.copy()" }),
    more: ["Arrays of any shape; float32 stays float32."],
    imports: "import numpy as np",
    helpers: HELPERS,
    definitions: ({ name, formula }, { value, slope }) => [
      ARGUMENT,
      `@np.errstate(all="ignore")\ndef ${name}(x):\n    """${formula}"""\n    x = _floats(x)\n${statements(value, 4)}`,
      `@np.errstate(all="ignore")\ndef d${name}(x):\n    """The derivative of ${name}; at a kink, that of one side."""\n` +
      `    x = _floats(x)\n${statements(slope, 4)}`,
    ],
    exported: (name) => [`d${name}`, name],
  });
}
