/**
 * The scores that a command was asked to read: out of a CSV file or stdin, or out of a study.
 *
 * @module
 */
import { dataRecord, type FinalMeasure, finalScores, isEvaluation, recordedResults } from "../experiment/mod.ts";
import { caseTable, dataNotes, readScores } from "../report/mod.ts";
import type { ScoreTable } from "../statistics/mod.ts";
import { openStudy, studyPath } from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { UsageError } from "./command.ts";
import { userPath } from "./user_path.ts";

/** Scores out of a CSV file, or with `-` out of stdin. Throws a UserError for what cannot be read. */
export async function csvScores(file: string): Promise<ScoreTable> {
  if (file === "-") return readScores(await new Response(Deno.stdin.readable).bytes(), { source: "stdin" });
  return readScores(await readFile(userPath(file)), { source: file });
}

async function readFile(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    const got = error instanceof Deno.errors.NotFound
      ? "none"
      : error instanceof Deno.errors.IsADirectory
      ? "a folder"
      : (error as Error).message;
    throw new UserError(
      `Cannot read scores: expected a CSV file ${path}, got ${got}; name it with --csv, or - for stdin`,
    );
  }
}

/**
 * The scores of a study: those of an evaluation's trainings by cases, or those of a search's final comparison by seeds.
 * Cases of an evaluation whose data are not here are told to `log`. Throws a UsageError for a measure that an evaluation
 * has not, and a UserError where there is nothing to compare.
 */
export async function studyScores(
  name: string,
  { folder, measure, log }: {
    readonly folder: string;
    readonly measure: FinalMeasure | undefined;
    readonly log: (line: string) => void;
  },
): Promise<ScoreTable> {
  using study = openStudy(studyPath(folder, name), { access: "read" });
  if (!isEvaluation(study)) {
    const notes = dataNotes([dataRecord(study.head.settings)]);
    return { ...finalScores(study, { measure: measure ?? "testAccuracy" }), notes };
  }
  if (measure !== undefined && measure !== "testAccuracy") {
    throw new UsageError(
      `Cannot use --measure: expected testAccuracy, by which an evaluation compares, got ${measure}`,
    );
  }
  const { results, missing } = await recordedResults(study, { folder });
  for (const { name, reason } of missing) log(`left out: ${name}: ${reason}`);
  return caseTable(results);
}
