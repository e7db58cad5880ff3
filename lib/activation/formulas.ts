/**
 * The activation functions of the literature as texts in `x`. catalog.ts reads them.
 *
 * @module
 */

/** The name of a function in the catalogue. */
export type CatalogName =
  | "relu"
  | "leaky_relu"
  | "elu"
  | "selu"
  | "gelu"
  | "gelu_tanh"
  | "swish"
  | "mish"
  | "softplus"
  | "softsign"
  | "hard_swish"
  | "tanh"
  | "sigmoid"
  | "eelu1"
  | "eelu2"
  | "eelu3"
  | "eelu4";

/** The text of each function of the catalogue. */
export const FORMULAS: Readonly<Record<CatalogName, string>> = {
  /** Rectified linear unit (Nair, Hinton, ICML 2010). */
  relu: "relu(x)",
  /** Leaky ReLU with slope 0.01 (Maas, Hannun, Ng, ICML workshop 2013). */
  leaky_relu: "where(x > 0, x, 0.01 * x)",
  /** Exponential linear unit, α = 1 (Clevert, Unterthiner, Hochreiter, ICLR 2016). */
  elu: "where(x > 0, x, expm1(x))",
  /** Scaled exponential linear unit (Klambauer et al., NeurIPS 2017). */
  selu: "where(x > 0, 1.0507009873554805 * x, 1.7580993408473766 * expm1(x))",
  /** Gaussian error linear unit, x · Φ(x) (Hendrycks, Gimpel, arXiv 1606.08415). */
  gelu: "x / 2 * erfc(-x / sqrt(2))",
  /** Its approximation by tanh, (x/2)(1 + tanh(√(2/π)(x + 0.044715 x³))), as (1 + tanh v)/2 = σ(2v). */
  gelu_tanh: "x * sigmoid(sqrt(8 / pi) * (x + 0.044715 * x^3))",
  /** Swish, SiLU (Elfwing et al., Neural Networks 107, 2018; Ramachandran, Zoph, Le, arXiv 1710.05941). */
  swish: "x * sigmoid(x)",
  /** Mish (Misra, BMVC 2020). */
  mish: "x * tanh(softplus(x))",
  /** Softplus (Dugas et al., NeurIPS 2000). */
  softplus: "softplus(x)",
  /** Softsign (Turian, Bergstra, Bengio, NAACL 2009). */
  softsign: "x / (1 + abs(x))",
  /** Hard swish (Howard et al., ICCV 2019). */
  hard_swish: "x * min(relu(x + 3), 6) / 6",
  /** Hyperbolic tangent. */
  tanh: "tanh(x)",
  /** Logistic function. */
  sigmoid: "sigmoid(x)",
  /** The four functions of AFOS (Knowledge-Based Systems 112502, arXiv 2409.04915). */
  eelu1: "x * erf(exp(x))",
  eelu2: "-x * erf(exp(-x))",
  eelu3: "x * erf(exp(x))^2",
  eelu4: "erf(x) * softplus(x)",
};

/** Other names for functions of the catalogue. */
export const CATALOG_ALIASES: Readonly<Record<string, CatalogName>> = {
  silu: "swish",
  lrelu: "leaky_relu",
  hardswish: "hard_swish",
  leakyrelu: "leaky_relu",
};
