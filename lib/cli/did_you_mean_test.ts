import { assertEquals, assertStringIncludes } from "@std/assert";
import { createStudy, studyPath } from "../study/mod.ts";
import { runTask } from "./testdata/run_task.ts";

const CSV = "case,relu,gelu,swish\na,1,2,3\nb,1,3,2\n";

/** What a user may misspell, where it is taken, and what was meant. */
const MISSPELT = [
  ["search", ["--sede", "1"], "--seed"],
  ["search", ["--preset", "quik"], "quick"],
  ["search", ["--network", "fi"], undefined],
  ["search", ["--network", "resnet"], "resnet50"],
  ["search", ["--dataset", "fashon-mnist"], "fashion-mnist"],
  ["search", ["--baselines", "relu,gelo"], "gelu"],
  ["search", ["--engine", "javscript"], "javascript"],
  ["evaluate", ["--functions", "relu,eeelu2"], "eelu2"],
  ["evaluate", ["--functions", "sigmod(x)*x"], "sigmoid"],
  ["evaluate", ["--functions", "constructor"], undefined],
  ["evaluate", ["--network", "vgg"], "vgg16"],
  ["evaluate", ["--cases", "FOLDER/cases.json"], "alexnet"],
  ["evaluate", ["--functions", "relu,study:toi", "--folder", "FOLDER"], "toy"],
  ["describe", ["relux"], "relu"],
  ["describe", ["constructor"], undefined],
  ["export", ["relu", "--to", "kers"], "keras"],
  ["friedman", ["--csv", "FOLDER/scores.csv", "--control", "rel"], "relu"],
  ["friedman", ["--csv", "FOLDER/scores.csv", "--table", "rank"], "ranks"],
  ["study", ["shwo", "toy"], "show"],
  ["study", ["show", "toi", "--folder", "FOLDER"], "toy"],
  ["study", ["delete", "tyo", "--folder", "FOLDER"], "toy"],
  ["notebooks", ["--only", "03_evaluat"], "03_evaluate"],
] as const;

Deno.test("wherever a name is taken, the one that was probably meant is named", async (t) => {
  const folder = await Deno.makeTempDir();
  try {
    createStudy({ name: "toy", seed: 1, settings: {} }, { path: studyPath(folder, "toy") }).close();
    await Deno.writeTextFile(`${folder}/scores.csv`, CSV);
    await Deno.writeTextFile(`${folder}/cases.json`, '{"cases": [{"network": "alexnt", "dataset": "mnist"}]}');
    for (const [task, args, meant] of MISSPELT) {
      const elsewhere = task === "search" || task === "evaluate" ? ["--folder", folder] : [];
      await t.step(`${task} ${args.join(" ")}`, async () => {
        const { code, err } = await runTask(task, [
          ...elsewhere,
          ...args.map((text) => text.replace("FOLDER", folder)),
        ]);
        assertEquals([1, 2].includes(code), true, err);
        assertEquals(err.trimEnd().split("\n").length, 1, err);
        if (meant) assertStringIncludes(err, `did you mean ${meant}?`);
        else assertEquals(err.includes("did you mean"), false, err);
      });
    }
    const left = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assertEquals(left, ["cases.json", "scores.csv", "toy.sqlite", "toy.sqlite.lock"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
