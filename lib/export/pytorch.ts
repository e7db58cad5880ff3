/**
 * A function as a PyTorch module: `NAME`, which differentiates by the derivatives that the module gives, and the same as
 * a layer.
 *
 * @module
 */
import type { ModuleFacts } from "./module.ts";
import { bareFunctions, className, pythonDialect, pythonModule } from "./python.ts";

const HELPERS = {
  _product_or_zero: `def _product_or_zero(a, b):
    """a * b, and 0 where b is 0, even if a is infinite."""
    return torch.where(b == 0, torch.zeros_like(b), a * b)`,
};

const COMPUTED = `def _computed(f, x):
    """f(x), in float32 where x has fewer bits."""
    if x.dtype in (torch.float16, torch.bfloat16):
        return f(x.float()).to(x.dtype)
    return f(x)`;

/**
 * A function whose derivative is another: one class for torch.compile, which refuses a rule for forward mode, and one
 * with it.
 */
function rule(name: string, { f, slope }: { readonly f: string; readonly slope: string }): string[] {
  return [
    `class ${name}(torch.autograd.Function):
    generate_vmap_rule = True

    @staticmethod
    def forward(x):
        return _computed(${f}, x)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, upstream):
        (x,) = ctx.saved_tensors
        return upstream * ${slope}`,
    `class ${name}Forward(${name}):
    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)
        ctx.save_for_forward(*inputs)

    @staticmethod
    def jvp(ctx, dx):
        (x,) = ctx.saved_tensors
        return dx * ${slope}`,
  ];
}

const applied = (name: string) => `(${name} if torch.compiler.is_compiling() else ${name}Forward).apply(x)`;

/** The module's text. */
export function pytorchModule(facts: ModuleFacts): string {
  return pythonModule(facts, {
    dialect: pythonDialect("pytorch", { filled: (text) => `torch.full_like(x, ${text})`, copy: "x.clone()" }),
    more: [
      `Tensors of floats of any shape, also under torch.compile and torch.func; those of 16 bits are computed in float32.`,
      `Autograd computes d${facts.name} below, and its derivative; by the formula alone it may give NaN. Forward mode over`,
      "forward mode is no use: PyTorch takes the derivative of an own function's jvp as 0. torch.jit.script saves the values",
      `without these derivatives. As a layer: ${className(facts.name)}(), which has no parameters.`,
    ],
    imports: "import torch",
    helpers: HELPERS,
    definitions: ({ name, formula }, bodies) => [
      ...bareFunctions(bodies),
      COMPUTED,
      ...bodies.curvature ? rule("_Slope", { f: "_slope", slope: "_computed(_curvature, x)" }) : [],
      `def d${name}(x: torch.Tensor) -> torch.Tensor:\n` +
      `    """The derivative of ${name}; at a kink, that of one side."""\n` +
      `    return ${bodies.curvature ? applied("_Slope") : "_computed(_slope, x)"}`,
      ...rule("_Value", { f: "_value", slope: `d${name}(x)` }),
      `def ${name}(x: torch.Tensor) -> torch.Tensor:
    """${formula}"""
    if torch.jit.is_scripting():
        return _value(x)
    else:
        return ${applied("_Value")}`,
      `class ${className(name)}(torch.nn.Module):
    """${formula}"""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return ${name}(x)`,
    ],
    exported: (name) => [className(name), `d${name}`, name],
  });
}
