/**
 * Many machines: trials through BullMQ on Redis or Valkey.
 *
 * @module
 */
export type { QueueEntry, WorkerEntry } from "./board.ts";
export { labVersion } from "./lab_version.ts";
export { kindOf, type Machine, precisionsOf, processorOf, readMachine } from "./machine.ts";
export {
  type Belongings,
  localRecipe,
  machineMismatch,
  type MachineNeed,
  type Match,
  matchNeed,
  type Need,
  needOf,
  type NeedOptions,
} from "./need.ts";
export { QueueExecutor, type QueueExecutorOptions } from "./queue_executor.ts";
export { QueueWorker, type QueueWorkerOptions } from "./queue_worker.ts";
export { type QueueAddress, queueAddress } from "./redis.ts";
export { type QueueState, type QueueStatus, queueStatus } from "./status.ts";
