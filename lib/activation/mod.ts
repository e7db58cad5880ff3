/**
 * The door of `activation`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { catalog, CATALOG_NAMES, type CatalogName, catalogName, resolveActivation } from "./catalog.ts";
export { type Plan, planOf } from "./compile/plan.ts";
export { type RunOptions, runSteps, runTape, type Step, type Tape, tapeOf } from "./compile/tape.ts";
export { activationTensor, type ActivationTensorOptions, type TensorFunction } from "./compile/tensor.ts";
export { derivative } from "./derivative.ts";
export { evaluate } from "./evaluate.ts";
export { type Call, type Constant, type Expression, sameTree, substitute, type Variable } from "./expression.ts";
export { BINARY_CODES, decodeGenome, encodeGenome, isGenome, UNARY_CODES } from "./genome.ts";
export { type CodeTarget, type Infix, type Operator, operatorOf, type Spelling } from "./operators.ts";
export { kept } from "./kept.ts";
export { parse, type ParseOptions } from "./parse.ts";
export { format, latex } from "./print.ts";
export { type Limit, mirror, type Place, type Properties, properties, rejectionReason } from "./properties.ts";
export { native } from "./raw_operations.ts";
export { identityKey } from "./simplify/identity.ts";
export { isProvenEqual } from "./simplify/proof.ts";
export { simplify } from "./simplify/simplify.ts";
