import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { compareFunctions, type CompareOptions, type ScoreTable } from "../statistics/mod.ts";
import { demsar, demsarScores } from "../statistics/testdata/reference.ts";
import { comparisonText } from "./comparison_text.ts";

const demsarTable: ScoreTable = {
  functions: demsar.columns,
  cases: demsar.rows.map(([name]) => String(name)),
  scores: demsarScores,
};

const named = (scores: number[][], more: Partial<ScoreTable> = {}): ScoreTable => ({
  functions: ["a", "b", "c", "d"].slice(0, scores[0].length),
  cases: scores.map((_, i) => `case ${i + 1}`),
  scores,
  ...more,
});

const repeat = (count: number, row: number[]) => Array.from({ length: count }, () => row);
const even = Array.from({ length: 12 }, (_, i) => [i % 3, (i + 1) % 3, (i + 2) % 3]);
/** a before b before c in every case, so that a and c differ, and b and its neighbours don't with 8 cases. */
const ordered = repeat(8, [3, 2, 1]);

const CLAIM = /rank(s)? (better|worse)/;

/** What the paragraph must say, and what it must not. */
const CASES: readonly {
  what: string;
  table: ScoreTable;
  options?: Partial<CompareOptions>;
  says: readonly string[];
  never?: RegExp;
}[] = [
  {
    what: "no difference",
    table: named(even),
    says: [
      "3 functions were ranked in 12 cases",
      "finds no difference at the level 0.05",
      "no function may be called better than another",
      "nor does it follow that the functions are equal",
    ],
    never: /Nemenyi|Holm|Mean ranks say/,
  },
  {
    what: "no difference, with a control",
    table: named(even),
    options: { control: "a" },
    says: ["finds no difference"],
    never: /Holm|rank better|ranks better/,
  },
  {
    what: "a difference without a pair that differs",
    table: demsarTable,
    says: [
      "(F(3, 39) = 4.19, p = 0.0116), finds at the level 0.05 that the functions do not all rank alike",
      "Kendall's W = 0.24",
      "(critical difference 1.25) finds no pair that differs",
    ],
    never: CLAIM,
  },
  {
    what: "some pairs",
    table: demsarTable,
    options: { alpha: 0.1 },
    says: [
      "finds that C4.5+m+cf and C4.5+m rank better than C4.5.",
      "C4.5+m+cf has the best mean rank (1.96), but is not shown to rank better than C4.5+m and C4.5+cf.",
      "which does not mean equal: C4.5+m+cf, C4.5+m and C4.5+cf; C4.5+cf and C4.5.",
      "depends on which other functions are compared",
    ],
  },
  {
    what: "all pairs",
    table: named(repeat(40, [3, 2, 1])),
    says: [
      "a ranks better than b and c; b ranks better than c. a ranks better than every other function.",
      "F(2, 78) = ∞",
    ],
    never: /Not shown to differ/,
  },
  {
    what: "two that are the best together",
    table: named([...repeat(20, [3, 2, 1]), ...repeat(20, [2, 3, 1])]),
    says: ["a and b rank better than c. a and b share the best mean rank."],
    never: /every other/,
  },
  {
    what: "a small table, by its exact distribution",
    table: named([...repeat(3, [3, 2, 1]), [2, 3, 1]]),
    says: [
      "Friedman's test, corrected for ties (χ²(2) = 6.50, p = 0.0417 by its exact distribution), finds at the level",
    ],
    never: /Iman/,
  },
  {
    what: "a small table that the chi-squared distribution would find different",
    table: named([[3, 2, 1], [3, 1, 2], [3, 2, 1], [2, 3, 1]]),
    says: ["p = 0.125 by its exact distribution), finds no difference", "no function may be called better"],
    never: CLAIM,
  },
  {
    what: "by how much, in points where scores are fractions",
    table: named(Array.from({ length: 40 }, (_, i) => [0.9, 0.8 + (i % 2) / 50, 0.5])),
    says: [
      "not by how much: the scores of the pairs named differ by 9.00 to 40.00 points on average (median 9.00 to 40.00).",
    ],
  },
  {
    what: "two functions that differ",
    table: named(Array.from({ length: 12 }, (_, i) => [0.5 + i / 100, 0.55 + i / 50])),
    says: [
      "2 functions were compared in 12 cases by their scores, of which higher ones are better. ",
      "Wilcoxon's signed-rank test (T = 0, exact p = 0.000488) finds at the level 0.05 that b scores better than a: " +
      "it is better in 12 cases, worse in 0, equal in 0.",
      "The difference is 10.50 points on average (median 10.50).",
    ],
    never: /Friedman|Nemenyi|ranks/,
  },
  {
    what: "two functions that are not shown to differ",
    table: named(even.map((row) => row.slice(0, 2))),
    says: [
      "finds no difference at the level 0.05. So neither function may be called better than the other; nor does it",
    ],
    never: /scores better/,
  },
  {
    what: "two functions with a control, and data sets that bear out nothing",
    table: named(Array.from({ length: 12 }, (_, i) => [i, i + 3]), { datasets: even.map((_, i) => `${i % 3}`) }),
    options: { control: "a", rope: 1 },
    says: [
      "are better. With each data set counted once nothing is shown to differ. Only if the cases are independent, which " +
      "those that share a data set are not, this holds: b scores better than a.",
      "by its average differences, the test finds none (T = 0, p = 0.250), though with 3 data sets it would miss much.",
    ],
  },
  {
    what: "few cases",
    table: named(ordered),
    says: ["With as few as 8 cases the p-values are rough", "but is not shown to rank better than b."],
  },
  {
    what: "two cases that agree, as they may by chance",
    table: named(repeat(2, [3, 2, 1])),
    says: [
      "(χ²(2) = 4.00, F(2, 2) = ∞: all 2 cases give one order, whose exact probability is p = 0.167), finds no difference",
      "may be called better",
    ],
    never: CLAIM,
  },
  {
    what: "a control",
    table: demsarTable,
    options: { control: "C4.5" },
    says: [
      "Against C4.5, Holm's procedure finds that C4.5+m+cf and C4.5+m rank better; no difference is shown for C4.5+cf.",
      "only if C4.5 was chosen as the control before",
    ],
    never: /Nemenyi/,
  },
  {
    what: "a control that is better",
    table: named(repeat(40, [3, 2, 1])),
    options: { control: "b" },
    says: ["Holm's procedure finds that a ranks better, and c ranks worse."],
  },
  {
    what: "a region of practical equivalence",
    table: named(repeat(40, [3, 2.999, 1])),
    options: { control: "b", rope: 0.1 },
    says: [
      "gives more than 95 % to this: a is practically equivalent; c is worse (beside b)",
      "take cases as independent",
    ],
  },
  {
    what: "a region of practical equivalence, and no difference",
    table: named(even),
    options: { control: "a", rope: 0 },
    says: ["no function may be called better", "they do not undo that"],
    never: /95 %/,
  },
  {
    what: "cases that share data sets, and the difference is that of data sets too",
    table: named(ordered, { datasets: ["x", "x", "x", "x", "y", "y", "y", "z"] }),
    says: [
      "The 8 cases come from 3 data sets.",
      "not independent",
      "With each data set counted once",
      "finds a difference (χ²(2) = 6.00, F(2, 4) = ∞: all 3 data sets give one order, whose exact probability is p = 0.0278)",
      "rank 1 is the best. What stands with each data set counted once: a ranks better than c. The 8",
      "With all cases taken as independent, Friedman's test",
    ],
    never: /Only if/,
  },
  {
    what: "a control, and cases that share data sets",
    table: named(ordered, { datasets: ["x", "x", "x", "x", "y", "y", "y", "z"] }),
    options: { control: "c" },
    says: [
      "rank 1 is the best. What stands with each data set counted once: a ranks better than c. Only if the cases are " +
      "independent, which those that share a data set are not, this holds too: b ranks better than c.",
      "Holm's procedure finds that a and b rank better.",
    ],
    never: /Nemenyi/,
  },
  {
    what: "pairs that data sets bear out only in part",
    table: named([...repeat(40, [4, 3, 2, 1]), ...repeat(4, [4, 3, 2, 1])], {
      datasets: [...Array.from({ length: 40 }, (_, i) => `set ${i % 4}`), "e", "f", "g", "h"],
    }),
    says: [
      "is the best. What stands with each data set counted once: a ranks better than c and d; b ranks better than d. " +
      "Only if the cases are independent, which those that share a data set are not, this holds too: " +
      "a ranks better than b; b ranks better than c; c ranks better than d.",
    ],
  },
  {
    what: "two data sets that agree, as they may by chance",
    table: named(repeat(20, [3, 2, 1]), { datasets: [...Array(10).fill("x"), ...Array(10).fill("y")] }),
    says: [
      "finds none (χ²(2) = 4.00, F(2, 2) = ∞: all 2 data sets give one order, whose exact probability is p = 0.167)",
      "is the best. With each data set counted once nothing is shown to differ. Only if the cases are independent, which " +
      "those that share a data set are not, this holds: a ranks better than b and c; b ranks better than c.",
    ],
    never: /p < 1e-300/,
  },
  {
    what: "means over fewer seeds",
    table: named(ordered, { partial: [{ case: "case 2", function: "b", seeds: 2, of: 3 }] }),
    says: ["means over fewer seeds than others of their case", "comparable with them: b in case 2 (2 of 3)."],
  },
  {
    what: "too few data sets for intervals",
    table: named(ordered, { datasets: Array(8).fill("x") }),
    says: ["Mean ranks have no intervals here: with 1 data set the bootstrap, which takes at least 5,"],
  },
  {
    what: "names with commas",
    table: named(repeat(40, [3, 2, 1]), { functions: ["max(x, 0)", "relu", "gelu"] }),
    says: ["finds that max(x, 0) ranks better than relu and gelu"],
  },
  {
    what: "lists of names with commas",
    table: named(repeat(40, [3, 2, 1]), { functions: ["relu", "max(x, 0)", "gelu"] }),
    says: ["finds that relu ranks better than max(x, 0); and gelu"],
  },
  {
    what: "data sets that all agree",
    table: named(repeat(80, [3, 2, 1]), { datasets: repeat(80, []).map((_, i) => `${i % 40}`) }),
    says: ["What stands with each data set counted once: a ranks better than b and c; b ranks better than c."],
  },
  {
    what: "a difference of cases that data sets do not show",
    table: named([...repeat(9, [3, 2, 1]), [1, 2, 3], [1, 2, 3]], {
      datasets: [...Array(9).fill("x"), "y", "z"],
    }),
    says: [
      "With each data set counted once nothing is shown to differ. Only if the cases are independent, which those that",
      "finds none (χ²(2) = 0.667, p = 0.944 by its exact distribution), though with 3 data sets it would miss much.",
    ],
  },
  {
    what: "one data set",
    table: named(ordered, { datasets: Array(8).fill("x") }),
    says: [
      "What stands: nothing about other data sets, as all cases come from one, x. Only if the cases are independent, " +
      "which those that share a data set are not, this holds: a ranks better than c.",
    ],
  },
  {
    what: "a data set for each case",
    table: named(ordered, { datasets: ordered.map((_, i) => `${i}`) }),
    says: ["F(2, 14) = ∞: all 8 cases give one order"],
    never: /independent/,
  },
  {
    what: "seeds",
    table: named(ordered, { unit: "seed" }),
    says: ["ranked in 8 seeds", "The rows are seeds", "says nothing about others"],
    never: /name the data sets/,
  },
  {
    what: "data sets that are not known",
    table: named(ordered),
    says: ["Those that share a data set are not: name the data sets"],
  },
  {
    what: "a dropped case",
    table: named([...ordered, [1, NaN, 2]]),
    options: { missing: "dropCases" },
    says: ["1 case (case 9) was left out because a score is missing", "favours the function"],
  },
  {
    what: "lower scores",
    table: named(ordered),
    options: { better: "lower" },
    says: ["of which lower ones are better", "c has the best mean rank"],
  },
];

