/**
 * `deno task friedman`: compares functions over cases by ranks. It parses arguments, calls the library and prints.
 *
 * @module
 */
import {
  compareFunctions,
  type CompareOptions,
  COMPARISON_TABLES,
  comparisonDiagram,
  FINAL_MEASURES,
  finalScores,
  formatComparison,
  openStudy,
  PROJECT_FOLDER,
  readScores,
  savePlot,
  type ScoreTable,
  studyPath,
} from "../mod.ts";
import { runCommand, UsageError } from "./command.ts";
import type { FlagValues } from "./flags.ts";
import { userPath } from "./user_path.ts";

const FLAGS = {
  csv: { kind: "text", placeholder: "FILE", description: "Reads scores from a CSV file" },
  study: { kind: "text", placeholder: "NAME", description: "Reads the final comparison of a search's study" },
  measure: { kind: "choice", choices: FINAL_MEASURES, description: "Score of a study; testAccuracy" },
  folder: {
    kind: "text",
    placeholder: "PATH",
    default: `${PROJECT_FOLDER}data/studies`,
    description: "Folder of the studies",
  },
  better: { kind: "choice", choices: ["higher", "lower"], default: "higher", description: "Which scores are better" },
  alpha: { kind: "number", above: 0, maximum: 0.5, default: 0.05, description: "Level of all tests" },
  control: {
    kind: "text",
    placeholder: "NAME",
    description: "Compares all functions with this one; without it all pairs are compared",
  },
  rope: {
    kind: "number",
    minimum: 0,
    description: "With --control: differences of scores up to this make no practical difference (Bayesian test)",
  },
  missing: {
    kind: "choice",
    choices: ["refuse", "drop"],
    default: "refuse",
    description: "What to do about cases without a score of each function",
  },
  format: { kind: "choice", choices: ["text", "json", "latex", "csv"], description: "Format of the output; text" },
  json: { kind: "boolean", description: "The same as --format json" },
  latex: { kind: "boolean", description: "The same as --format latex" },
  table: { kind: "choice", choices: COMPARISON_TABLES, description: "The only table to print; all of them" },
  svg: { kind: "text", placeholder: "FILE", description: "Writes the critical-difference diagram there" },
  seed: { kind: "integer", minimum: 0, default: 1, description: "Seed of the bootstrap and of the Bayesian test" },
  resamples: { kind: "integer", minimum: 1, description: "Samples of the bootstrap; 2000, with many cases fewer" },
} as const;

type Values = FlagValues<typeof FLAGS>;

async function scoresOf({ csv, study: name, measure, folder, better }: Values): Promise<ScoreTable> {
  if ((csv === undefined) === (name === undefined)) {
    throw new UsageError(`Expected either --csv or --study, got ${csv === undefined ? "none" : "both"}`);
  }
  if (csv !== undefined) {
    if (measure !== undefined) {
      throw new UsageError("Cannot use --measure: expected it with --study, got it with --csv");
    }
    return readScores(await Deno.readTextFile(userPath(csv)), { source: csv });
  }
  if (better !== "higher") {
    throw new UsageError(`Cannot use --better: expected higher, which all scores of a study are, got ${better}`);
  }
  using study = openStudy(studyPath(userPath(folder), name!), { access: "read" });
  return finalScores(study, { measure: measure ?? "testAccuracy" });
}

function formatOf({ format, json, latex }: Values) {
  const asked = [...format ? [format] : [], ...json ? ["json" as const] : [], ...latex ? ["latex" as const] : []];
  if (new Set(asked).size > 1) throw new UsageError(`Expected one format, got ${asked.join(" and ")}`);
  return asked[0] ?? "text";
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "friedman",
    summary: "Compares functions over cases by ranks: Friedman's test, and which functions differ.",
    usage: ["--csv FILE", "--csv FILE --control relu --rope 0.005", "--study NAME --json --svg ranks.svg"],
    flags: FLAGS,
    details:
      "A CSV file has a header and a row for each case: its name, then a score of each function. A column dataset names\n" +
      "the data set of each case. Or it has a row for each training, with the columns function, score, seed, and case or\n" +
      "network and dataset; scores are then averaged over seeds. An empty field is a missing score.\n" +
      "The rows of a study are the seeds of its final comparison: one network and one data set, trained several times.",
    async run(values) {
      const format = formatOf(values);
      const { better, alpha, control, rope, missing, seed, resamples, table, svg } = values;
      if (rope !== undefined && control === undefined) {
        throw new UsageError("Cannot use --rope: expected --control with it, got none");
      }
      const options: CompareOptions = {
        better,
        alpha,
        control,
        rope,
        seed,
        resamples,
        missing: missing === "drop" ? "dropCases" : "refuse",
      };
      const comparison = compareFunctions(await scoresOf(values), options);
      console.log(formatComparison(comparison, { format, table }));
      if (svg !== undefined) {
        await savePlot(await comparisonDiagram(comparison), userPath(svg));
        console.error(`diagram: ${userPath(svg)}`);
      }
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
