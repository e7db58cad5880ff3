/**
 * Mean ranks of functions over all cases and over those of each network.
 *
 * @module
 */
import { mean, ranks } from "../../statistics/mod.ts";
import type { Row } from "../cells.ts";
import type { CaseTable } from "../trainings.ts";

/** The scores of the cases, all or those of a network, that have a score of each function. */
export function completeRows({ networks, scores }: CaseTable, network?: string): (readonly number[])[] {
  return scores.filter((row, i) => (network === undefined || networks[i] === network) && !row.some(Number.isNaN));
}

/** Mean ranks in the order of the table's functions, 1 is best, over the cases that have a score of each function. */
export function meanRanks(table: CaseTable, network?: string): number[] {
  const ranked = completeRows(table, network).map((row) => ranks(row.map((score) => -score)));
  return table.functions.map((_, i) => ranked.length === 0 ? NaN : mean(ranked.map((row) => row[i])));
}

/** The rows, the best mean rank first; a column for each network with the number of its complete cases. */
export function rankRows(table: CaseTable): Row[] {
  const complete = table.networks.filter((_, i) => !table.scores[i].some(Number.isNaN));
  const overall = meanRanks(table);
  const columns = [...new Set(complete)].map((network) => ({
    title: `${network} (${complete.filter((one) => one === network).length})`,
    values: meanRanks(table, network),
  }));
  return [...table.functions.keys()].sort((i, j) => overall[i] - overall[j]).map((i) => ({
    function: table.functions[i],
    [`all cases (${complete.length})`]: overall[i],
    ...Object.fromEntries(columns.map(({ title, values }) => [title, values[i]])),
  }));
}
