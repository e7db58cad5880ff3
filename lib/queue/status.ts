/**
 * Who works on what, and what waits.
 *
 * @module
 */
import { Queue } from "bullmq";
import { Board, type QueueEntry, type WorkerEntry } from "./board.ts";
import { PREFIX } from "./protocol.ts";
import { connectRedis } from "./redis.ts";

/** A queue, and how many of its trials stand where. */
export interface QueueState extends QueueEntry {
  /** Its name. */
  readonly name: string;
  /** Trials that no worker has taken yet. */
  readonly waiting: number;
  /** Trials that are trained now. */
  readonly running: number;
  /** Results that their coordinator has not taken yet. */
  readonly ended: number;
}

/** What there is on a server. */
export interface QueueStatus {
  /** Its queues. */
  readonly queues: readonly QueueState[];
  /** The workers that are connected. */
  readonly workers: readonly WorkerEntry[];
}

/** Reads what there is. Throws a UserError where the server cannot be reached. */
export async function queueStatus(url: string, { prefix = PREFIX } = {}): Promise<QueueStatus> {
  const redis = await connectRedis(url);
  try {
    const board = new Board(redis, { prefix });
    const [queues, workers] = await Promise.all([board.queues(), board.workers()]);
    const states = [...queues].map(async ([name, entry]): Promise<QueueState> => {
      const queue = new Queue(name, { connection: redis, prefix });
      const { wait = 0, paused = 0, delayed = 0, prioritized = 0, active = 0, completed = 0, failed = 0 } = await queue
        .getJobCounts("wait", "paused", "delayed", "prioritized", "active", "completed", "failed");
      const waiting = wait + paused + delayed + prioritized;
      await queue.close();
      return { ...entry, name, waiting, running: active, ended: completed + failed };
    });
    return { queues: await Promise.all(states), workers: [...workers.values()] };
  } finally {
    redis.disconnect();
  }
}
