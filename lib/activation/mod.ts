/**
 * The door of `activation`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { catalog, CATALOG_NAMES, type CatalogName, catalogName, resolveActivation } from "./catalog.ts";
export { derivative } from "./derivative.ts";
export { evaluate } from "./evaluate.ts";
export { type Call, type Constant, type Expression, sameTree, type Variable } from "./expression.ts";
export { format } from "./format.ts";
export { BINARY_CODES, decodeGenome, encodeGenome, isGenome, UNARY_CODES } from "./genome.ts";
export { identityKey } from "./identity.ts";
export { latex } from "./latex.ts";
export { type CodeTarget, type Operator, operatorOf } from "./operators.ts";
export { parse } from "./parse.ts";
export { type Plan, planOf } from "./plan.ts";
export * from "./properties.ts";
export { native } from "./raw_operations.ts";
export { rejectionReason } from "./rejection.ts";
export { isProvenEqual } from "./proof.ts";
export { simplify } from "./simplify.ts";
export { type RunOptions, runSteps, type Step, type Tape } from "./tape.ts";
export { activationTensor, type ActivationTensorOptions, type TensorFunction } from "./tensor.ts";
