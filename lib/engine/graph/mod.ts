/**
 * A training step as one call of TensorFlow. TensorFlow.js calls TensorFlow operation by operation, and TensorFlow can
 * fuse nothing; here a step is recorded once, and then run as a graph:
 *
 * 1. **record** (record.ts): the step is computed once in eager mode while tfjs-node's binding writes down each operation
 *    that it is asked for. What comes is a {@link Program} (program.ts): operations over numbered tensors, with the
 *    tensors that are given, those that hold variables, and those that are results. A second recording must be the same,
 *    or else the step can't be a program ({@link NotRecordable}).
 * 2. **rewrite** (passes.ts, merge_maps.ts, bfloat16.ts): passes over the program put operations in the place of others,
 *    by the rewriter of rewrite.ts. A convolution and a product behind it become one convolution; sums with vectors become
 *    BiasAdd, which TensorFlow fuses with the product before it; copies go. All keep what is computed, but for
 *    {@link withBfloat16}, which is asked for by itself.
 * 3. **write** (write.ts, optimizer.ts): the programs of a network (a step and an evaluation for each size of batch)
 *    become the nodes of one graph with common variables, by graph_writer.ts; gradients go into the optimizer's
 *    operations.
 * 4. **run** (run.ts, saved_model.ts): TensorFlow reads the graph as a SavedModel; each step is one run of its session.
 *
 * To add a pass: a {@link Rule} of rewrite.ts, its place in `optimizeProgram`, and a row in passes_test.ts, which
 * compares the values before and after.
 *
 * @module
 */
import { optimizeProgram } from "./passes.ts";
import type { Program } from "./program.ts";
import { type Computed, type RecordOptions, recordProgram } from "./record.ts";

export { withBfloat16 } from "./bfloat16.ts";
export type { OptimizerSettings } from "./optimizer.ts";
export { DataType, type Program } from "./program.ts";
export { type Computed, NotRecordable, type RecordOptions } from "./record.ts";
export type { Rule } from "./rewrite.ts";
export { type NodeTime, openTimed, type TimedOptions, type TimedProgram } from "./step_statistics.ts";
export { type Given, type LoadedPrograms, loadPrograms, type ProgramsOptions } from "./run.ts";

/**
 * Records a computation, and rewrites it into TensorFlow's faster operations. Throws a NotRecordable where a program
 * could not stand for it: it reads values in JavaScript, or JavaScript gives it other values each time.
 */
export function traceProgram(body: () => Computed, options: RecordOptions): Program {
  return optimizeProgram(recordProgram(body, options));
}
