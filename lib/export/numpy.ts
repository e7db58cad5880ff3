/**
 * A function as a NumPy module: `NAME` and `dNAME` of arrays.
 *
 * @module
 */
import type { ModuleFacts } from "./module.ts";
import { bareFunctions, pythonDialect, pythonModule } from "./python.ts";

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

const COMPUTED = `@np.errstate(all="ignore")
def _computed(f, x):
    """f(x): in float64 for integers, in float32 where x has fewer bits, else in the type of x."""
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        return f(x.astype(np.float64))
    return f(x.astype(np.float32)).astype(x.dtype) if x.dtype.itemsize < 4 else f(x)`;

/** The module's text. */
export function numpyModule(facts: ModuleFacts): string {
  return pythonModule(facts, {
    dialect: pythonDialect("numpy", { filled: (text) => `np.full_like(x, ${text})`, copy: "x.copy()" }),
    more: ["Arrays of any shape; floats stay of their type, and those of 16 bits are computed in float32."],
    imports: "import numpy as np",
    helpers: HELPERS,
    definitions: ({ name, formula }, bodies) => [
      ...bareFunctions({ ...bodies, curvature: undefined }),
      COMPUTED,
      `def ${name}(x):\n    """${formula}"""\n    return _computed(_value, x)`,
      `def d${name}(x):\n    """The derivative of ${name}; at a kink, that of one side."""\n    return _computed(_slope, x)`,
    ],
    exported: (name) => [`d${name}`, name],
  });
}
