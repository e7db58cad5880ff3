/**
 * Runs trials in child processes of this one, a fixed number at a time. A worker that dies has its trial run again on a
 * fresh one, three times at most: then a trial that brought its workers down has failed, and where the machine killed
 * them, the run ends.
 *
 * @module
 */
import type { Execution, ExecutionOptions, Executor } from "./executor.ts";
import type { FromWorker } from "./protocol.ts";
import type { TrialJob, TrialOutcome } from "./trial.ts";
import type { Epoch } from "../training/mod.ts";
import { type WorkerCommand, WorkerProcess } from "./worker_process.ts";
import { UserError } from "../user_error.ts";

/** Options of {@linkcode LocalPool}. */
export interface LocalPoolOptions extends WorkerCommand {
  /** How many processes, from 1. */
  readonly workers: number;
  /** How long a cancelled trial, or a closed worker, may take to end by itself before it is killed. Default: 1000. */
  readonly graceMilliseconds?: number;
}

/** How many times a trial is tried, and how many workers in a row may die before one is ready. */
const ATTEMPTS = 3;

interface Task {
  readonly id: number;
  readonly job: TrialJob;
  readonly options: ExecutionOptions;
  readonly settle: PromiseWithResolvers<Execution>;
  /** Attempts begun. */
  attempts: number;
  startedAt: string;
  began: number;
  epochs: Epoch[];
  cancelled: boolean;
}

interface Worker {
  readonly process: WorkerProcess;
  ready: boolean;
  task?: Task;
}

/** An executor over child processes. They are started when they are first needed. */
export class LocalPool implements Executor {
  readonly capacity: number;
  readonly #options: LocalPoolOptions;
  readonly #workers = new Set<Worker>();
  /** Processes that are not gone, also those that are no longer used. */
  readonly #processes = new Set<WorkerProcess>();
  readonly #queue: Task[] = [];
  #awaitingStart: PromiseWithResolvers<unknown> | undefined;
  #info: unknown;
  #startDeaths = 0;
  #tasks = 0;
  #closed = false;

  /** Makes a pool. Throws a RangeError unless `workers` is a positive integer. */
  constructor(options: LocalPoolOptions) {
    if (!Number.isSafeInteger(options.workers) || options.workers < 1) {
      throw new RangeError(`Cannot make a pool: expected at least 1 worker, got ${options.workers}`);
    }
    this.#options = options;
    this.capacity = options.workers;
  }

  /** Starts all workers now, and resolves to what their `prepare` tells. Rejects with a UserError when they cannot. */
  start(): Promise<unknown> {
    this.#refuseIfClosed();
    this.#awaitingStart ??= Promise.withResolvers();
    const { promise } = this.#awaitingStart;
    promise.catch(() => {}); // a pool that is closed meanwhile tells those who wait, not the process
    this.#pump();
    return promise;
  }

  /** Runs one trial in a child process; see {@linkcode Executor}. */
  run(job: TrialJob, options: ExecutionOptions = {}): Promise<Execution> {
    this.#refuseIfClosed();
    const { signal } = options;
    if (signal?.aborted) return Promise.resolve({ kind: "cancelled" });
    const settle = Promise.withResolvers<Execution>();
    const id = this.#tasks++;
    const task: Task = { id, job, options, settle, attempts: 0, startedAt: "", began: 0, epochs: [], cancelled: false };
    if (signal) {
      const cancel = () => this.#cancel(task);
      signal.addEventListener("abort", cancel);
      const forget = () => signal.removeEventListener("abort", cancel);
      settle.promise.then(forget, forget);
    }
    this.#queue.push(task);
    this.#pump();
    return settle.promise;
  }

  /** Ends all workers and waits until they are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#awaitingStart?.reject(new Error("Cannot start workers: expected an open pool, got a closed one"));
    for (const task of this.#queue.splice(0)) task.settle.resolve({ kind: "cancelled" });
    for (const { task } of this.#workers) if (task) task.cancelled = true;
    const processes = [...this.#processes];
    for (const process of processes) process.endInput();
    const timer = setTimeout(() => processes.forEach((process) => process.kill()), this.#grace);
    await Promise.all(processes.map((process) => process.exited));
    clearTimeout(timer);
  }

  /** Ends all workers and waits until they are gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #grace(): number {
    return this.#options.graceMilliseconds ?? 1000;
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new Error("Cannot use the pool: expected an open one, got a closed one");
  }

  /** Gives waiting trials to idle workers, and starts as many workers as there is work for. */
  #pump(): void {
    if (this.#closed) return;
    for (const worker of this.#workers) {
      if (worker.ready && !worker.task && this.#queue.length > 0) this.#assign(worker, this.#queue.shift()!);
    }
    const workers = [...this.#workers];
    const busy = workers.filter(({ task }) => task).length;
    const needed = this.#awaitingStart ? this.capacity : Math.min(this.capacity, busy + this.#queue.length);
    for (let i = workers.length; i < needed && this.#spawn(); i++);
    if (this.#awaitingStart && workers.length === this.capacity && workers.every(({ ready }) => ready)) {
      this.#awaitingStart.resolve(this.#info);
      this.#awaitingStart = undefined;
    }
  }

  /** Starts a worker; `false` where the system does not let it. */
  #spawn(): boolean {
    try {
      const process = new WorkerProcess(this.#options, {
        onMessage: (message) => this.#hear(worker, message),
        onExit: (reason, { killed }) => this.#bury(worker, { reason, killed }),
      });
      const worker: Worker = { process, ready: false };
      this.#workers.add(worker);
      this.#processes.add(process);
      return true;
    } catch (error) {
      this.#refuse(new UserError(`Cannot start a worker: ${(error as Error).message}`, { cause: error }));
      return false;
    }
  }

  #assign(worker: Worker, task: Task): void {
    worker.task = task;
    task.attempts++;
    task.epochs = [];
    task.startedAt = new Date().toISOString();
    task.began = performance.now();
    worker.process.send({ kind: "job", id: task.id, job: task.job });
    const { attempts: attempt, startedAt } = task;
    task.options.onStart?.({ attempt, startedAt, workerPid: worker.process.pid });
  }

