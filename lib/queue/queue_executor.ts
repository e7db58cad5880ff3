/**
 * Runs trials on other machines: they go into queues of BullMQ, workers take them, results come back. What is in the
 * queues outlives this process: a coordinator that is resumed finds what was trained meanwhile.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type Job, Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import {
  canonicalJson,
  type Execution,
  type ExecutionOptions,
  type Executor,
  type JsonRecord,
  type TrialJob,
  type TrialOutcome,
} from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { ANNOUNCE_MILLISECONDS, Board, type WorkerEntry } from "./board.ts";
import { readEpoch, readResult } from "./messages.ts";
import { cancelChannel, CANCELLED, PREFIX, REFUSED, STALLED, TRIES } from "./protocol.ts";
import { connectRedis, queueAddress } from "./redis.ts";

/** Options of {@linkcode QueueExecutor}. */
export interface QueueExecutorOptions {
  /** Where Redis is: `redis://HOST:PORT`. */
  readonly url: string;
  /** Names the study: the same text when it is resumed, another one for another study. */
  readonly study: string;
  /** What a worker must have and be to run a trial. */
  readonly needOf: (job: TrialJob) => JsonRecord | Promise<JsonRecord>;
  /** Whether a worker's places count for the capacity (default: all do). */
  readonly counts?: (machine: JsonRecord) => boolean;
  /** Begins the names of all keys (default: `afos`). */
  readonly prefix?: string;
  /** Called with a line for what the user should know (default: nothing is said). */
  readonly log?: (line: string) => void;
}

interface Task {
  readonly id: string;
  readonly job: TrialJob;
  readonly options: ExecutionOptions;
  readonly settle: PromiseWithResolvers<Execution>;
  channel?: Channel;
  attempts: number;
  /** When the latest attempt began, as far as that was heard. */
  startedAt?: string;
}

/** The queue of the trials that need the same. */
interface Channel {
  readonly name: string;
  readonly need: JsonRecord;
  readonly queue: Queue;
  readonly events: QueueEvents;
}

const CHUNK = 500; // jobs added at once
const KEPT_SECONDS = 7 * 24 * 3600; // a result that nobody has asked for
const EVENTS_KEPT = 2000; // what is missed in between is found by looking
const LOOK_MILLISECONDS = 1000;
const LOOKS_PER_CENSUS = 20;
const CLOSING_MILLISECONDS = 5000;

/** An executor over the workers of a queue; open it with {@linkcode QueueExecutor.open}. */
export class QueueExecutor implements Executor {
  readonly #redis: Redis;
  readonly #board: Board;
  readonly #options: QueueExecutorOptions;
  readonly #prefix: string;
  readonly #tag: string;
  readonly #tasks = new Map<string, Task>();
  readonly #channels = new Map<string, Promise<Channel>>();
  readonly #stop = new AbortController();
  readonly #looking: Promise<void>;
  #fresh: Task[] = [];
  #cancelled: Task[] = [];
  /** Jobs whose results were taken, the oldest first. */
  #taken: { readonly task: Task; readonly at: number }[] = [];
  #keepsResults = false;
  #flushing: Promise<void> | undefined;
  #workers: readonly WorkerEntry[] = [];
  #reconnected = false;

