/**
 * Many machines: trials through BullMQ on Redis or Valkey.
 *
 * @module
 */
export type { WorkerEntry } from "./board.ts";
export { labVersion } from "./lab_version.ts";
export { kindOf, type Machine, precisionsOf, processorOf, readMachine } from "./machine.ts";
export { localRecipe, machineMismatch, type Match, matchNeed, needOf } from "./need.ts";
export { QueueExecutor, type QueueExecutorOptions } from "./queue_executor.ts";
export { QueueWorker, type QueueWorkerOptions } from "./queue_worker.ts";
export { type QueueStatus, queueStatus } from "./status.ts";