  #hear(worker: Worker, message: FromWorker): void {
    const { task } = worker;
    if (message.kind === "ready") {
      worker.ready = true;
      this.#info = message.info;
      this.#startDeaths = 0;
      this.#pump();
    } else if (message.kind === "refused") {
      this.#discard(worker);
      const error = new UserError(message.message);
      if (task) task.settle.reject(error);
      else this.#refuse(error);
      this.#pump();
    } else if (task?.id !== message.id) {
      // of a trial that was given up
    } else if (message.kind === "epoch") {
      task.epochs.push(message.metrics);
      task.options.onEpoch?.(message.metrics);
    } else if (message.kind === "failed") {
      this.#discard(worker);
      this.#retry(worker, { reason: message.reason });
    } else {
      const seconds = secondsSince(task.began);
      worker.task = undefined;
      this.#pump();
      if (message.kind === "cancelled") task.settle.resolve({ kind: "cancelled" });
      else this.#end(task, { outcome: message.outcome, seconds, worker });
    }
  }

  /** The worker's process is gone. */
  #bury(worker: Worker, { reason, killed }: { readonly reason: string; readonly killed: boolean }): void {
    this.#processes.delete(worker.process);
    if (!this.#workers.delete(worker)) return;
    if (worker.task) return this.#retry(worker, { reason, killed });
    if (!worker.ready && !this.#closed && ++this.#startDeaths >= ATTEMPTS) {
      this.#startDeaths = 0;
      this.#refuse(new UserError(`Cannot start a worker: expected it to become ready, but ${reason}`));
    }
    this.#pump();
  }

  /** After an attempt that gave no outcome. */
  #retry(worker: Worker, { reason, killed = false }: { readonly reason: string; readonly killed?: boolean }): void {
    const task = worker.task!;
    worker.task = undefined;
    if (task.cancelled) task.settle.resolve({ kind: "cancelled" });
    else if (task.attempts < ATTEMPTS) this.#queue.unshift(task);
    else if (killed) {
      task.settle.reject(
        new UserError(
          `Cannot train ${task.job.formula} here: ${task.attempts} times ${reason}\nNothing that has ended is lost: ` +
            "free memory and disk, or take fewer workers, and the same study goes on",
        ),
      );
    } else {
      const outcome = { kind: "failed", reason, attempts: task.attempts } as const;
      this.#end(task, { outcome, seconds: secondsSince(task.began), worker });
    }
    this.#pump();
  }

  #end(task: Task, { outcome, seconds, worker }: { outcome: TrialOutcome; seconds: number; worker: Worker }): void {
    const { epochs, startedAt, attempts } = task;
    const result = { epochs, outcome, startedAt, seconds, attempts, workerPid: worker.process.pid };
    task.settle.resolve({ kind: "ended", result });
  }

  #cancel(task: Task): void {
    task.cancelled = true;
    const place = this.#queue.indexOf(task);
    if (place >= 0) {
      this.#queue.splice(place, 1);
      task.settle.resolve({ kind: "cancelled" });
    }
    for (const worker of this.#workers) {
      if (worker.task !== task) continue;
      worker.process.send({ kind: "cancel", id: task.id });
      const timer = setTimeout(() => worker.process.kill(), this.#grace);
      const forget = () => clearTimeout(timer);
      task.settle.promise.then(forget, forget);
    }
  }

  /** No worker can start: nothing that waits for one can go on. */
  #refuse(error: UserError): void {
    this.#awaitingStart?.reject(error);
    this.#awaitingStart = undefined;
    for (const task of this.#queue.splice(0)) task.settle.reject(error);
  }

  /** Ends a worker that is no longer to be used. */
  #discard(worker: Worker): void {
    this.#workers.delete(worker);
    worker.process.kill();
  }
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}