  private constructor(redis: Redis, options: QueueExecutorOptions) {
    this.#redis = redis;
    this.#options = options;
    this.#prefix = options.prefix ?? PREFIX;
    this.#tag = digest(options.study, 12);
    this.#board = new Board(redis, { prefix: this.#prefix });
    redis.on("ready", () => this.#reconnected = true);
    this.#looking = this.#look();
  }

  /** Connects to the queue, and looks who is there. Throws a UserError where it cannot be reached. */
  static async open(options: QueueExecutorOptions): Promise<QueueExecutor> {
    const executor = new QueueExecutor(await connectRedis(options.url, { log: options.log }), options);
    await executor.#readWorkers();
    return executor;
  }

  /** How many places the workers have that are there now; 1 where there is none. */
  get capacity(): number {
    return Math.max(1, this.#workers.reduce((sum, { places }) => sum + places, 0));
  }

  /** The workers that are there now and count. */
  get workers(): readonly WorkerEntry[] {
    return this.#workers;
  }

  /** Runs one trial on one of the workers; see {@linkcode Executor}. It waits as long as there is none. */
  run(job: TrialJob, options: ExecutionOptions = {}): Promise<Execution> {
    if (this.#isClosed) throw new Error("Cannot use the queue: expected an open executor, got a closed one");
    const { signal } = options;
    if (signal?.aborted) return Promise.resolve({ kind: "cancelled" });
    const task: Task = { id: this.#idOf(job), job, options, settle: Promise.withResolvers<Execution>(), attempts: 0 };
    this.#tasks.set(task.id, task);
    if (signal) {
      const cancel = () => this.#cancel(task);
      signal.addEventListener("abort", cancel);
      const forget = () => signal.removeEventListener("abort", cancel);
      task.settle.promise.then(forget, forget);
    }
    this.#fresh.push(task);
    this.#flush();
    return task.settle.promise;
  }

  /**
   * Cancels what runs and waits, and disconnects. Results that came after the study had ended its run stay in the queue
   * for a week, for the study to be resumed.
   */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    for (const task of [...this.#tasks.values()]) this.#cancel(task);
    const timer = setTimeout(() => this.#redis.disconnect(), CLOSING_MILLISECONDS); // nobody answers
    this.#stop.abort();
    try {
      await this.#looking;
      await this.#flush();
      await this.#removeTaken({ all: true });
      const channels = await Promise.all(this.#channels.values());
      await Promise.all(channels.map((channel) => this.#closeChannel(channel)));
    } catch (error) {
      if (this.#redis.status !== "end") throw error;
    } finally {
      clearTimeout(timer);
      this.#redis.disconnect();
    }
  }

  /** Cancels what runs and waits, and disconnects. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #isClosed(): boolean {
    return this.#stop.signal.aborted;
  }

  /** The same for the same trial, so that a resumed study finds its own; trials asked for at once differ. */
  #idOf(job: TrialJob): string {
    const id = `t${digest(canonicalJson(job), 32)}`;
    for (let i = 1;; i++) {
      const unused = i === 1 ? id : `${id}-${i}`;
      if (!this.#tasks.has(unused)) return unused;
    }
  }

  /** Adds what is fresh to the queues, and takes out what was cancelled. */
  #flush(): Promise<void> {
    return this.#flushing ??= (async () => {
      await Promise.resolve(); // what is asked for at once goes at once
      try {
        while (this.#fresh.length > 0 || this.#cancelled.length > 0) {
          await this.#add(this.#fresh.splice(0));
          await this.#takeOut(this.#cancelled.splice(0));
        }
      } catch (error) {
        for (const task of [...this.#tasks.values()]) this.#reject(task, this.#refusal(error));
      } finally {
        this.#flushing = undefined;
      }
    })();
  }

  async #add(tasks: readonly Task[]): Promise<void> {
    for (const task of tasks) task.channel ??= await this.#channelFor(task);
    for (const [channel, all] of Map.groupBy(tasks.filter(({ id }) => this.#tasks.has(id)), (task) => task.channel!)) {
      for (let i = 0; i < all.length; i += CHUNK) {
        await channel.queue.addBulk(
          all.slice(i, i + CHUNK).map(({ id, job }) => ({
            name: "trial",
            data: job,
            opts: {
              jobId: id, // a job that is there already is left as it is
              attempts: TRIES,
              removeOnComplete: { age: KEPT_SECONDS },
              removeOnFail: { age: KEPT_SECONDS },
            },
          })),
        );
      }
    }
  }

  async #channelFor({ job }: Task): Promise<Channel> {
    const need = await this.#options.needOf(job);
    const name = `${this.#tag}-${digest(canonicalJson(need), 12)}`;
    let channel = this.#channels.get(name);
    if (!channel) this.#channels.set(name, channel = this.#openChannel(name, need));
    return await channel;
  }

  async #openChannel(name: string, need: JsonRecord): Promise<Channel> {
    const options = { connection: this.#redis, prefix: this.#prefix };
    const queue = new Queue(name, { ...options, streams: { events: { maxLen: EVENTS_KEPT } } });
    const events = new QueueEvents(name, options);
    queue.on("error", () => {}); // the connection's, which comes back
    events.on("error", () => {});
    const channel: Channel = { name, need, queue, events };
    const taskOf = (id: string) => this.#tasks.get(id);
    events.on("active", ({ jobId }) => this.#start(taskOf(jobId), { again: true }));
    events.on("progress", ({ jobId, data }) => this.#hearEpoch(taskOf(jobId), data));
    events.on("completed", ({ jobId, returnvalue }) => this.#end(taskOf(jobId), returnvalue));
    events.on("failed", ({ jobId, failedReason }) => this.#fail(taskOf(jobId), failedReason));
    await events.waitUntilReady();
    await this.#board.announceQueue(name, { study: this.#options.study, need });
    return channel;
  }

  #start(task: Task | undefined, { again }: { readonly again: boolean }): void {
    if (!task || (task.startedAt !== undefined && !again)) return;
    task.startedAt = new Date().toISOString();
    task.options.onStart?.({ attempt: ++task.attempts, startedAt: task.startedAt });
  }

  #hearEpoch(task: Task | undefined, data: unknown): void {
    const metrics = readEpoch(data);
    if (!task || !metrics) return;
    this.#start(task, { again: false });
    task.options.onEpoch?.(metrics);
  }

  #end(task: Task | undefined, text: unknown): void {
    if (!task) return;
    try {
      const result = readResult(text);
      this.#start(task, { again: false });
      this.#tasks.delete(task.id);
      this.#taken.push({ task, at: performance.now() });
      task.settle.resolve({
        kind: "ended",
        result: { ...result, attempts: result.attempts + Math.max(0, task.attempts - 1) },
      });
    } catch (error) {
      this.#reject(task, error as Error);
    }
  }

  /** A job that was given up by its workers. */
  #fail(task: Task | undefined, reason: string): void {
    if (!task) return;
    if (reason === CANCELLED) { // for the run before this one
      this.#remove([task]).then(() => this.#retry([task]), () => {});
    } else if (STALLED.test(reason)) {
      this.#start(task, { again: false });
      const outcome: TrialOutcome = {
        kind: "failed",
        reason: `The worker was lost ${TRIES} times while it trained this function`,
        attempts: TRIES,
      };
      const seconds = (Date.now() - Date.parse(task.startedAt!)) / 1000;
      this.#tasks.delete(task.id);
      this.#remove([task]).catch(() => {});
      task.settle.resolve({
        kind: "ended",
        result: { epochs: [], outcome, startedAt: task.startedAt!, seconds, attempts: TRIES },
      });
    } else {
      const said = reason.replace(REFUSED, "");
      this.#reject(task, new UserError(`Cannot train ${task.job.formula} on ${TRIES} workers, the last one: ${said}`));
    }
  }

  #reject(task: Task, error: Error): void {
    this.#tasks.delete(task.id);
    this.#remove([task]).catch(() => {}); // to be tried again when the study is resumed
    task.settle.reject(error);
  }

  async #remove(tasks: readonly Task[]): Promise<number[]> {
    return await Promise.all(tasks.map(({ channel, id }) => channel?.queue.remove(id) ?? 0));
  }

  #retry(tasks: readonly Task[]): void {
    this.#fresh.push(...tasks.filter(({ id }) => this.#tasks.has(id)));
    this.#flush();
  }

  #cancel(task: Task): void {
    if (!this.#tasks.delete(task.id)) return;
    task.settle.resolve({ kind: "cancelled" });
    this.#cancelled.push(task);
    this.#flush();
  }

  /** Takes jobs out of their queues, and tells the workers that have them already. */
  async #takeOut(tasks: readonly Task[]): Promise<void> {
    for (const [channel, all] of Map.groupBy(tasks, ({ channel }) => channel)) {
      if (!channel) continue;
      const removed = await this.#remove(all);
      const held = all.filter((_, i) => !removed[i]).map(({ id }) => id);
      if (held.length > 0) await this.#redis.publish(cancelChannel(this.#prefix, channel.name), JSON.stringify(held));
    }
  }

  /**
   * Removes the jobs whose results were taken, once the study has kept them. Where it was aborted meanwhile, perhaps by
   * what keeps it from keeping them, they stay.
   */
  async #removeTaken({ all = false } = {}): Promise<void> {
    const due = performance.now() - LOOK_MILLISECONDS;
    const old = this.#taken.filter(({ at }) => all || at < due);
    this.#taken = this.#taken.slice(old.length);
    const kept = old.filter(({ task }) => !task.options.signal?.aborted);
    if (kept.length < old.length) this.#keepsResults = true;
    await this.#remove(kept.map(({ task }) => task));
  }

  /** Looks from time to time: announces, counts workers, and finds what events did not tell. */
  async #look(): Promise<void> {
    for (let looks = 0; !this.#isClosed; looks++) {
      try {
        if (looks * LOOK_MILLISECONDS % ANNOUNCE_MILLISECONDS === 0) await this.#announce();
        const census = this.#reconnected || looks % LOOKS_PER_CENSUS === LOOKS_PER_CENSUS - 1;
        this.#reconnected = false;
        for (const channel of await Promise.all(this.#channels.values())) {
          await this.#findEnded(channel);
          if (census) await this.#findLost(channel);
        }
        await this.#removeTaken();
      } catch (error) {
        if (!this.#isClosed) { for (const task of [...this.#tasks.values()]) this.#reject(task, this.#refusal(error)); }
      }
      await delay(LOOK_MILLISECONDS, undefined, { signal: this.#stop.signal }).catch(() => {});
    }
  }

  async #announce(): Promise<void> {
    const { study } = this.#options;
    for (const { name, need } of await Promise.all(this.#channels.values())) {
      await this.#board.announceQueue(name, { study, need });
    }
    await this.#readWorkers();
  }

  async #readWorkers(): Promise<void> {
    const { counts = () => true } = this.#options;
    this.#workers = [...(await this.#board.workers()).values()].filter(({ machine }) => counts(machine));
  }

  /** What has ended, and begun, without our having heard of it. */
  async #findEnded({ queue }: Channel): Promise<void> {
    const ids = async (state: "completed" | "failed") =>
      (await this.#redis.zrange(queue.toKey(state), 0, -1)).filter((id) => this.#tasks.has(id));
    for (const id of [...await ids("completed"), ...await ids("failed")]) {
      const job: Job | undefined = await queue.getJob(id);
      if (!job) continue;
      if (job.failedReason !== undefined) this.#fail(this.#tasks.get(id), job.failedReason);
      else this.#end(this.#tasks.get(id), job.returnvalue);
    }
    for (const id of await this.#redis.lrange(queue.toKey("active"), 0, -1)) {
      this.#start(this.#tasks.get(id), { again: false });
    }
  }

  /** Jobs that are gone, as when the server has lost its memory, are added again. */
  async #findLost(channel: Channel): Promise<void> {
    const ours = [...this.#tasks.values()].filter((task) => task.channel === channel && !this.#fresh.includes(task));
    for (let i = 0; i < ours.length; i += CHUNK) {
      const some = ours.slice(i, i + CHUNK);
      const there = await Promise.all(some.map(({ id }) => this.#redis.exists(channel.queue.toKey(id))));
      this.#retry(some.filter((_, j) => there[j] === 0));
    }
  }

  /** Closes a queue, and removes it where nothing in it is wanted any more. */
  async #closeChannel({ name, queue, events }: Channel): Promise<void> {
    const kept = this.#keepsResults && (await queue.getCompletedCount()) > 0;
    if (!kept) {
      await queue.obliterate({ force: true });
      await this.#board.withdrawQueue(name);
    }
    await events.close();
    await queue.close();
  }

  /** What a server that refuses is told of. */
  #refusal(error: unknown): Error {
    if (!(error instanceof Error) || error.name !== "ReplyError") return error as Error;
    const { shown } = queueAddress(this.#options.url);
    return new UserError(
      `${shown} refuses: ${error.message}. Nothing that has ended is lost: put it right, and go on`,
      {
        cause: error,
      },
    );
  }
}

/** The beginning of a text's SHA-256. */
function digest(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
