import { assert, assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { PROJECT_FOLDER } from "../../project.ts";
import { UserError } from "../../user_error.ts";
import { caseTally, pairTallies } from "./eelu.ts";
import { mirrorNoise, mirrorRows, noiseOfMeans } from "./mirror.ts";
import { compareTrainings, paperTables } from "./paper_tables.ts";
import type { Published } from "./claims.ts";
import { rankRows } from "./mean_ranks.ts";
import { caseTable, readTrainings, type Training } from "../trainings.ts";

/**
 * Invented numbers. Means over the 2 seeds by case, relu swish eelu1 eelu2: phi .55 .60 .70 .71; vgg16 .80 .60 .65 .67;
 * resnet50 .40 .50 .25 .50, where one training of eelu1 diverged and counts 0.
 */
const TOY = readTrainings(
  await Deno.readTextFile(new URL("../testdata/toy_trainings.csv", import.meta.url)),
  { source: "toy_trainings.csv" },
);
const PUBLISHED: Published = JSON.parse(await Deno.readTextFile(`${PROJECT_FOLDER}data/published.json`));

const rounded = (value: unknown) => typeof value === "number" ? Number(value.toFixed(6)) : value;
const tableOf = (name: string, trainings: readonly Training[] = TOY) =>
  paperTables(trainings, { published: PUBLISHED }).find((table) => table.name === name)!;
const rows = (name: string, trainings?: readonly Training[]) =>
  tableOf(name, trainings).values.map((row) => row.map(rounded));

Deno.test("trainings are read with their seeds, and a case has the mean over them", () => {
  assertEquals([TOY.length, TOY.filter(({ diverged }) => diverged).length], [24, 1]);
  const { cases, networks, functions, scores } = caseTable(TOY);
  assertEquals(cases, ["phi/toy-a", "vgg16/toy-b", "resnet50/toy-a"]);
  assertEquals([networks, functions], [["phi", "vgg16", "resnet50"], ["relu", "swish", "eelu1", "eelu2"]]);
  assertEquals(scores[2].map(rounded), [0.4, 0.5, 0.25, 0.5]);
});

Deno.test("accuracy: mean ± sample deviation, the best marked, and what diverged", () => {
  assertEquals(rows("accuracy")[0], ["phi/toy-a", "55.00 ± 7.07", "60.00 ± 0.00", "70.00 ± 0.00", "* 71.00 ± 1.41"]);
  assertEquals(rows("accuracy")[1][0], "vgg16/toy-b †");
  assertEquals(rows("accuracy")[2].slice(3), ["50.00 (1 of 2)", "* 50.00 ± 0.00"]);
});

// phi: 4 3 2 1; vgg16: 1 4 3 2; resnet50: 3 1.5 4 1.5
Deno.test("mean ranks over all cases and by network, ties shared", () => {
  assertEquals(rows("ranks"), [
    ["eelu2", 1.5, 1, 2, 1.5],
    ["relu", 2.666667, 4, 1, 3],
    ["swish", 2.833333, 3, 4, 1.5],
    ["eelu1", 3, 2, 3, 4],
  ]);
});

Deno.test("a case without a score of each function has no ranks, but its EELUs are compared", () => {
  const holes = TOY.map((one) => one.network === "phi" && one.function === "relu" ? { ...one, score: null } : one);
  assertEquals(Object.keys(rankRows(caseTable(holes))[0]), ["function", "all cases (2)", "vgg16 (1)", "resnet50 (1)"]);
  assertEquals(caseTally(caseTable(holes)), { won: 1, tied: 1, lost: 1 });
});

Deno.test("the two readings of the paper's claim: by cases, and by pairs", () => {
  const table = caseTable(TOY);
  assertEquals(caseTally(table), { won: 1, tied: 1, lost: 1 });
  assertEquals(pairTallies(table), [
    { eelu: "eelu1", standard: "relu", won: 1, tied: 0, lost: 2 },
    { eelu: "eelu1", standard: "swish", won: 2, tied: 0, lost: 1 },
    { eelu: "eelu2", standard: "relu", won: 2, tied: 0, lost: 1 },
    { eelu: "eelu2", standard: "swish", won: 2, tied: 1, lost: 0 },
  ]);
  assertEquals(rows("cases")[1], ["vgg16/toy-b †", "eelu2", "relu", -13, "no"]);
  assertEquals(rows("pairs")[1], ["eelu2", "2–0–1", "2–1–0"]);
});

// eelu2 − eelu1 by seed: phi .02, 0; vgg16 .10, −.06; resnet50 is not symmetric, and of its seeds one diverged
Deno.test("the noise of mirror images comes from symmetric networks and whole trainings alone", () => {
  const { pairs, mean, rootMeanSquare } = mirrorNoise(TOY)!;
  assertEquals([pairs, rounded(mean)], [4, 0.015]);
  assertEquals(rounded(rootMeanSquare), rounded(Math.sqrt((0.02 ** 2 + 0.1 ** 2 + 0.06 ** 2) / 4)));
  assertEquals(mirrorRows(TOY).map((row) => [row["network symmetric"], row.seeds]), [
    ["yes", 2],
    ["yes", 2],
    ["no (residual sums)", 1],
  ]);
  assertEquals(mirrorNoise(TOY.filter(({ function: name }) => name !== "eelu1")), undefined);
});

Deno.test("each claim stands beside what was measured, and its source", () => {
  const claims = rows("claims");
  assertEquals(claims.slice(0, 4).map(([, published, measured]) => [published, measured]), [
    ["26 of 28 (92.8 %)", "1 of 3 cases"],
    ["26 of 28 (92.8 %)", "3 of 4 pairs, each in 3 cases"],
    ["p < 0.05", claims[2][2]],
    ["eelu2", "eelu2 (1.50), 3 cases"],
  ]);
  assertMatch(String(claims[2][2]), /^p = 0\.\d+, 3 cases$/);
  assertEquals(claims[4].slice(1), ["EELUs better", "eelu2 2.00, swish 4.00; 1 case", PUBLISHED.source.title]);
  assertEquals(claims[5][2], "not measured", "AlexNet is not among the toy cases");
});

Deno.test("cases that lack a function are marked, and every claim says in how many cases it was measured", () => {
  const holes = TOY.filter((one) => !(one.network === "phi" && one.function === "eelu2"));
  assertEquals(rows("cases", holes).map(([name]) => name), ["phi/toy-a ‡", "vgg16/toy-b †", "resnet50/toy-a"]);
  const measured = rows("claims", holes).map(([, , value]) => value);
  assertEquals([0, 1, 3, 4].map((i) => measured[i]), [
    "1 of 3 cases (1 without all functions and seeds)",
    "2 of 4 pairs, each in 2 to 3 cases",
    "eelu2 (1.75), 2 cases",
    "eelu2 2.00, swish 4.00; 1 case",
  ]);
  const title = paperTables(holes, { published: PUBLISHED }).find(({ name }) => name === "cases")!.title;
  assertMatch(
    title,
    /; the best of 2 against the best of 2; † one of the functions was searched there; ‡ one of them has no score there, or not of all seeds$/,
  );
});

Deno.test("a case in which a function has fewer seeds than others is marked too", () => {
  const fewer = TOY.filter((one) => !(one.network === "vgg16" && one.function === "relu" && one.seed === "2"));
  assertEquals(rows("cases", fewer).map(([name]) => name), ["phi/toy-a", "vgg16/toy-b † ‡", "resnet50/toy-a"]);
  assertEquals(caseTable(fewer).partial, [{ case: "vgg16/toy-b", function: "relu", seeds: 1, of: 2 }]);
});

Deno.test("the table of cases says that the best of more functions is favoured", () => {
  const fewer = TOY.filter((one) => one.function !== "eelu1");
  const { title } = paperTables(fewer, { published: PUBLISHED }).find(({ name }) => name === "cases")!;
  assertMatch(title, /the best of 1 against the best of 2, which favours the larger set/);
});

Deno.test("differences have no digits of rounding errors, and noise is also that of means", () => {
  const digits = (value: unknown) => String(value).replace(/^-?[0.]*|e.*/g, "").replace(".", "").length;
  for (const value of [...tableOf("cases").values, ...tableOf("mirror").values].flat()) {
    if (typeof value === "number") assert(digits(value) <= 12, `${value}`);
  }
  assertEquals(tableOf("cases").values[1][3], -13);
  assertAlmostEquals(noiseOfMeans({ pairs: 4, mean: 0, rootMeanSquare: 0.06 }, 4), 0.03, 1e-12);
  const { title } = paperTables(TOY, { published: PUBLISHED }).find(({ name }) => name === "mirror")!;
  assertMatch(title, /root mean square 5\.92 points of single trainings, 4\.18 of means over 2 seeds; mean 1\.50/);
});

Deno.test("few trainings have the tables that they can have", () => {
  const few = TOY.filter((one) => one.network === "phi" && one.function === "relu");
  assertEquals(compareTrainings(few), undefined);
  const tables = paperTables(few, { published: PUBLISHED });
  assertEquals(tables.map(({ name }) => name), ["accuracy", "ranks", "claims"]);
  assertEquals(tables[0].columns, ["case", "relu"]);
});

Deno.test("what holds no trainings is refused", () => {
  const read = (text: string) => () => readTrainings(text, { source: "x.csv" });
  assertThrows(
    read("case,relu\nphi,1\n"),
    UserError,
    "got none named network, dataset, function, seed, score, diverged",
  );
  const header = "network,dataset,function,seed,score,diverged\n";
  assertThrows(read(header), UserError, "got a header");
  assertThrows(read(`${header}phi,mnist,relu,1\n`), UserError, "line 2: expected 6 fields");
  assertThrows(read(`${header}phi,mnist,relu,1,high,false\n`), UserError, 'column "score"');
});
