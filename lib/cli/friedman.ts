/**
 * `deno task friedman`: compares functions over cases by ranks. It parses arguments, calls the library and prints.
 *
 * @module
 */
import { FINAL_MEASURES } from "../experiment/mod.ts";
import { comparisonDiagram } from "../plots/mod.ts";
import { COMPARISON_TABLES, formatComparison, joined } from "../report/mod.ts";
import { compareFunctions, type CompareOptions, type ScoreTable } from "../statistics/mod.ts";
import { didYouMean } from "../closest.ts";
import { runCommand, UsageError } from "./command.ts";
import type { FlagValues } from "./flags.ts";
import { csvScores, studyScores } from "./score_source.ts";
import { STUDY_FLAGS } from "./study_flags.ts";
import { tableOptions } from "./table_options.ts";
import { userPath } from "./user_path.ts";

const FLAGS = {
  csv: { kind: "text", placeholder: "FILE", description: "Reads scores from a CSV file; - for stdin" },
  study: { kind: "text", placeholder: "NAME", description: "Reads a study: an evaluation, or a search" },
  measure: {
    kind: "choice",
    choices: FINAL_MEASURES,
    description: "Score of a search's study",
    otherwise: "testAccuracy",
  },
  folder: STUDY_FLAGS.folder,
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
  format: {
    kind: "choice",
    choices: ["text", "json", "latex", "csv"],
    description: "Format of the output",
    otherwise: "text",
  },
  json: { kind: "boolean", description: "The same as --format json" },
  latex: { kind: "boolean", description: "The same as --format latex" },
  table: {
    kind: "choice",
    choices: COMPARISON_TABLES,
    description: "The only table to print",
    otherwise: "all of them",
  },
  svg: { kind: "text", placeholder: "FILE", description: "Writes the critical-difference diagram there, as SVG" },
  seed: { kind: "integer", minimum: 0, default: 1, description: "Seed of the bootstrap and of the Bayesian test" },
  resamples: { kind: "integer", minimum: 1, description: "Samples of the bootstrap", otherwise: "2000" },
} as const;

type Values = FlagValues<typeof FLAGS>;

async function scoresOf({ csv, study, measure, folder, better }: Values): Promise<ScoreTable> {
  if ((csv === undefined) === (study === undefined)) {
    throw new UsageError(`Expected either --csv or --study, got ${csv === undefined ? "none" : "both"}`);
  }
  if (csv !== undefined) {
    if (measure !== undefined) {
      throw new UsageError("Cannot use --measure: expected it with --study, got it with --csv");
    }
    return csvScores(csv);
  }
  if (better !== "higher") {
    throw new UsageError(`Cannot use --better: expected higher, which all scores of a study are, got ${better}`);
  }
  return await studyScores(study!, { folder: userPath(folder), measure, log: (line) => console.error(line) });
}

/** Makes sure of a control, and names the function that was probably meant. */
function checkControl(control: string | undefined, { functions }: ScoreTable): void {
  if (control === undefined || functions.includes(control)) return;
  throw new UsageError(
    `Cannot compare with a control: expected one of ${joined(functions)}, got ${control}` +
      didYouMean(control, functions),
  );
}

/** The path of a diagram. Throws a UsageError for another format than SVG. */
function diagramPath(svg: string | undefined): string | undefined {
  if (svg === undefined) return undefined;
  if (!/\.svg$/i.test(svg)) {
    throw new UsageError(`Cannot write the diagram: expected a file that ends in .svg, got ${svg}`);
  }
  return userPath(svg);
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
    summary: "Compares functions over cases by ranks: Friedman's test, and which functions differ; two by Wilcoxon's.",
    usage: ["--csv FILE", "--csv FILE --control relu --rope 0.005", "--study NAME --json --svg ranks.svg"],
    flags: FLAGS,
    details:
      "A CSV file has a header and a row for each case: its name, then a score of each function. A column dataset names " +
      "the data set of each case, a column seed tells several rows of a case apart; network, formula and imageSize are " +
      "left alone. Or it has a row for each training, with the columns function, score, seed, and case or network and " +
      "dataset. Scores are averaged over seeds. An empty field is a missing score. " +
      "The rows of an evaluation's study are its cases, with what has ended until now. Those of a search's study are the " +
      "seeds of its final comparison: one network and one data set, trained several times.",
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
      const diagram = diagramPath(svg);
      const scores = await scoresOf(values);
      checkControl(control, scores);
      if (diagram !== undefined && scores.functions.length < 3) {
        throw new UsageError(
          "Cannot write the diagram: expected at least 3 functions, got 2, which have no critical difference",
        );
      }
      const comparison = compareFunctions(scores, options);
      console.log(formatComparison(comparison, { format, table, width: tableOptions().width }));
      if (diagram !== undefined) {
        await (await comparisonDiagram(comparison)).save(diagram);
        console.error(`diagram: ${diagram}`);
      }
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
