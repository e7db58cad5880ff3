/**
 * `deno task study`: lists studies, shows one, exports its trials, renames and deletes.
 *
 * @module
 */
import { basename } from "node:path";
import { didYouMean } from "../closest.ts";
import { counted } from "../counted.ts";
import { dataRecord } from "../experiment/mod.ts";
import { dataNotes, textTable } from "../report/mod.ts";
import {
  deleteStudy,
  latestStudy,
  listStudies,
  openStudy,
  renameStudy,
  studyJson,
  studyPath,
  type Trial,
  TRIAL_STATUSES,
  trialFitness,
  trialScores,
  trialsCsv,
} from "../study/mod.ts";
import { runCommand, UsageError } from "./command.ts";
import { STUDY_FLAGS } from "./study_flags.ts";
import { tableOptions } from "./table_options.ts";
import { userPath } from "./user_path.ts";

function list(folder: string): void {
  const studies = listStudies(folder);
  if (studies.length === 0) return console.log(`no studies in ${folder}`);
  const rows = studies.map((study) => {
    if (study.kind === "broken") {
      return { study: study.name, created: "", trials: study.reason, "best fitness": "", "": "" };
    }
    const { name, createdAt, trials, best } = study;
    const counts = TRIAL_STATUSES.filter((status) => trials[status] > 0).map((status) => `${trials[status]} ${status}`);
    return {
      study: name,
      created: createdAt.slice(0, 19).replace("T", " "),
      trials: counts.join(", "),
      "best fitness": best ? best.fitness.toFixed(3) : "",
      "": best?.formula ?? "",
    };
  });
  console.log(textTable(rows, tableOptions()));
}

/** How many trials of each label are shown. */
const SHOWN = 100;

function show(path: string): void {
  using study = openStudy(path, { access: "read" });
  const { name, createdAt, seed, settings } = study.head;
  console.log(`study ${name}, created ${createdAt}, seed ${seed}\n`);
  const facts = Object.entries(settings).map(([setting, value]) => ({ setting, value: text(value) }));
  if (facts.length > 0) console.log(textTable(facts, tableOptions()));
  const trials = study.trials();
  if (trials.length === 0) console.log("\nno trials yet");
  for (const note of dataNotes([settings, ...trials.map(({ recipe }) => recipe)].map(dataRecord))) {
    console.log(`\n${note}`);
  }
  for (const [label, all] of Map.groupBy(trials, (trial) => trial.label)) {
    const best = all.toSorted((a, b) => trialFitness(b) - trialFitness(a)).slice(0, SHOWN);
    const more = all.length > best.length
      ? `, the best ${best.length} of them; \`deno task study export\` has all`
      : "";
    console.log(
      `\n${label}: ${counted(all.length, "trial")}${more}\n\n${textTable(best.map(rowOf(all)), tableOptions())}`,
    );
  }
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.map(text).join(" ");
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** The row of a trial, with what the recipes of all differ in. */
function rowOf(all: readonly Trial[]): (trial: Trial) => Record<string, string | number> {
  const differ = (name: string) => new Set(all.map(({ recipe }) => recipe[name])).size > 1;
  const fields = ["network", "dataset", "imageSize", "learningRate"].filter(differ);
  const failed = all.some(({ outcome }) => outcome.kind === "failed");
  const percent = (value: number | undefined) => value === undefined ? "" : (100 * value).toFixed(2);
  return (trial) => ({
    trial: trial.number,
    ...Object.fromEntries(fields.map((name) => [name, basename(text(trial.recipe[name]))])),
    formula: trial.formula,
    status: trial.outcome.kind,
    fitness: trial.outcome.kind === "failed" ? "" : trialFitness(trial).toFixed(3),
    "validation (%)": percent(trialScores(trial)?.validationAccuracy),
    "test (%)": percent(trialScores(trial)?.testAccuracy),
    seconds: trial.seconds.toFixed(1),
    ...failed && { reason: trial.outcome.kind === "failed" ? trial.outcome.reason.split("\n")[0] : "" },
  });
}

async function exportTrials(path: string, format: "csv" | "json"): Promise<void> {
  using study = openStudy(path, { access: "read" });
  if (format === "json") return console.log(studyJson(study.head, study.trials()));
  const lines = ReadableStream.from(trialsCsv(study.trials())).pipeThrough(new TextEncoderStream());
  await lines.pipeTo(Deno.stdout.writable, { preventClose: true }).catch((error) => {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error; // `| head` has enough
  });
}

/** The number of names that each action takes. */
const ACTIONS: Readonly<Record<string, number>> = { list: 0, show: 1, export: 1, latest: 0, rename: 2, delete: 1 };

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "study",
    summary: "Lists the studies of searches and evaluations, shows one, exports its trials, renames or deletes it.",
    usage: ["list", "show NAME", "export NAME --format csv", "latest", "rename NAME NEW", "delete NAME"],
    flags: {
      format: { kind: "choice", choices: ["csv", "json"], default: "csv", description: "Format of the export" },
      folder: STUDY_FLAGS.folder,
    },
    operands: { minimum: 1, maximum: 3 },
    details:
      "A study is one SQLite file, NAME.sqlite, whose tables can be read with SQL. latest prints the name of the one " +
      "that was written to last.",
    async run({ format, folder: given }, [action, ...names]) {
      const folder = userPath(given);
      if (!Object.hasOwn(ACTIONS, action)) {
        throw new UsageError(
          `Unknown action: expected ${Object.keys(ACTIONS).join(", ")}, got ${action}` +
            didYouMean(action, Object.keys(ACTIONS)),
        );
      }
      const [name, newName] = names;
      if (names.length < ACTIONS[action]) {
        const missing = name === undefined ? `the name of a study after ${action}` : "a new name";
        throw new UsageError(`Missing argument: expected ${missing}`);
      }
      if (names.length > ACTIONS[action]) throw new UsageError(`Unexpected argument ${names[ACTIONS[action]]}`);
      if (action === "list") return list(folder);
      if (action === "latest") return console.log(latestStudy(folder));
      if (action === "rename") return renameStudy(folder, { from: name, to: newName });
      if (action === "delete") return deleteStudy(folder, name);
      const path = studyPath(folder, name);
      if (action === "show") return show(path);
      await exportTrials(path, format as "csv" | "json");
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
