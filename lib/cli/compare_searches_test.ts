import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { writeSynthetic } from "../bench/testdata/write_synthetic.ts";
import { runTask } from "./testdata/run_task.ts";

Deno.test("compare-searches: a table, what follows, a picture; the same as JSON; mistakes are one line", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const csv = `${folder}/table.csv`;
    writeSynthetic(csv, { count: 400 });
    const args = ["--csv", csv, "--searches", "6", "--trials", "20", "--strategies", "genetic,random,surrogate"];
    const { code, out, err } = await runTask("compare-searches", [...args, "--plot", `${folder}/new/plot.svg`]);
    assertEquals(code, 0, err);
    assertMatch(out, /^200 functions; .* 6 searches of 100 epochs each\.\n/);
    for (const part of ["surrogate", "mean regret after 25 epochs", "By the epochs until", "3 functions were ranked"]) {
      assertStringIncludes(out, part);
    }
    assertMatch(await Deno.readTextFile(`${folder}/new/plot.svg`), /^<svg[\s\S]*<\/svg>\s*$/);

    const json = await runTask("compare-searches", [...args, "--json"]);
    assertEquals(json.code, 0, json.err);
    const { epochs, strategies } = JSON.parse(json.out);
    assertEquals([epochs, strategies.length], [100, 3]);
    assert(
      strategies.every(({ found, curve }: Record<string, unknown[]>) => found.length === 6 && curve.length === 100),
    );

    for (
      const [wrong, exit, message] of [
        [["--csv", csv, "--strategies", "genetic,agin"], 2, "did you mean aging?"],
        [["--csv", csv, "--strategies", "genetic"], 2, "at least 2 strategies"],
        [["--csv", `${folder}/none.csv`], 1, "expected trained functions of three genes, got none"],
        [["--csv", csv, "--plot", "plot.pdf"], 2, "ends in .svg or .png"],
        [["--searches", "1"], 2, "of at least 2"],
      ] as const
    ) {
      const result = await runTask("compare-searches", wrong);
      assertEquals(result.code, exit, result.err);
      assertMatch(result.err.trimEnd(), /^error: [^\n]*$/);
      assertStringIncludes(result.err, message);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
