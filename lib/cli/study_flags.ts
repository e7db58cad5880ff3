/**
 * The flags that commands which train have in common.
 *
 * @module
 */
import { datasetName, splitDatasetNames } from "../datasets/mod.ts";
import { ENGINES } from "../engine/mod.ts";
import { splitList } from "../experiment/mod.ts";
import { isNetworkPath } from "../models/mod.ts";
import { PROJECT_FOLDER } from "../project.ts";
import { UserError } from "../user_error.ts";
import { UsageError } from "./command.ts";
import { shellWord } from "./shell_word.ts";
import { userPath } from "./user_path.ts";

/** Which study. */
export const STUDY_FLAGS = {
  study: {
    kind: "text",
    placeholder: "NAME",
    description: "Name of the study; an existing one is resumed (default: a new one, named after the time)",
  },
  folder: {
    kind: "text",
    placeholder: "PATH",
    default: `${PROJECT_FOLDER}data/studies`,
    description: "Folder of the studies",
  },
  seed: { kind: "integer", minimum: 0, description: "Seed of everything random; the study's, or 1" },
} as const;

/** What trains. */
export const MACHINE_FLAGS = {
  workers: { kind: "integer", minimum: 1, description: "Processes that train at a time; one a core" },
  threads: { kind: "integer", minimum: 1, description: "Threads of one operation, part of the settings; 1" },
  engine: { kind: "choice", choices: ENGINES, description: "What computes; AFOS_ENGINE, or tensorflow" },
} as const;

/** In which of the cases. */
export const CASE_FLAGS = {
  network: { kind: "text", placeholder: "NAMES", description: "Networks of the cases, or all" },
  dataset: {
    kind: "text",
    placeholder: "NAMES",
    description:
      "Data sets of the cases, or all; named ones are fetched. folder:PATH, with a folder of pictures for each " +
      "class, is taken with the recipes of each network's first case",
  },
} as const;

/** The names of a list with commas, or all. */
function caseNames(text: string | undefined): string[] | "all" | undefined {
  return text === undefined || text === "all" ? text : splitList(text);
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
export function networksFlag(text: string | undefined): ReturnType<typeof caseNames> {
  const names = caseNames(text);
  return names === "all" ? names : names?.map((name) => isNetworkPath(name) ? userPath(name) : name);
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
