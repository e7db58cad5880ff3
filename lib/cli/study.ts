/**
 * `deno task study`: lists studies, shows one, exports its trials. It parses arguments, calls the library and prints.
 *
 * @module
 */
import { basename } from "node:path";
import {
  listStudies,
  openStudy,
  studyJson,
  studyPath,
  textTable,
  type Trial,
  TRIAL_STATUSES,
  trialFitness,
  trialScores,
  trialsCsv,
} from "../mod.ts";
import { runCommand, UsageError } from "./command.ts";
import { STUDY_FLAGS } from "./study_flags.ts";
import { tableOptions } from "./table_options.ts";
import { userPath } from "./user_path.ts";

function list(folder: string): void {
  const studies = listStudies(folder);
  if (studies.length === 0) return console.log(`no studies in ${folder}`);
  const rows = studies.map((study) => ({
    study: study.name,
    created: study.kind === "study" ? study.createdAt.slice(0, 19).replace("T", " ") : "",
    trials: study.kind === "study"
      ? TRIAL_STATUSES.filter((status) => study.trials[status] > 0)
        .map((status) => `${study.trials[status]} ${status}`).join(", ")
      : study.reason,
    "best fitness": study.kind === "study" && study.bestFitness !== undefined ? study.bestFitness.toFixed(3) : "",
  }));
  console.log(textTable(rows, tableOptions()));
}

function show(path: string): void {
  using study = openStudy(path, { access: "read" });
  const { name, createdAt, seed, settings, dataDigest } = study.head;
  console.log(`study ${name}, created ${createdAt}, seed ${seed}, data ${dataDigest.slice(0, 12)}…\n`);
  const facts = Object.entries(settings).map(([setting, value]) => ({
    setting,
    value: Array.isArray(value) ? value.join(" ") : String(value),
  }));
  console.log(textTable(facts, tableOptions()));
  const hasConditions = study.trials().some(({ conditions }) => conditions !== undefined);
  const rows = study.trials().map((trial) => {
    const scores = trialScores(trial);
    const percent = (value: number | undefined) => value === undefined ? "" : (100 * value).toFixed(2);
    return {
      trial: trial.number,
      kind: trial.kind,
      ...hasConditions && placeOf(trial),
      formula: trial.expression,
      status: trial.outcome.kind,
      fitness: trialFitness(trial).toFixed(3),
      "validation (%)": percent(scores?.validationAccuracy),
      "test (%)": percent(scores?.testAccuracy),
      seconds: trial.seconds.toFixed(1),
    };
  }).sort((a, b) => a.kind === b.kind ? Number(b.fitness) - Number(a.fitness) : a.kind < b.kind ? 1 : -1);
  console.log(rows.length > 0 ? `\n${textTable(rows, tableOptions())}` : "\nno trials yet");
}

/** Where a trial of an evaluation was trained. */
function placeOf({ conditions: { network, dataset, imageSize, learningRate } = {} }: Trial): Record<string, string> {
  return {
    network: basename(String(network)),
    "data set": `${dataset}, ${imageSize} pixels`,
    "learning rate": String(learningRate),
  };
}

function exported(path: string, format: "csv" | "json"): string {
  using study = openStudy(path, { access: "read" });
  return format === "csv" ? trialsCsv(study.trials()) : studyJson(study.head, study.trials());
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "study",
    summary: "Lists the studies of searches and evaluations, shows one, or exports its trials.",
    usage: ["list", "show NAME", "export NAME --format csv"],
    flags: {
      format: { kind: "choice", choices: ["csv", "json"], default: "csv", description: "Format of the export" },
      folder: STUDY_FLAGS.folder,
    },
    operands: { minimum: 1, maximum: 2 },
    run({ format, folder: given }, [action, name]) {
      const folder = userPath(given);
      if (!["list", "show", "export"].includes(action)) {
        throw new UsageError(`Unknown action: expected list, show or export, got ${action}`);
      }
      if (action === "list") return name === undefined ? list(folder) : unexpected(name);
      if (name === undefined) throw new UsageError(`Missing argument: expected the name of a study after ${action}`);
      const path = studyPath(folder, name);
      if (action === "show") return show(path);
      console.log(exported(path, format as "csv" | "json").trimEnd());
    },
  }, { args });
}

function unexpected(argument: string): never {
  throw new UsageError(`Unexpected argument ${argument}`);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
