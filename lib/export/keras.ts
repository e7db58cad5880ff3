/**
 * A function as a Keras module, for every backend of Keras 3: `NAME`, which differentiates by the derivative `dNAME`
 * that the module gives, and a layer. Both are registered, so that models with them can be saved and loaded, under names
 * that tell formulas apart: many modules are called `f`.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { ModuleFacts } from "./module.ts";
import { bareFunctions, className, pythonDialect, pythonModule } from "./python.ts";

const HELPERS = {
  _erfc: `def _erfc(x):
    """The complementary error function (Press et al., Numerical Recipes, 2nd ed., 6.2; relative error 1.2e-7)."""
    size = ops.abs(x)
    t = 1.0 / (1.0 + 0.5 * size)
    coefficients = (
        0.17087277,
        -0.82215223,
        1.48851587,
        -1.13520398,
        0.27886807,
        -0.18628806,
        0.09678418,
        0.37409196,
        1.00002368,
        -1.26551223,
    )
    exponent = ops.zeros_like(t)
    for coefficient in coefficients:
        exponent = exponent * t + coefficient
    tail = t * ops.exp(exponent - size * size)
    return ops.where(x >= 0, tail, 2.0 - tail)`,
  _product_or_zero: `def _product_or_zero(a, b):
    """a * b, and 0 where b is 0, even if a is infinite."""
    return ops.where(b == 0, ops.zeros_like(b), a * b)`,
};

const COMPUTED = `def _computed(f, x):
    """f(x), in float32 where x has fewer bits."""
    dtype = keras.backend.standardize_dtype(x.dtype)
    if dtype in ("float16", "bfloat16"):
        return ops.cast(f(ops.cast(x, "float32")), dtype)
    return f(x)`;

/** A function of a tensor whose derivative is another. */
const rule = (name: string, { f, slope }: { readonly f: string; readonly slope: string }) =>
  `@ops.custom_gradient
def ${name}(x):
    def gradient(*args, upstream=None):
        if upstream is None:
            (upstream,) = args
        return upstream * ${slope}

    return _computed(${f}, x), gradient`;

/** The decorator that makes the definition known to Keras, by its name and a short hash of the formula. */
function registered(name: string, formula: string): string {
  const hash = createHash("sha256").update(formula).digest("hex").slice(0, 8);
  return `@keras.saving.register_keras_serializable(package="afos", name="${name}_${hash}")`;
}

/** The module's text. */
export function kerasModule(facts: ModuleFacts): string {
  const { name } = facts;
  const layer = className(name);
  return pythonModule(facts, {
    dialect: pythonDialect("keras", { filled: (text) => `ops.full_like(x, ${text})`, copy: "ops.copy(x)" }),
    more: [
      `Tensors of floats of any shape, with every backend of Keras 3, also symbolic ones; those of 16 bits are computed in`,
      `float32. Gradients are d${name} below, and second ones its derivative; by the formula alone they may be NaN. There is`,
      `no forward mode. As a layer: ${layer}(); as an argument: Dense(8, activation=${name}). Both can be saved and loaded`,
      "where this module is imported.",
    ],
    imports: "import keras\nfrom keras import ops",
    helpers: HELPERS,
    definitions: ({ formula }, bodies) => [
      `_FORMULA = "${formula}"`,
      ...bareFunctions(bodies),
      COMPUTED,
      ...bodies.curvature ? [rule("_with_slope", { f: "_slope", slope: "_computed(_curvature, x)" })] : [],
      `def d${name}(x):\n    """The derivative of ${name}; at a kink, that of one side."""\n` +
      `    x = ops.convert_to_tensor(x)\n` +
      `    return ${bodies.curvature ? "_with_slope(x)" : "_computed(_slope, x)"}`,
      rule("_with_value", { f: "_value", slope: `d${name}(x)` }),
      `${registered(name, formula)}\ndef ${name}(x):\n    """${formula}"""\n` +
      `    if isinstance(x, keras.KerasTensor):\n        return ${layer}()(x)\n` +
      `    return _with_value(ops.convert_to_tensor(x))`,
      `${registered(layer, formula)}
class ${layer}(keras.layers.Layer):
    """${formula}"""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, inputs):
        return ${name}(inputs)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "formula": _FORMULA}

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        formula = config.pop("formula", None)
        if formula != _FORMULA:
            raise ValueError(f"Cannot load ${layer}: expected the formula {_FORMULA}, got {formula}")
        return cls(**config)`,
    ],
    exported: () => [layer, `d${name}`, name],
  });
}
