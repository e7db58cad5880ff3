/**
 * `deno task worker`: trains here what searches and evaluations on other machines ask for, or shows who works on what.
 * Exit code 130 after Ctrl-C.
 *
 * @module
 */
import { serveQueue } from "../experiment/mod.ts";
import { kindOf, type QueueStatus, queueStatus, readMachine, type WorkerEntry } from "../queue/mod.ts";
import { textTable } from "../report/mod.ts";
import { runCommand, UsageError } from "./command.ts";
import { formatDuration } from "../duration.ts";
import { Interruption, interruptSignal } from "./interrupt.ts";
import { withQueueAccess } from "./queue_access.ts";
import { datasetFlag, MACHINE_FLAGS, QUEUE_FLAGS } from "./study_flags.ts";
import { tableOptions } from "./table_options.ts";
import { userPath } from "./user_path.ts";

const FLAGS = {
  queue: QUEUE_FLAGS.queue,
  ...MACHINE_FLAGS,
  kernel: {
    kind: "choice",
    choices: ["on", "off"],
    default: "on",
    description: "Activations as one operation of our own",
  },
  network: {
    kind: "list",
    placeholder: "FILE",
    description: "Module of a network of one's own that may be trained here; trials name it by its digest",
  },
  dataset: {
    kind: "list",
    placeholder: "folder:PATH",
    description: "Folder of pictures that may be a trial's data set, if its content is the same",
  },
  lease: {
    kind: "integer",
    minimum: 2,
    default: 60,
    description: "Seconds without a word from this worker after which its trials go to others",
  },
  status: { kind: "boolean", description: "Shows who works on what, and ends" },
  json: { kind: "boolean", description: "Shows it as a JSON document" },
} as const;

function print({ queues, workers }: QueueStatus): void {
  if (queues.length === 0) console.log("no trials are asked for");
  else {
    console.log(textTable(
      queues.map(({ study, need, waiting, running, ended }) => ({
        study,
        "data set": String(need.dataset ?? ""),
        "kind of machine": String(need.kind ?? "any"),
        waiting,
        running,
        ended,
      })),
      tableOptions(),
    ));
  }
  if (workers.length === 0) return console.log("\nno worker is there");
  const sorted = workers.toSorted((a, b) => a.host.localeCompare(b.host) || a.pid - b.pid);
  console.log(`\n${textTable(sorted.map(workerRow), tableOptions())}`);
  const trials = sorted.flatMap((worker) => worker.running.map((trial) => trialRow(worker, { trial, queues })));
  if (trials.length > 0) console.log(`\n${textTable(trials, tableOptions())}`);
  for (const { host, pid, refusals } of sorted) {
    for (const { name, study } of queues.filter(({ name }) => name in refusals)) {
      console.log(`\n${host} ${pid} leaves the trials of ${study} alone: ${refusals[name]}`);
    }
  }
}

function workerRow({ host, pid, places, machine: record, running }: WorkerEntry) {
  const machine = readMachine(record);
  return {
    worker: `${host} ${pid}`,
    places,
    busy: running.length,
    "kind of machine": machine ? kindOf(machine) : "of another version",
    threads: machine?.threads ?? "",
    lab: machine?.lab ?? "",
  };
}

function trialRow({ host, pid }: WorkerEntry, { trial, queues }: {
  readonly trial: WorkerEntry["running"][number];
  readonly queues: QueueStatus["queues"];
}) {
  return {
    worker: `${host} ${pid}`,
    study: queues.find(({ name }) => name === trial.queue)?.study ?? "",
    formula: trial.formula,
    epochs: trial.epochs,
    since: formatDuration(Math.max(0, (Date.now() - Date.parse(trial.startedAt)) / 1000)),
  };
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "worker",
    summary: "Trains what searches and evaluations on other machines ask for through a queue.",
    usage: ["--queue redis://HOST", "--queue redis://HOST --status"],
    flags: FLAGS,
    details:
      "One a machine; it starts a process for each trial that runs at a time. It takes only trials that it can do as\n" +
      "their coordinator would: same lab, engine, threads, data, and, unless the study says any, same kind of machine.\n" +
      "Data are not fetched: deno task data --get NAME does that. After Ctrl-C its trials go back to the queue.\n" +
      "lib/queue/README.md has the whole way, from starting Redis to a batch system.",
    async run({ queue, status, json, workers, threads, engine, kernel, network, dataset, lease }) {
      if (queue === undefined) throw new UsageError("Missing flag: expected --queue redis://HOST");
      const code = await withQueueAccess(queue, { file: "worker.ts", args, permissions: "worker" });
      if (code !== undefined) return code;
      if (status) {
        const state = await queueStatus(queue);
        return json ? console.log(JSON.stringify(state, undefined, 2)) : print(state);
      }
      const signal = interruptSignal();
      await serveQueue({
        url: queue,
        workers,
        threads,
        engine,
        kernel: kernel === "on",
        networks: network.map(userPath),
        folders: dataset.map(datasetFlag),
        lease,
        signal,
        log: (line) => console.error(line),
      });
      throw new Interruption("its trials went back to the queue");
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
