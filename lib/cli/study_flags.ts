/**
 * The flags that commands which train have in common.
 *
 * @module
 */
import { datasetName, splitDatasetNames } from "../datasets/mod.ts";
import { ENGINES } from "../engine/mod.ts";
import { isNetworkPath } from "../models/mod.ts";
import { PROJECT_FOLDER } from "../project.ts";
import { forgetStudyName } from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { UsageError } from "./command.ts";
import { shellWord } from "./shell_word.ts";
import { userPath } from "./user_path.ts";

/** Which study. */
export const STUDY_FLAGS = {
  study: {
    kind: "text",
    placeholder: "NAME",
    description: "Name of the study; an existing one is resumed, and what no flag says is as it was there",
    otherwise: "a new one, named after the time",
  },
  folder: {
    kind: "text",
    placeholder: "PATH",
    default: `${PROJECT_FOLDER}data/studies`,
    description: "Folder of the studies",
  },
  seed: { kind: "integer", minimum: 0, description: "Seed of everything random", otherwise: "1" },
} as const;

/** What trains. */
export const MACHINE_FLAGS = {
  workers: {
    kind: "integer",
    minimum: 1,
    description: "Processes that train at a time, at most 4 a core",
    otherwise: "one a core",
  },
  threads: { kind: "integer", minimum: 1, description: "Threads of one operation", otherwise: "1" },
  engine: { kind: "choice", choices: ENGINES, description: "What computes", otherwise: "AFOS_ENGINE, or tensorflow" },
} as const;

/** On which machines. */
export const QUEUE_FLAGS = {
  queue: {
    kind: "text",
    placeholder: "redis://HOST",
    description: "Redis, or Valkey, through which other machines train: deno task worker --queue redis://HOST on each",
  },
  machines: {
    kind: "text",
    placeholder: "KIND",
    description:
      "Which of them: own, those of this machine's kind; any; or a kind that deno task worker --status shows",
    otherwise: "the study's, or own",
  },
} as const;

/** The queue of a command, checked. Throws a UsageError for flags that do not go together. */
export function queueOptions(
  { queue, machines, workers }: { readonly queue?: string; readonly machines?: string; readonly workers?: number },
): { readonly queue?: string; readonly machines?: string } {
  if (queue !== undefined && workers !== undefined) {
    throw new UsageError(
      "Expected --workers or --queue, got both: with a queue, each machine's worker has its --workers",
    );
  }
  if (queue === undefined && machines !== undefined) {
    throw new UsageError("Expected --machines with --queue, got no queue");
  }
  return { queue, machines };
}

/** The data set's name, with the path of a folder as the user means it. Throws a UsageError for one that is none. */
export function datasetFlag(name: string): string {
  try {
    return datasetName(name, { base: userPath(".") });
  } catch (error) {
    throw error instanceof UserError ? new UsageError(error.message) : error;
  }
}

/** The data sets of a list with commas, or all. Throws a UsageError for a name that is none. */
export function datasetsFlag(text: string | undefined): string[] | "all" | undefined {
  return text === undefined || text === "all" ? text : splitDatasetNames(text).map(datasetFlag);
}

/** Networks by name, or by the path of a module as the user means it. */
export function networksFlag(names: readonly string[] | "all" | undefined): readonly string[] | "all" | undefined {
  return typeof names === "object" ? names.map((name) => isNetworkPath(name) ? userPath(name) : name) : names;
}

/** What frees the name that a command made up for a study, where opening it failed; it throws the failure again. */
export function freeName(
  { study, folder }: { readonly study?: string; readonly folder: string },
  name: string,
): (error: unknown) => never {
  return (error) => {
    if (study === undefined) forgetStudyName(userPath(folder), name);
    throw error;
  };
}

/** Where a study is. */
export interface StudyPlace {
  readonly name: string;
  readonly folder: string;
}

/** A study as words of a command: its name, and its folder unless that is the usual one. */
export function studyWords({ name, folder }: StudyPlace): string {
  return `${shellWord(name)}${folder === STUDY_FLAGS.folder.default ? "" : ` --folder ${shellWord(folder)}`}`;
}

/** Says which command goes on with a study. */
export function resumeCommand(task: string, study: StudyPlace): string {
  return `to go on: deno task ${task} --study ${studyWords(study)}`;
}
