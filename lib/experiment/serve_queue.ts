/**
 * The worker's side of many machines: trains what coordinators elsewhere ask for.
 *
 * @module
 */
import { resolveActivation } from "../activation/mod.ts";
import { counted } from "../counted.ts";
import { chooseEngine } from "../engine/mod.ts";
import type { Machine, Match } from "../queue/mod.ts";
import { canonicalJson, type JsonRecord } from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { networkDigest } from "./network_digest.ts";
import { defaultWorkers, prepare, startWorkers } from "./workers.ts";

/** Options of {@linkcode serveQueue}. */
export interface ServeQueueOptions {
  /** Where Redis is: `redis://HOST:PORT`. */
  readonly url: string;
  /** Processes that train at a time (default: one a core). */
  readonly workers?: number;
  /** Threads of one operation; only trials with as many are taken (default: 1). */
  readonly threads?: number;
  /** The engine (default: `AFOS_ENGINE`, or `tensorflow`). */
  readonly engine?: string;
  /** Whether activations are one operation of our own, where that is built (default: true). */
  readonly kernel?: boolean;
  /** Absolute paths of networks of one's own that may be trained here. */
  readonly networks?: readonly string[];
  /** Folders of pictures, `folder:PATH`, that may be the data set of a trial. */
  readonly folders?: readonly string[];
  /** Seconds without a word after which a trial of this worker goes to another (default: 60). */
  readonly lease?: number;
  /** When aborted, what runs goes back to the queue, and the worker ends. */
  readonly signal?: AbortSignal;
  /** Called with a line for what happens (default: nothing is said). */
  readonly log?: (line: string) => void;
}

/**
 * Trains until the signal is aborted: trials for which engine, version of the lab, processor, data and networks are what
 * they need. Training is in processes of its own; this one holds the locks. Throws a UserError where the engine or the
 * server cannot be had, and where the machine fails.
 */
export async function serveQueue(options: ServeQueueOptions): Promise<void> {
  const { url, threads = 1, kernel = true, networks = [], folders = [], lease, signal, log = () => {} } = options;
  const { kindOf, labVersion, localRecipe, matchNeed, precisionsOf, processorOf, queueAddress, QueueWorker } =
    await import(
      "../queue/mod.ts"
    );
  const { shown } = queueAddress(url);
  const engine = chooseEngine(options.engine);
  const owned = new Map(
    await Promise.all(networks.map(async (path) => [await networkDigest(path), path] as const)),
  );
  await prepare({ engine, log });
  signal?.throwIfAborted();
  const workers = options.workers ?? defaultWorkers(threads);
  log(`starting ${counted(workers, "worker")}`);
  const { executor: pool, engine: info } = await startWorkers({ workers, engine, threads, kernel });
  try {
    const datasets: Record<string, string> = {};
    const machine: Machine = {
      lab: labVersion(),
      engine: info,
      processor: processorOf(info),
      precisions: precisionsOf(info),
      threads,
      datasets,
      networks: [...owned.keys()],
    };
    const matches = new Map<string, Match>();
    const worker = new QueueWorker({
      url,
      executor: pool,
      machine,
      kind: kindOf(machine),
      lease,
      log,
      async refusal(need) {
        const match = await matchNeed(need, { machine, belongings: { networks: owned, folders } });
        matches.set(canonicalJson(need), match);
        if (match.kind === "refused") return match.reason;
        datasets[match.dataset] = match.digest;
      },
      accept(job, need) {
        const match = matches.get(canonicalJson(need));
        if (match?.kind !== "matched") throw new UserError("Expected a trial of a queue that is served here");
        resolveActivation(job.formula);
        return { ...job, recipe: localRecipe(job.recipe, { need, match }) as unknown as JsonRecord };
      },
    });
    log(`${kindOf(machine)}, lab ${machine.lab}: ${counted(workers, "place")} on ${shown}; Ctrl-C ends this worker`);
    await worker.run({ signal });
  } finally {
    await pool.close();
  }
}
