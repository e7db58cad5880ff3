import { assertEquals, assertStringIncludes } from "@std/assert";
import { compareFunctions } from "../statistics/mod.ts";
import { formatComparison } from "./comparison_formats.ts";
import { dataNotes, type DataRecord } from "./data_notes.ts";
import { readScores } from "./read_scores.ts";
import { caseTable, readTrainings } from "./trainings.ts";

const CASES: readonly { records: DataRecord[]; notes: string[] }[] = [
  { records: [], notes: [] },
  { records: [{ dataset: "mnist" }, { dataset: "beans", edition: null, split: "" }], notes: [] },
  {
    records: [{ dataset: "cifar-10", edition: "JPEG" }, { dataset: "cifar-10", edition: "JPEG" }],
    notes: ["cifar-10 is not the published set but a copy: JPEG"],
  },
  {
    records: [{ dataset: "folder:/home/me/leaves", split: "image" }, { dataset: "c", edition: "TIFF", split: "group" }],
    notes: [
      "leaves has no official parts and is split by images",
      "c is not the published set but a copy: TIFF",
      "c has no official parts and is split by groups, such as slides, none of which is in two parts",
    ],
  },
];

for (const { records, notes } of CASES) {
  Deno.test(`notes on ${records.map(({ dataset }) => dataset).join(", ") || "nothing"}`, () =>
    assertEquals(dataNotes(records), notes));
}

Deno.test("what the CSV of an evaluation says of its data stands in the comparison", () => {
  const edition = "4,000 of 50,000 training images; PNG, published as raw pixels";
  const row = (name: string, score: number, last: string) => `phi,${name},${last}`.replace("SCORE", `${score}`);
  const lines = ["relu", "swish"].flatMap((one, i) => [
    row("cifar-10", .5 + i / 10, `${one},1,SCORE,false,"${edition}",`),
    row("colorectal-histology", .6 + i / 10, `${one},1,SCORE,false,,group`),
  ]);
  const csv = ["network,dataset,function,seed,score,diverged,edition,split", ...lines].join("\n");
  const notes = [
    `cifar-10 is not the published set but a copy: ${edition}`,
    "colorectal-histology has no official parts and is split by groups, such as slides, none of which is in two parts",
  ];
  const scores = readScores(csv, { source: "x.csv" });
  assertEquals(scores.notes, notes);
  assertEquals(caseTable(readTrainings(csv, { source: "x.csv" })).notes, notes);
  const comparison = compareFunctions(scores, { better: "higher" });
  for (const format of ["text", "json"] as const) {
    const text = formatComparison(comparison, { format }).replaceAll("\n", " ");
    for (const note of notes) assertStringIncludes(text, `${note}.`);
  }
});
