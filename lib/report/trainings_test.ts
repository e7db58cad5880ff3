import { assertEquals, assertThrows } from "@std/assert";
import { UserError } from "../user_error.ts";
import { caseTable, readTrainings } from "./trainings.ts";

const HEADER = "network,dataset,function,seed,score,diverged";
const read = (text: string) => readTrainings(text, { source: "trainings.csv" });

Deno.test("columns in any order, those that are not asked for left alone; a score that is not there is null", () => {
  const text = "seconds,diverged,score,seed,formula,function,dataset,network\n" +
    '12,false,0.5,1,"max(x,0)",relu,digits,phi\n9,true,,2,,relu,digits,phi\n';
  const shared = { case: "phi/digits", network: "phi", dataset: "digits", function: "relu", searched: false };
  const data = { split: null, edition: null };
  assertEquals(read(text), [
    { ...shared, ...data, seed: "1", score: 0.5, diverged: false },
    { ...shared, ...data, seed: "2", score: null, diverged: true },
  ]);
});

Deno.test("a column case names the case, and a column searched marks it", () => {
  const text =
    `case,searched,${HEADER}\nmine,true,phi,digits,relu,1,0.5,false\nother,false,phi,digits,relu,1,0.5,false\n`;
  const trainings = read(text);
  assertEquals(trainings.map((one) => [one.case, one.searched]), [["mine", true], ["other", false]]);
  const { cases, datasets, networks, searched } = caseTable(trainings);
  assertEquals([cases, datasets, networks, searched], [
    ["mine", "other"],
    ["digits", "digits"],
    ["phi", "phi"],
    ["mine"],
  ]);
});

Deno.test("a case has the mean over seeds, and none where a training of it has no score", () => {
  const rows = ["a,1,0.5,false", "a,2,0.75,false", "b,1,0.25,false", "b,2,,false", "c,1,0,true", "c,2,1,false"];
  const { functions, scores } = caseTable(read([HEADER, ...rows.map((row) => `phi,digits,${row}`)].join("\n")));
  assertEquals([functions, scores], [["a", "b", "c"], [[0.625, NaN, 0.5]]]);
});

/** What is no table of trainings, and what is said of it. */
const WRONG: readonly (readonly [string, string])[] = [
  ["network,dataset,function,seed,score\nphi,digits,relu,1,1\n", "got none named diverged"],
  [`score,${HEADER}\n1,phi,digits,relu,1,1,false\n`, 'line 1: expected different columns, got "score" twice'],
  [`${HEADER}\nphi,,relu,1,1,false\n`, 'line 2, column "dataset": expected a name, got nothing'],
  [`case,${HEADER}\n,phi,digits,relu,1,1,false\n`, 'line 2, column "case": expected a name, got nothing'],
  [`${HEADER}\nphi,digits,relu,1,1,false\nphi,digits,relu,2,one,false\n`, 'line 3, column "score": expected a number'],
];

for (const [text, message] of WRONG) {
  Deno.test(`no trainings: ${message}`, () => {
    assertThrows(() => read(text), UserError, message);
    assertThrows(() => read(text), UserError, "Cannot read trainings.csv");
  });
}
