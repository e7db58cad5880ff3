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
export { BINARY_CODES, decodeGenome, encodeGenome, UNARY_CODES } from "./genome.ts";
export { type CodeTarget, type Infix, type Operator, operatorOf, type Spelling } from "./operators.ts";
export { kept } from "./kept.ts";
export { parse, type ParseOptions } from "./parse.ts";
export { format } from "./format.ts";
export { latex } from "./latex.ts";
export { type FlatPiece } from "./properties/flat_pieces.ts";
export { type Interval } from "./properties/interval.ts";
export { type Limit } from "./properties/limit.ts";
export { type Minimum } from "./properties/minimum.ts";
export { type Monotony } from "./properties/monotony.ts";
export { type Properties, properties } from "./properties/properties.ts";
export { rejectionReason } from "./rejection_reason.ts";
export { native } from "./raw_operations.ts";
export { identityKey } from "./simplify/identity.ts";
export { isProvenEqual } from "./simplify/proof.ts";
export { simplify } from "./simplify/simplify.ts";
export { LEFT_OUT, written } from "./written.ts";
