/**
 * A function as a PyTorch module: `NAME`, which differentiates by the derivative `dNAME` that the module gives, and the
 * same as a layer.
 *
 * @module
 */
import type { ModuleFacts } from "./module.ts";
import { className, pythonDialect, pythonModule, statements } from "./python.ts";

const HELPERS = {
  _product_or_zero: `def _product_or_zero(a, b):
    """a * b, and 0 where b is 0, even if a is infinite."""
    return torch.where(b == 0, torch.zeros_like(b), a * b)`,
};

/** The module's text. */
export function pytorchModule(facts: ModuleFacts): string {
  return pythonModule(facts, {
    dialect: pythonDialect("pytorch", { filled: (text) => `torch.full_like(x, ${text})`, copy: "x.clone()" }),
    more: [
      `Tensors of floats of any shape, also under torch.compile. Autograd computes d${facts.name} below; by the formula`,
      `alone it may give NaN. As a layer: ${className(facts.name)}(), which has no parameters.`,
    ],
    imports: "import torch",
    helpers: HELPERS,
    definitions: ({ name, formula }, { value, slope }) => [
      `def d${name}(x: torch.Tensor) -> torch.Tensor:\n` +
      `    """The derivative of ${name}; at a kink, that of one side."""\n${statements(slope, 4)}`,
      `class _Function(torch.autograd.Function):
    generate_vmap_rule = True

    @staticmethod
    def forward(x):
${statements(value, 8)}

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, upstream):
        (x,) = ctx.saved_tensors
        return upstream * d${name}(x)`,
      `def ${name}(x: torch.Tensor) -> torch.Tensor:\n    """${formula}"""\n    return _Function.apply(x)`,
      `class ${className(name)}(torch.nn.Module):
    """${formula}"""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return ${name}(x)`,
    ],
    exported: (name) => [className(name), `d${name}`, name],
  });
}
