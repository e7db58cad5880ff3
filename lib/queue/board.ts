/**
 * The board beside the queues, in the same Redis: which queues there are and what they need, which workers there are and
 * what they do. Who stops announcing is taken for gone.
 *
 * @module
 */
import type { Redis } from "ioredis";
import { z } from "zod";

/** How often an entry is written again, in milliseconds. */
export const ANNOUNCE_MILLISECONDS = 2000;

const PRESENT = 20_000; // ms without a word after which a worker is taken for gone
const FORGOTTEN = 7 * 24 * 3600 * 1000; // ms after which the queue of a coordinator that is gone is removed

const record = z.record(z.string(), z.unknown());

const queueSchema = z.object({
  /** The study whose trials are in it. */
  study: z.string(),
  /** What a worker must have and be. */
  need: record,
});

const workerSchema = z.object({
  /** The name of its machine. */
  host: z.string(),
  pid: z.number(),
  /** How many trials it runs at a time. */
  places: z.number().int().min(1),
  /** What it is: engine, processor, data. */
  machine: record,
  /** The trials that it runs: since when (ISO 8601, UTC), and how many epochs have ended. */
  running: z.array(z.object({ queue: z.string(), formula: z.string(), startedAt: z.string(), epochs: z.number() })),
  /** Why it leaves queues alone, by their names. */
  refusals: z.record(z.string(), z.string()),
});

/** A queue of trials of one study that need the same of a worker. */
export type QueueEntry = Readonly<z.output<typeof queueSchema>>;

/** What a worker says of itself. */
export type WorkerEntry = Readonly<z.output<typeof workerSchema>>;

/** Reads and writes the board. */
export class Board {
  readonly #redis: Redis;
  readonly #keys: { readonly queues: string; readonly workers: string };

  /** The board of a server; `prefix` begins the names of its keys. */
  constructor(redis: Redis, { prefix }: { readonly prefix: string }) {
    this.#redis = redis;
    this.#keys = { queues: `${prefix}:board:queues`, workers: `${prefix}:board:workers` };
  }

  /** Writes what a queue is, again every few seconds. */
  announceQueue(name: string, entry: QueueEntry): Promise<void> {
    return this.#write(this.#keys.queues, { name, entry });
  }

  /** Takes a queue off the board. */
  async withdrawQueue(name: string): Promise<void> {
    await this.#redis.hdel(this.#keys.queues, name);
  }

  /** The queues by name, also those whose coordinator is gone for now. */
  async queues(): Promise<Map<string, QueueEntry>> {
    return (await this.#read(this.#keys.queues, { schema: queueSchema, younger: FORGOTTEN })).fresh;
  }

  /** The names of queues that nobody has asked for in a week. */
  async forgottenQueues(): Promise<readonly string[]> {
    return (await this.#read(this.#keys.queues, { schema: queueSchema, younger: FORGOTTEN })).stale;
  }

  /** Writes what a worker is and does, again every few seconds. */
  announceWorker(id: string, entry: WorkerEntry): Promise<void> {
    return this.#write(this.#keys.workers, { name: id, entry });
  }

  /** Takes a worker off the board. */
  async withdrawWorker(id: string): Promise<void> {
    await this.#redis.hdel(this.#keys.workers, id);
  }

  /** The workers that are there, by their ids. */
  async workers(): Promise<Map<string, WorkerEntry>> {
    const { fresh, stale } = await this.#read(this.#keys.workers, { schema: workerSchema, younger: PRESENT });
    if (stale.length > 0) await this.#redis.hdel(this.#keys.workers, ...stale);
    return fresh;
  }

  /** Milliseconds by the server's clock: those of the machines may differ. */
  async #now(): Promise<number> {
    const [seconds, microseconds] = await this.#redis.time();
    return Number(seconds) * 1000 + Number(microseconds) / 1000;
  }

  async #write(key: string, { name, entry }: { name: string; entry: QueueEntry | WorkerEntry }): Promise<void> {
    await this.#redis.hset(key, name, JSON.stringify({ ...entry, seenAt: await this.#now() }));
  }

  /** The entries that were written lately, and the names of all others, also of those that are no entries. */
  async #read<S extends z.ZodObject>(
    key: string,
    { schema, younger }: { readonly schema: S; readonly younger: number },
  ): Promise<{ readonly fresh: Map<string, z.output<S>>; readonly stale: string[] }> {
    const [now, entries] = await Promise.all([this.#now(), this.#redis.hgetall(key)]);
    const fresh = new Map<string, z.output<S>>();
    for (const [name, text] of Object.entries(entries)) {
      const { seenAt, ...entry } = parseJson(text);
      const parsed = schema.safeParse(entry);
      if (parsed.success && now - Number(seenAt) < younger) fresh.set(name, parsed.data);
    }
    return { fresh, stale: Object.keys(entries).filter((name) => !fresh.has(name)) };
  }
}

function parseJson(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}
