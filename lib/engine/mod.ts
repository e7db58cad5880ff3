/**
 * The door of `engine`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { ProgramError, runProgram } from "./command.ts";
export {
  DataType,
  type Given,
  loadPrograms,
  type NodeTime,
  NotRecordable,
  openTimed,
  type OptimizerSettings,
  type Program,
  traceProgram,
  withBfloat16,
} from "./graph/mod.ts";
export { installNative, type InstallOptions } from "./install/install.ts";
export type { KernelState } from "./kernel/state.ts";
export { isPrepared } from "./install/installation.ts";
export { randomUniform } from "./random_uniform.ts";
export { type EngineReport, engineReport } from "./install/report.ts";
export { sha256 } from "./sha256.ts";
export {
  chooseEngine,
  engine,
  type EngineInfo,
  engineInfo,
  type EngineName,
  ENGINES,
  type LayersModel,
  loadEngine,
  type LoadOptions,
  type NamedTensorMap,
  nativeBackend,
  type Scalar,
  type serialization,
  type SymbolicTensor,
  type Tensor,
  type TensorFlow,
  type Variable,
} from "./tensorflow.ts";
export { trainingStep, withTrainingStep } from "./training_step.ts";
