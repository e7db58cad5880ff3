import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { PROJECT_FOLDER } from "../../project.ts";
import { readTrainings } from "../trainings.ts";
import { writeResults } from "./write_results.ts";

/** Invented numbers, see paper_tables_test.ts. */
const TOY = readTrainings(
  await Deno.readTextFile(new URL("../testdata/toy_trainings.csv", import.meta.url)),
  { source: "toy_trainings.csv" },
);
const published = JSON.parse(await Deno.readTextFile(`${PROJECT_FOLDER}data/published.json`));

Deno.test("tables, tests and plots are written in each format", async () => {
  const folder = `${await Deno.makeTempDir()}/new`;
  try {
    const names = await writeResults(TOY, { folder, published, about: "By a test." });
    const tables = ["accuracy", "ranks", "cases", "pairs", "mirror", "claims"];
    assertEquals(names, [
      ...tables.flatMap((name) => [`${name}.csv`, `${name}.tex`]),
      "tables.md",
      ...["friedman.csv", "friedman.tex", "friedman.json", "critical_difference.svg", "ranks.svg"],
    ]);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), names.toSorted());
    const read = (name: string) => Deno.readTextFile(`${folder}/${name}`);
    assertMatch(await read("accuracy.csv"), /^case,relu,swish,eelu1,eelu2\nphi\/toy-a,/);
    assertStringIncludes(await read("claims.tex"), "26 of 28 (92.8 \\%)");
    const report = await read("tables.md");
    const parts = ["# Results\n\nBy a test.", "| phi/toy-a | 55.00 ± 7.07 |", "4 functions were ranked in 3 cases"];
    for (const part of [...parts, "](critical_difference.svg)"]) assertStringIncludes(report, part);
    assertEquals(JSON.parse(await read("friedman.json")).functions[0].name, "eelu2");
    assertMatch(await read("critical_difference.svg"), /^<svg[^]*eelu2 \(1\.50\)/);
  } finally {
    await Deno.remove(`${folder}/..`, { recursive: true });
  }
});

Deno.test("a single case has tables, but no tests and plots", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const names = await writeResults(TOY.filter(({ network }) => network === "phi"), { folder, published });
    assertEquals(names.filter((name) => /friedman|svg/.test(name)), []);
    assertEquals(names.at(-1), "tables.md");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("files of an earlier run that are not written again are removed; others stay", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeResults(TOY, { folder, published });
    await Deno.writeTextFile(`${folder}/evaluation.csv`, "");
    const names = await writeResults(TOY.filter(({ network }) => network === "phi"), { folder, published });
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [...names, "evaluation.csv"].sort());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
