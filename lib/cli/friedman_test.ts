import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { toyEvaluationStudy } from "../experiment/testdata/toy_evaluation.ts";
import { toyStudy } from "../experiment/testdata/toy_finals.ts";
import { runTask } from "./testdata/run_task.ts";

const WIDE = "case,dataset,relu,gelu,swish\n" +
  Array.from({ length: 12 }, (_, i) => `case ${i + 1},set ${i % 4},0.${5 + (i % 3)},0.${81 + i},0.${7 + (i % 2)}\n`)
    .join("");

async function friedman(text: string, args: readonly string[]) {
  const file = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    await Deno.writeTextFile(file, text);
    const { code, out, err } = await runTask("friedman", ["--csv", file, ...args]);
    return { code, out: out.replaceAll(file, "FILE"), err: err.replaceAll(file, "FILE") };
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("friedman prints tables and a paragraph", async () => {
  const { code, out, err } = await friedman(WIDE, []);
  assertEquals([code, err], [0, ""]);
  assertMatch(out, /^Mean ranks.*\n\nfunction +mean rank.*\n─.*\ngelu +1/);
  assertStringIncludes(out, "12 cases come from 4 data sets.");
});

Deno.test("friedman --json, with all flags, prints one document", async () => {
  const flags = ["--json", "--better", "lower", "--alpha", "0.1", "--control", "relu", "--rope", "0.01", "--seed", "7"];
  const { code, out } = await friedman(WIDE, [...flags, "--resamples", "100"]);
  const { better, alpha, seed, control, functions } = JSON.parse(out);
  assertEquals([code, better, alpha, seed, control.name, control.rope], [0, "lower", 0.1, 7, "relu", 0.01]);
  assertEquals(functions.at(-1).name, "gelu");
  assert(control.functions.every((one: { bayesian: object }) => one.bayesian));
});

Deno.test("friedman compares two functions by Wilcoxon's test", async () => {
  const { code, out, err } = await friedman(WIDE.replaceAll(/,[^,\n]*$/gm, ""), ["--control", "relu"]);
  assertEquals([code, err], [0, ""]);
  assertStringIncludes(out.replaceAll("\n", " "), "Wilcoxon's signed-rank test (T = 0, exact p = 0.000488) finds");
  assertMatch(out, /\nWilcoxon \(exact\) +T +0 +0\.000488\n/);
});

Deno.test("friedman --latex and --format csv print tables", async () => {
  assertMatch((await friedman(WIDE, ["--latex", "--table", "ranks"])).out, /^\\begin\{table\}[^]*\\end\{table\}\n$/);
  assertMatch(
    (await friedman(WIDE, ["--format", "csv", "--table", "tests"])).out,
    /^test,statistic,value,.*\n"Friedman, exact distribution",/,
  );
});

Deno.test("friedman --svg writes the diagram, and leaves stdout to the document", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { code, out, err } = await friedman(WIDE, ["--json", "--svg", `${folder}/new/ranks.svg`]);
    assertEquals([code, err], [0, `diagram: ${folder}/new/ranks.svg\n`]);
    assertEquals(JSON.parse(out).functions[0].name, "gelu");
    assertMatch(await Deno.readTextFile(`${folder}/new/ranks.svg`), /^<svg[^]*gelu \(1\.00\)/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Scores, arguments, the exit code and the line on stderr. */
const MISTAKES: readonly { text?: string; args: string[]; code: number; line: string }[] = [
  {
    args: ["--study", "x"],
    code: 2,
    line: "error: Expected either --csv or --study, got both. See deno task friedman --help\n",
  },
  {
    args: ["--json", "--latex"],
    code: 2,
    line: "error: Expected one format, got json and latex. See deno task friedman --help\n",
  },
  {
    args: ["--rope", "1"],
    code: 2,
    line: "error: Cannot use --rope: expected --control with it, got none. See deno task friedman --help\n",
  },
  {
    args: ["--measure", "fitness"],
    code: 2,
    line: "error: Cannot use --measure: expected it with --study, got it with --csv. See deno task friedman --help\n",
  },
  {
    args: ["--control", "RELU"],
    code: 2,
    line: "error: Cannot compare with a control: expected one of relu, gelu, swish, got RELU; did you mean relu? " +
      "See deno task friedman --help\n",
  },
  {
    text: 'case,"max(x,0)",b,c\n1,1,2,3\n2,1,2,3\n',
    args: ["--control", "softmax"],
    code: 2,
    line: "error: Cannot compare with a control: expected one of max(x,0); b; c, got softmax. " +
      "See deno task friedman --help\n",
  },
  {
    args: ["--svg", "ranks.png"],
    code: 2,
    line: "error: Cannot write the diagram: expected a file that ends in .svg, got ranks.png. " +
      "See deno task friedman --help\n",
  },
  {
    text: "case,a,b,c\n1,1,2,x\n",
    args: [],
    code: 1,
    line: 'error: Cannot read FILE, line 2, column "c": expected a number, or nothing where there is none, got "x"\n',
  },
  {
    text: "case,a,b\n1,1,2\n2,1,2\n",
    args: ["--svg", "ranks.svg"],
    code: 2,
    line: "error: Cannot write the diagram: expected at least 3 functions, got 2, which have no critical difference. " +
      "See deno task friedman --help\n",
  },
];

for (const { text = WIDE, args, code, line } of MISTAKES) {
  Deno.test(`friedman refuses ${args.join(" ") || JSON.stringify(text)}`, async () => {
    assertEquals(await friedman(text, args), { code, out: "", err: line });
  });
}

Deno.test("friedman --csv - reads stdin", async () => {
  const { code, out } = await runTask("friedman", ["--csv", "-", "--json"], { input: WIDE });
  assertEquals([code, JSON.parse(out).functions[0].name], [0, "gelu"]);
});

Deno.test("friedman says in a line what file is not there, or is none", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const [file, got] of [[`${folder}/none.csv`, "none"], [folder, "a folder"]]) {
      assertEquals(await runTask("friedman", ["--csv", file]), {
        code: 1,
        out: "",
        err: `error: Cannot read scores: expected a CSV file ${file}, got ${got}; name it with --csv, or - for stdin\n`,
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("friedman --study compares the functions of an evaluation over its cases, also of one that has not ended", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, trials] of [["whole", 18], ["half", 9]] as const) {
      (await toyEvaluationStudy({ path: `${folder}/${name}.sqlite`, folder, trials })).close();
    }
    const study = (name: string, ...args: string[]) =>
      runTask("friedman", ["--folder", folder, "--study", name, ...args]);
    const { code, out, err } = await study("whole", "--json");
    assertEquals(code, 0, err);
    assertStringIncludes(err, "left out: elsewhere: ");
    const { unit, cases, byDataset } = JSON.parse(out);
    assertEquals([unit, cases.length, byDataset.datasets], ["case", 3, [{ name: "fashion-mnist", cases: 3 }]]);
    const half = await study("half");
    assertEquals(half.code, 2);
    assertStringIncludes(half.err, "got none in 1 of them (tanh in cct/fashion-mnist)");
    const measure = await study("whole", "--measure", "fitness");
    assertStringIncludes(measure.err, "expected testAccuracy, by which an evaluation compares, got fitness");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("friedman refuses missing scores by name, and drops their cases where asked to", async () => {
  const holes = `${WIDE}odd,set 9,,0.5,\n`;
  const { code, err } = await friedman(holes, []);
  assertEquals(code, 2);
  assertStringIncludes(err, "got none in 2 of them (relu in odd; swish in odd)");
  const dropped = await friedman(holes, ["--missing", "drop", "--json"]);
  assertEquals([dropped.code, JSON.parse(dropped.out).dropped], [0, ["odd"]]);
});

Deno.test("friedman --study compares the functions of a final comparison over its seeds", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const finals of [true, false]) {
      (await toyStudy({ finals, path: `${folder}/${finals ? "whole" : "broken off"}.sqlite` })).close();
    }
    const study = (name: string, ...args: string[]) =>
      runTask("friedman", ["--folder", folder, "--study", name, ...args]);
    const refused = await study("whole");
    assertEquals(refused.code, 2);
    assertMatch(refused.err, /got none in 3 of them \(found 2 in seed \d+; .*--missing drop\)/);
    const { code, out, err } = await study("whole", "--measure", "fitness");
    assertEquals([code, err], [0, ""]);
    assertStringIncludes(out.replaceAll("\n", " "), "The rows are seeds, repeated trainings of one network");
    assertMatch(
      (await study("broken off")).err,
      /^error: Cannot compare functions of study broken off: expected its final/,
    );
    assertMatch((await study("none")).err, /^error: .*none/);
    assertMatch((await study("whole", "--better", "lower")).err, /expected higher, which all scores of a study are/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
