/**
 * Where the functions of the catalogue come from, as exported modules cite it.
 *
 * @module
 */
import type { CatalogName } from "../activation/mod.ts";

const AFOS = "AFOS (Knowledge-Based Systems 112502, arXiv 2409.04915)";

/** The source of each function of the catalogue. */
export const SOURCES: Readonly<Record<CatalogName, string>> = {
  relu: "rectified linear unit (Nair, Hinton, ICML 2010)",
  leaky_relu: "leaky ReLU, slope 0.01 (Maas, Hannun, Ng, ICML workshop 2013)",
  elu: "exponential linear unit, alpha = 1 (Clevert, Unterthiner, Hochreiter, ICLR 2016)",
  selu: "scaled exponential linear unit (Klambauer et al., NeurIPS 2017)",
  gelu: "Gaussian error linear unit (Hendrycks, Gimpel, arXiv 1606.08415)",
  gelu_tanh: "GELU, approximated by tanh (Hendrycks, Gimpel, arXiv 1606.08415)",
  swish: "Swish, SiLU (Elfwing et al., Neural Networks 107, 2018; Ramachandran, Zoph, Le, arXiv 1710.05941)",
  mish: "Mish (Misra, BMVC 2020)",
  softplus: "softplus (Dugas et al., NeurIPS 2000)",
  softsign: "softsign (Turian, Bergstra, Bengio, NAACL 2009)",
  hard_swish: "hard swish (Howard et al., ICCV 2019)",
  tanh: "hyperbolic tangent",
  sigmoid: "logistic function",
  eelu1: AFOS,
  eelu2: AFOS,
  eelu3: AFOS,
  eelu4: AFOS,
};