for (const { what, table, options, says, never } of CASES) {
  Deno.test(`in words: ${what}`, () => {
    const text = comparisonText(compareFunctions(table, { better: "higher", ...options }));
    for (const part of says) assertStringIncludes(text, part);
    if (never) assert(!never.test(text), text);
    assertEquals(text.match(/undefined|NaN| {2}|\.\./), null, text);
  });
}

const scoresOf = fc.integer({ min: 2, max: 5 }).chain((functions) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: functions, maxLength: functions }), {
    minLength: 2,
    maxLength: 24,
  })
);

Deno.test("no pair is called better that no test found, and what is said to stand holds by data sets too", () => {
  fc.assert(
    fc.property(scoresOf, fc.integer({ min: 1, max: 24 }), fc.boolean(), (noise, sets, isControlled) => {
      const functions = ["a", "b", "c", "d", "e"].slice(0, noise[0].length);
      // Half of the tables have an order.
      const scores = noise.map((row) => row.map((score, j) => score + (sets % 2) * 3 * j));
      const cases = scores.map((_, i) => `${i}`);
      const table = { functions, cases, scores, datasets: cases.map((_, i) => `set ${i % sets}`) };
      const comparison = compareFunctions(table, {
        better: "higher",
        control: isControlled ? "a" : undefined,
        resamples: 1,
      });
      const { differ, apart, byDataset } = comparison;
      const text = comparisonText(comparison);
      if (!differ) {
        assert(!/(ranks?|scores?) (better|worse) than/.test(text.replace(/may be called better/g, "")), text);
      }
      const [, stands] = /counted once: (.*?)\. /.exec(text) ?? [];
      for (const claim of stands?.split("; ") ?? []) {
        const [firsts, seconds] = claim.split(/ (?:ranks?|scores?) better than /).map((names) =>
          names.split(/, | and /)
        );
        if (seconds === undefined) continue; // that the functions do not all rank alike
        for (const first of firsts) {
          for (const second of seconds) {
            for (const pairs of [apart, byDataset!.apart]) {
              assert(pairs.some((pair) => pair.first === first && pair.second === second), `${claim}: ${text}`);
            }
          }
        }
      }
    }),
    { seed: 12, numRuns: 300 },
  );
});
