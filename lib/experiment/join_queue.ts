/**
 * The coordinator's side of many machines: an executor whose trials others run.
 *
 * @module
 */
import { hostname } from "node:os";
import { counted } from "../counted.ts";
import type { EngineInfo, EngineName } from "../engine/mod.ts";
import type { Machine, QueueExecutor } from "../queue/mod.ts";
import { readRecipe } from "../training/mod.ts";
import { UserError } from "../user_error.ts";
import { networkDigest } from "./network_digest.ts";
import { prepare, startWorkers } from "./workers.ts";

/** Options of {@linkcode joinQueue}. */
export interface JoinQueueOptions {
  /** Where Redis is: `redis://HOST:PORT`. */
  readonly url: string;
  /** Which machines may train: `own`, those of this one's kind; `any`; or a kind as `--status` shows it. */
  readonly machines: string;
  /** The path of the study's file. */
  readonly study: string;
  readonly engine: EngineName;
  readonly threads: number;
  readonly kernel: boolean;
  readonly log: (line: string) => void;
}

/** The way to many machines. */
export interface JoinedQueue {
  readonly executor: QueueExecutor;
  /** The engine of the machines; of this one, where any may train. */
  readonly engine: EngineInfo;
  /** The only kind of machine that may train, or `any`. */
  readonly machines: string;
}

/** Connects to a queue. Throws a UserError where it cannot be reached, and where the kind of machine is not known. */
export async function joinQueue(options: JoinQueueOptions): Promise<JoinedQueue> {
  const { url, machines, threads, log } = options;
  const { kindOf, labVersion, machineMismatch, needOf, QueueExecutor, queueAddress, readMachine } = await import(
    "../queue/mod.ts"
  );
  const { engine, processor } = await machineOf(options);
  const kind = machines === "any" ? undefined : kindOf({ engine, processor });
  const lab = labVersion();
  const shared = { lab, engine: engine.name, kernel: engine.kernel, threads, kind };
  const executor = await QueueExecutor.open({
    url,
    study: `${hostname()}:${options.study}`,
    needOf: ({ recipe }) =>
      needOf(readRecipe(recipe), { lab, kind, networkDigest }) as Promise<Record<string, unknown>>,
    counts: (record) => {
      const machine = readMachine(record);
      return machine !== undefined && machineMismatch(shared, machine) === undefined;
    },
    log,
  });
  const { shown } = queueAddress(url);
  const places = executor.workers.reduce((sum, worker) => sum + worker.places, 0);
  log(
    places > 0
      ? `${counted(executor.workers.length, "worker")} with ${counted(places, "place")} on ${shown}`
      : `no worker on ${shown} can train this yet (${kind ?? engine.name}, lab ${lab}): start \`deno task worker ` +
        `--queue ${shown}\` on each machine; until then the trials wait`,
  );
  return { executor, engine, machines: kind ?? "any" };
}

/** Engine and processor of the kind that is asked for. */
async function machineOf({ url, machines, engine, threads, kernel, log }: JoinQueueOptions) {
  const { kindOf, processorOf, queueStatus, readMachine } = await import("../queue/mod.ts");
  const isNamed = !["own", "any"].includes(machines);
  const there = isNamed ? (await queueStatus(url)).workers.map(({ machine }) => readMachine(machine)) : [];
  const isAsked = (machine: Pick<Machine, "engine" | "processor">) => kindOf(machine) === machines;
  const found = there.find((machine) => machine && isAsked(machine));
  if (found) return found;
  await prepare({ engine, log });
  const { executor: pool, engine: info } = await startWorkers({ workers: 1, engine, threads, kernel });
  await pool.close();
  const own = { engine: info, processor: processorOf(info) };
  if (!isNamed || isAsked(own)) return own;
  const kinds = new Set([own, ...there].flatMap((machine) => machine ? [kindOf(machine)] : []));
  throw new UserError(
    `Cannot find machines of the kind ${JSON.stringify(machines)}: expected one of ${
      [...kinds].map((kind) => JSON.stringify(kind)).join(", ")
    }, own, or any`,
  );
}
