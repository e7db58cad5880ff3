/**
 * What the paper claims, beside what was measured. Every figure of the paper comes from `data/published.json`; this file
 * states none.
 *
 * @module
 */
import { counted } from "../../counted.ts";
import { type Comparison, mergeEqualScores } from "../../statistics/mod.ts";
import type { Row } from "../cells.ts";
import { bestOfCases, caseTally, EELUS, pairTallies } from "./eelu.ts";
import { completeRows, meanRanks } from "./mean_ranks.ts";
import type { CaseTable } from "../trainings.ts";
import { pValueText } from "../words.ts";

/** The content of `data/published.json`. */
export interface Published {
  /** Where the claims stand. */
  readonly source: { readonly title: string; readonly url: string };
  /** What is claimed there. */
  readonly claims: {
    /** Of how many comparisons the EELUs are said to win how many. */
    readonly better: { readonly won: number; readonly of: number; readonly percent: number };
    /** Friedman's p is said to be below. */
    readonly friedmanPBelow: number;
    /** The function said to have the best mean rank. */
    readonly bestMeanRank: string;
    /** Networks on which the EELUs are said to be better than these functions. */
    readonly eelusBetter: { readonly networks: readonly string[]; readonly than: readonly string[] };
    /** Networks on which these functions are said to be better than the EELUs. */
    readonly standardBetter: { readonly networks: readonly string[]; readonly functions: readonly string[] };
  };
}

/** The best mean rank that some functions have in a network's complete cases, as `eelu1 = eelu2 1.50`. */
function bestRank(table: CaseTable, { network, names }: { network: string; names: readonly string[] }) {
  const ranks = mergeEqualScores(meanRanks(table, network));
  const ranked = table.functions.map((name, i) => ({ name, rank: ranks[i] }))
    .filter(({ name, rank }) => names.includes(name) && !Number.isNaN(rank));
  const best = Math.min(...ranked.map(({ rank }) => rank));
  const sharing = ranked.filter(({ rank }) => rank === best).map(({ name }) => name);
  return sharing.length === 0 ? undefined : `${sharing.join(" = ")} ${best.toFixed(2)}`;
}

/** What was measured on a network of EELUs and of some others, or that it was not. */
function onNetwork(table: CaseTable, { network, others }: { network: string; others: readonly string[] }) {
  const ranks = [EELUS, others].map((names) => bestRank(table, { network, names }));
  if (ranks.includes(undefined)) return "not measured";
  return `${ranks.join(", ")}; ${counted(completeRows(table, network).length, "case")}`;
}

/** In how many cases the best EELU wins, and how many of them lack a function or seeds. */
function byCases(table: CaseTable): string {
  const { won, tied, lost } = caseTally(table);
  const lacking = bestOfCases(table).filter(({ whole }) => !whole).length;
  return `${won} of ${counted(won + tied + lost, "case")}${
    lacking > 0 ? ` (${lacking} without all functions and seeds)` : ""
  }`;
}

/** In how many pairs the EELU wins more cases than it loses, and how many cases pairs have. */
function byPairs(table: CaseTable): string {
  const pairs = pairTallies(table);
  const cases = pairs.map(({ won, tied, lost }) => won + tied + lost);
  const [least, most] = [Math.min(...cases), Math.max(...cases)];
  const each = pairs.length === 0 ? "" : `, each in ${least < most ? `${least} to ` : ""}${counted(most, "case")}`;
  return `${pairs.filter(({ won, lost }) => won > lost).length} of ${pairs.length} pairs${each}`;
}

/**
 * The rows: each claim, the published value, what was measured and in how many cases, the source. EELUs and standard
 * functions are compared in the cases that have scores of both; ranks are those of cases that have a score of each
 * function.
 */
export function claimRows(table: CaseTable, { published, comparison }: {
  readonly published: Published;
  /** The comparison of the table's functions; without it no test was possible. */
  readonly comparison?: Comparison;
}): Row[] {
  const { better, friedmanPBelow, bestMeanRank, eelusBetter, standardBetter } = published.claims;
  const claimed = `${better.won} of ${better.of} (${better.percent} %)`;
  const best = comparison?.functions.filter(({ meanRank }) => meanRank === comparison.functions[0].meanRank) ?? [];
  const row = (claim: string, value: string, measured: string) => ({
    claim,
    published: value,
    measured,
    source: published.source.title,
  });
  return [
    row(
      "cases in which the best EELU beats the best standard function",
      claimed,
      byCases(table),
    ),
    row(
      "pairs of EELU and standard function in which the EELU wins more cases than it loses (the claim's other reading)",
      claimed,
      byPairs(table),
    ),
    row(
      "Friedman's test",
      `p < ${friedmanPBelow}`,
      comparison?.friedman
        ? `p = ${pValueText(comparison.friedman.pValue)}, ${counted(comparison.cases.length, "case")}`
        : "not measured",
    ),
    row(
      "best mean rank",
      bestMeanRank,
      comparison
        ? `${best.map(({ name }) => name).join(" = ")} (${best[0].meanRank.toFixed(2)}), ${
          counted(comparison.cases.length, "case")
        }`
        : "not measured",
    ),
    ...eelusBetter.networks.map((network) =>
      row(
        `best mean rank of the EELUs and of ${eelusBetter.than.join(", ")} on ${network}`,
        "EELUs better",
        onNetwork(table, { network, others: eelusBetter.than }),
      )
    ),
    ...standardBetter.networks.map((network) =>
      row(
        `best mean rank of the EELUs and of ${standardBetter.functions.join(", ")} on ${network}`,
        `${standardBetter.functions.join(", ")} better`,
        onNetwork(table, { network, others: standardBetter.functions }),
      )
    ),
  ];
}
