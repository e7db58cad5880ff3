/**
 * Takes trials from the queues that it can serve, has them run by an executor, and sends the results back. It holds the
 * locks of its jobs, and must not train itself: what blocks this process would lose them.
 *
 * @module
 */
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { type Job, UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Execution, Executor, JsonRecord, TrialJob, TrialResult } from "../study/mod.ts";
import { ANNOUNCE_MILLISECONDS, Board, type QueueEntry, type WorkerEntry } from "./board.ts";
import { readJob, writeEpoch, writeResult } from "./messages.ts";
import { cancelChannel, CANCELLED, PREFIX, REFUSED, TRIES } from "./protocol.ts";
import { connectRedis } from "./redis.ts";

/** Options of {@linkcode QueueWorker}. */
export interface QueueWorkerOptions {
  /** Where Redis is: `redis://HOST:PORT`. */
  readonly url: string;
  /** What runs the trials, as many at a time as it has places for. */
  readonly executor: Executor;
  /** What this worker is, for all to see. */
  readonly machine: JsonRecord;
  /** What of it stands in the results: what computes. */
  readonly kind: string;
  /** Why a queue with this need cannot be served; undefined where it can. It is asked again after a minute. */
  readonly refusal: (need: JsonRecord) => Promise<string | undefined> | string | undefined;
  /**
   * Makes of a job what the executor is given (default: the job itself). Throws a UserError for a job that is not to be
   * run.
   */
  readonly accept?: (job: TrialJob, need: JsonRecord) => TrialJob | Promise<TrialJob>;
  /** Seconds without a word after which a trial is taken for lost, and goes to another worker (default: 60). */
  readonly lease?: number;
  /** Begins the names of all keys (default: `afos`). */
  readonly prefix?: string;
  /** Called with a line for what happens (default: nothing is said). */
  readonly log?: (line: string) => void;
}

/** A queue that is served. */
interface Source {
  readonly name: string;
  readonly need: JsonRecord;
  readonly worker: Worker;
}

interface Running {
  readonly source: Source;
  readonly job: Job;
  readonly cancel: AbortController;
  readonly startedAt: string;
  epochs: number;
}

const SHORTEST_PAUSE = 25; // ms between looks into empty queues, doubled up to
const LONGEST_PAUSE = 800;
const REFUSED_MILLISECONDS = 60_000;
const CLOSING_MILLISECONDS = 5000;

/** A worker of the queues of one server. */
export class QueueWorker {
  readonly #options: QueueWorkerOptions;
  readonly #id = crypto.randomUUID();
  readonly #prefix: string;
  readonly #lease: number;
  readonly #sources = new Map<string, Source>();
  readonly #refusals = new Map<string, { readonly reason: string; readonly at: number }>();
  readonly #running = new Set<Running>();
  readonly #jobs = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #fault: Error | undefined;
  #turn = 0;

  /** Makes a worker that takes nothing yet. */
  constructor(options: QueueWorkerOptions) {
    this.#options = options;
    this.#prefix = options.prefix ?? PREFIX;
    this.#lease = (options.lease ?? 60) * 1000;
  }

