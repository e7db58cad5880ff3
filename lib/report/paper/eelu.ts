/**
 * The EELUs beside the standard functions, in the two ways in which the paper's "26 of 28" can be read.
 *
 * @module
 */
import { mergeEqualScores } from "../../statistics/mod.ts";
import type { Row } from "../cells.ts";
import { SEARCHED_MARK } from "../comparison_tables.ts";
import type { CaseTable } from "../trainings.ts";
import { significant } from "../words.ts";

/** The functions that AFOS found. */
export const EELUS: readonly string[] = ["eelu1", "eelu2", "eelu3", "eelu4"];

/** The functions that they are compared with. */
export const STANDARD_FUNCTIONS: readonly string[] = ["relu", "leaky_relu", "elu", "selu", "gelu", "swish", "mish"];

/** Marks cases that lack a score, or some of its seeds, of an EELU or of a standard function that the table has. */
export const INCOMPLETE_MARK = "‡";

/** Cases won, tied and lost. */
export interface Tally {
  readonly won: number;
  readonly tied: number;
  readonly lost: number;
}

/** The result of one function against another. */
export interface PairTally extends Tally {
  readonly eelu: string;
  readonly standard: string;
}

/** The best of some functions in a case. */
interface Best {
  readonly score: number;
  readonly names: readonly string[];
}

function bestOf(names: readonly string[], { table, row }: { table: CaseTable; row: number }): Best {
  const scores = mergeEqualScores(table.scores[row]);
  const scored = table.functions.map((name, i) => ({ name, score: scores[i] }))
    .filter(({ name, score }) => names.includes(name) && !Number.isNaN(score));
  const score = Math.max(...scored.map((one) => one.score));
  return { score, names: scored.filter((one) => one.score === score).map(({ name }) => name) };
}

/** Those of the names that are functions of the table. */
export const present = ({ functions }: CaseTable, names: readonly string[]) =>
  names.filter((name) => functions.includes(name));

/**
 * The best EELU and the best standard function of each case that has both, and whether it has a score of every one that
 * the table has, with all seeds of the case.
 */
export function bestOfCases(table: CaseTable) {
  const names = present(table, [...EELUS, ...STANDARD_FUNCTIONS]);
  const wanted = names.map((name) => table.functions.indexOf(name));
  const fewer = new Set(
    table.partial?.filter((one) => names.includes(one.function)).map((one) => one.case),
  );
  return table.cases.map((name, row) => ({
    name,
    whole: !fewer.has(name) && wanted.every((column) => !Number.isNaN(table.scores[row][column])),
    eelu: bestOf(EELUS, { table, row }),
    standard: bestOf(STANDARD_FUNCTIONS, { table, row }),
  })).filter(({ eelu, standard }) => eelu.names.length > 0 && standard.names.length > 0);
}

function tally(differences: readonly number[]): Tally {
  return {
    won: differences.filter((difference) => difference > 0).length,
    tied: differences.filter((difference) => difference === 0).length,
    lost: differences.filter((difference) => difference < 0).length,
  };
}

/** In how many cases the best EELU beats the best standard function: the reading by cases. */
export function caseTally(table: CaseTable): Tally {
  return tally(bestOfCases(table).map(({ eelu, standard }) => eelu.score - standard.score));
}

/** The cases that each EELU wins against each standard function, of those with a score of both: the reading by pairs. */
export function pairTallies(table: CaseTable): PairTally[] {
  const { functions } = table;
  const scores = table.scores.map((row) => mergeEqualScores(row));
  return present(table, EELUS).flatMap((eelu) =>
    present(table, STANDARD_FUNCTIONS).map((standard) => {
      const [a, b] = [functions.indexOf(eelu), functions.indexOf(standard)];
      return { eelu, standard, ...tally(scores.map((row) => row[a] - row[b])) };
    })
  );
}

/**
 * The rows of the reading by cases; behind a case's name {@linkcode SEARCHED_MARK}, that one of the functions was searched
 * on its data, and {@linkcode INCOMPLETE_MARK}, that it lacks a function or seeds.
 */
export function caseRows(table: CaseTable): Row[] {
  return bestOfCases(table).map(({ name, whole, eelu, standard }) => ({
    case: [name, ...table.searched?.includes(name) ? [SEARCHED_MARK] : [], ...whole ? [] : [INCOMPLETE_MARK]].join(" "),
    "best EELU": eelu.names.join(" = "),
    "best standard function": standard.names.join(" = "),
    "difference (points)": significant(100 * (eelu.score - standard.score)),
    "EELU wins": eelu.score > standard.score ? "yes" : eelu.score < standard.score ? "no" : "tie",
  }));
}

/** The rows of the reading by pairs: for each EELU the cases won–tied–lost against each standard function. */
export function pairRows(table: CaseTable): Row[] {
  return [...Map.groupBy(pairTallies(table), ({ eelu }) => eelu)].map(([eelu, pairs]) => ({
    function: eelu,
    ...Object.fromEntries(pairs.map(({ standard, won, tied, lost }) => [standard, `${won}–${tied}–${lost}`])),
  }));
}
