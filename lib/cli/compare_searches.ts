/**
 * `deno task compare-searches`: plays all search strategies against the table of trained functions, and compares them.
 * It parses arguments, calls the library and prints.
 *
 * @module
 */
import { compareStrategies, CONTESTANTS, readTable, type StrategyComparison, TRUTH_FILE } from "../bench/mod.ts";
import { splitList } from "../experiment/mod.ts";
import { searchesPlot } from "../plots/mod.ts";
import { comparisonText, textTable } from "../report/mod.ts";
import { mean, median } from "../statistics/mod.ts";
import { didYouMean } from "../closest.ts";
import { runCommand, UsageError } from "./command.ts";
import { interruptSignal } from "./interrupt.ts";
import { checkPlotFile, outputFile } from "./output_file.ts";
import { progressDisplay } from "./progress.ts";
import { tableOptions } from "./table_options.ts";
import { userPath } from "./user_path.ts";

const FLAGS = {
  csv: {
    kind: "text",
    placeholder: "FILE",
    default: TRUTH_FILE,
    description: "The table, as deno task truth writes it",
  },
  searches: { kind: "integer", minimum: 2, default: 200, description: "Searches of each strategy, with seeds 1, 2, …" },
  trials: {
    kind: "integer",
    minimum: 1,
    default: 200,
    description: "Trainings of each search, short ones by their share",
  },
  strategies: { kind: "text", placeholder: "LIST", description: "Only these, separated by commas; all" },
  plot: { kind: "text", placeholder: "FILE", description: "Draws regret and success by epochs there, as .svg or .png" },
  json: { kind: "boolean", description: "Prints one JSON document on stdout" },
} as const;

function namesOf(text: string | undefined): string[] {
  const all = Object.keys(CONTESTANTS);
  if (text === undefined) return all;
  const names = [...new Set(splitList(text))];
  for (const name of names) {
    if (all.includes(name)) continue;
    throw new UsageError(`Cannot compare ${name}: expected some of ${all.join(", ")}${didYouMean(name, all)}`);
  }
  if (names.length < 2) throw new UsageError(`Cannot compare: expected at least 2 strategies, got ${names.length}`);
  return names;
}

function print({ table, epochs, searches, strategies, comparison }: StrategyComparison): void {
  const at = (share: number) => Math.round(share * epochs);
  console.log(
    `${table.functions} functions; the best has fitness ${table.best.toFixed(3)}, the best 1 % at least ` +
      `${table.top.toFixed(3)}. ${searches} searches of ${epochs} epochs each.\n`,
  );
  const quantile = (values: readonly number[], share: number) => values[Math.floor(share * (values.length - 1))];
  const text = (value: number) => Number.isFinite(value) ? `${Math.round(value)}` : "–";
  const rows = comparison.functions.map(({ name, meanRank }) => {
    const { found, regret, curve } = strategies.find((one) => one.name === name)!;
    const needed = found.map((value) => value ?? Infinity).sort((a, b) => a - b);
    const point = curve.find((point) => point.epochs >= at(0.25))!;
    return {
      strategy: name,
      "mean rank": meanRank.toFixed(2),
      "epochs to the best 1 %, median": text(quantile(needed, 0.5)),
      quartiles: `${text(quantile(needed, 0.25))} to ${text(quantile(needed, 0.75))}`,
      "found (%)": (100 * found.filter((value) => value !== null).length / searches).toFixed(1),
      [`mean regret after ${at(0.25)} epochs`]: point.regret.toFixed(4),
      "in the end": mean(regret).toFixed(4),
      "median in the end": median(regret).toFixed(4),
    };
  });
  console.log(textTable(rows, tableOptions()));
  console.log(`\nBy the epochs until a function of the true best 1 %:\n${comparisonText(comparison)}`);
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "compare-searches",
    summary:
      "Plays all search strategies against the table of trained functions, and compares them; nothing is trained.",
    usage: ["", "--searches 50 --plot searches.svg", "--json"],
    flags: FLAGS,
    details:
      "A search sees one training of each function; what it found is judged by the mean of all of them. All searches cost\n" +
      "the same number of epochs, of which the first counts as many as learning rates were tried in it.",
    async run({ csv, searches, trials, strategies, plot, json }) {
      const names = namesOf(strategies);
      if (plot !== undefined) checkPlotFile(plot);
      const path = plot === undefined ? undefined : await outputFile(plot);
      const table = readTable(userPath(csv));
      const result = await (async () => {
        using display = progressDisplay();
        let done = 0;
        const onSearch = (name: string) =>
          display.show({ name: "searches", done: ++done, total: names.length * searches, facts: [name] });
        return await compareStrategies({ table, searches, trials, names, onSearch, signal: interruptSignal() });
      })();
      if (path !== undefined) {
        const curves = result.strategies.map(({ name, curve }) => ({ name, points: curve }));
        const figure = await searchesPlot(curves, {
          title: `Search strategies, means over ${searches} searches`,
          regretLabel: "fitness below the best",
          foundLabel: "searches that trained one of the best 1 %, in %",
        });
        await figure.save(path);
      }
      if (json) console.log(JSON.stringify(result, undefined, 2));
      else print(result);
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