  /**
   * Serves until the signal is aborted; what runs then goes back to its queue. Throws a UserError where the server
   * cannot be reached, and where this machine fails a trial: others get it then.
   */
  async run({ signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const { url, log } = this.#options;
    const redis = await connectRedis(url, { log });
    const board = new Board(redis, { prefix: this.#prefix });
    const ears = redis.duplicate();
    ears.on("error", () => {});
    ears.on("message", (channel: string, text: string) => this.#hearCancel(channel, text));
    const stop = () => this.#stop.abort();
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop);
    try {
      await Promise.all([this.#look(redis, { board, ears }), this.#take()]);
    } finally {
      signal?.removeEventListener("abort", stop);
      const timer = setTimeout(() => redis.disconnect(), CLOSING_MILLISECONDS); // nobody answers
      await Promise.all(this.#jobs);
      await board.withdrawWorker(this.#id).catch(() => {});
      await Promise.all([...this.#sources.values()].map(({ worker }) => worker.close(true).catch(() => {})));
      clearTimeout(timer);
      ears.disconnect();
      redis.disconnect();
    }
    if (this.#fault) throw this.#fault;
  }

  /** Announces itself, and looks which queues there are. */
  async #look(redis: Redis, { board, ears }: { readonly board: Board; readonly ears: Redis }): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        const queues = await board.queues();
        for (const [name, entry] of queues) await this.#consider(name, { entry, redis, ears });
        for (const name of this.#refusals.keys()) if (!queues.has(name)) this.#refusals.delete(name);
        for (const source of [...this.#sources.values()]) {
          if (!queues.has(source.name)) await this.#leave(source, ears);
        }
        await board.announceWorker(this.#id, this.#entry());
      } catch (error) {
        if (!this.#stop.signal.aborted) this.#log(`cannot look into the queues: ${(error as Error).message}`);
      }
      await this.#pause(ANNOUNCE_MILLISECONDS);
    }
  }

  async #consider(name: string, { entry: { need, study }, redis, ears }: {
    readonly entry: QueueEntry;
    readonly redis: Redis;
    readonly ears: Redis;
  }): Promise<void> {
    const refused = this.#refusals.get(name);
    if (this.#sources.has(name) || (refused && performance.now() - refused.at < REFUSED_MILLISECONDS)) return;
    const reason = await this.#options.refusal(need);
    if (reason !== undefined) {
      if (refused?.reason !== reason) this.#log(`not for this worker: trials of ${study}: ${reason}`);
      this.#refusals.set(name, { reason, at: performance.now() });
      return;
    }
    this.#refusals.delete(name);
    const worker = new Worker(name, null, {
      connection: redis,
      prefix: this.#prefix,
      lockDuration: this.#lease,
      stalledInterval: this.#lease / 2,
      maxStalledCount: TRIES - 1,
    });
    worker.on("error", () => {}); // the connection's, which comes back
    await ears.subscribe(cancelChannel(this.#prefix, name));
    await worker.startStalledCheckTimer();
    this.#sources.set(name, { name, need, worker });
    this.#log(`serving trials of ${study}`);
  }

  /** Leaves a queue that is gone. */
  async #leave({ name, worker }: Source, ears: Redis): Promise<void> {
    for (const { source, cancel } of this.#running) if (source.name === name) cancel.abort();
    this.#sources.delete(name);
    await ears.unsubscribe(cancelChannel(this.#prefix, name));
    await worker.close(true);
  }

  #entry(): WorkerEntry {
    const { executor, machine } = this.#options;
    return {
      host: hostname(),
      pid: Deno.pid,
      places: executor.capacity,
      machine,
      running: [...this.#running].map(({ source, job, startedAt, epochs }) => ({
        queue: source.name,
        formula: String(job.data?.formula).slice(0, 200),
        startedAt,
        epochs,
      })),
      refusals: Object.fromEntries([...this.#refusals].map(([name, { reason }]) => [name, reason])),
    };
  }

  /** Takes jobs as long as there are places for them, from the queues by turns. */
  async #take(): Promise<void> {
    let pause = SHORTEST_PAUSE;
    while (!this.#stop.signal.aborted) {
      if (this.#jobs.size >= this.#options.executor.capacity) {
        await Promise.race(this.#jobs);
        continue;
      }
      const found = await this.#next();
      if (!found) {
        await this.#pause(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        continue;
      }
      pause = SHORTEST_PAUSE;
      const done = this.#serve(found.source, found.job).finally(() => this.#jobs.delete(done));
      this.#jobs.add(done);
    }
  }

  async #next(): Promise<{ readonly source: Source; readonly job: Job } | undefined> {
    const sources = [...this.#sources.values()];
    for (let i = 0; i < sources.length; i++) {
      const source = sources[this.#turn++ % sources.length];
      try {
        const job = await source.worker.getNextJob(this.#id, { block: false });
        if (job) return { source, job };
      } catch (error) {
        if (this.#stop.signal.aborted) return undefined;
        this.#log(`cannot take a trial: ${(error as Error).message}`);
      }
    }
  }

  async #serve(source: Source, job: Job): Promise<void> {
    const running: Running = {
      source,
      job,
      cancel: new AbortController(),
      startedAt: new Date().toISOString(),
      epochs: 0,
    };
    const lost = new AbortController();
    const lock = setInterval(() => this.#keepLock(job, lost), this.#lease / 3);
    this.#running.add(running);
    try {
      const execution = await this.#execute(
        running,
        AbortSignal.any([this.#stop.signal, running.cancel.signal, lost.signal]),
      );
      if (lost.signal.aborted) this.#log(`lost the trial of ${job.data?.formula}: it goes to another worker`);
      else if (execution instanceof UnrecoverableError) await job.moveToFailed(execution, this.#id);
      else if (execution instanceof Error) await this.#refuse(job, execution);
      else if (execution.kind === "ended") await this.#deliver(job, execution.result);
      else if (running.cancel.signal.aborted) await this.#drop(job);
      else await job.moveToWait(this.#id);
    } catch (error) {
      // its lock is lost, or the server is gone: the job is another's then, and its result the same
      if (!this.#stop.signal.aborted) this.#log(`cannot give a trial back: ${(error as Error).message}`);
    } finally {
      clearInterval(lock);
      this.#running.delete(running);
    }
  }

  /** Runs a job; what is wrong with it, or with this machine, is returned. */
  async #execute(running: Running, signal: AbortSignal): Promise<Execution | Error> {
    const { source: { need }, job } = running;
    const { executor, accept = (job: TrialJob) => job } = this.#options;
    let trial: TrialJob;
    try {
      trial = await accept(readJob(job.data), need);
    } catch (error) {
      return new UnrecoverableError(`${REFUSED}${(error as Error).message}`);
    }
    try {
      return await executor.run(trial, {
        signal,
        onEpoch: (metrics) => {
          running.epochs++;
          job.updateProgress(writeEpoch(metrics)).catch(() => {}); // for show
        },
      });
    } catch (error) {
      return error as Error;
    }
  }

  /** Keeps others from taking a job; `lost` is aborted where one has. */
  async #keepLock(job: Job, lost: AbortController): Promise<void> {
    const kept = await job.extendLock(this.#id, this.#lease).catch(() => true); // the server is gone, for now
    if (!kept) lost.abort();
  }

  /** Sends a result, until the server takes it. */
  async #deliver(job: Job, result: TrialResult): Promise<void> {
    const text = writeResult({ ...result, machine: { host: hostname(), kind: this.#options.kind } });
    for (;;) {
      try {
        await job.moveToCompleted(text, this.#id, false);
        return;
      } catch (error) {
        if (!/^(OOM|MISCONF|READONLY|LOADING|BUSY)/.test((error as Error).message)) throw error;
        this.#log(`cannot deliver a result, and try again: ${(error as Error).message}`);
        await this.#pause(ANNOUNCE_MILLISECONDS);
        if (this.#stop.signal.aborted) return;
      }
    }
  }

  /** Another worker may succeed where this machine fails; this one takes no more. */
  async #refuse(job: Job, error: Error): Promise<void> {
    this.#fault ??= error;
    this.#stop.abort();
    await job.moveToFailed(new Error(`${REFUSED}${error.message}`), this.#id);
  }

  /** Its coordinator wants it no longer. */
  async #drop(job: Job): Promise<void> {
    await job.moveToFailed(new UnrecoverableError(CANCELLED), this.#id);
    await job.remove();
  }

  #hearCancel(channel: string, text: string): void {
    try {
      const ids: unknown = JSON.parse(text);
      for (const { source, job, cancel } of this.#running) {
        if (cancelChannel(this.#prefix, source.name) !== channel || !Array.isArray(ids)) continue;
        if (ids.includes(job.id)) cancel.abort();
      }
    } catch {
      // no message of ours
    }
  }

  #log(line: string): void {
    this.#options.log?.(line);
  }

  /** Waits, but no longer than until it is stopped. */
  async #pause(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => {});
  }
}
