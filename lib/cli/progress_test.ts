import { assert, assertEquals, assertLessOrEqual, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { fileURLToPath } from "node:url";
import { downloadProgress, formatProgress, progressDisplay, type Work } from "./progress.ts";
import { runTask } from "./testdata/run_task.ts";
import { onTerminal } from "./testdata/terminal.ts";

const SEARCH: Work = { name: "search", done: 3, total: 12, facts: ["2 min 5 s left", "best 1.234: x*sigmoid(x)"] };

for (
  const [columns, line] of [
    [20, "search 3/12 | 2 min…"],
    [60, "search [==--------] 3/12 | 2 min 5 s left | best 1.234: x*s…"],
    [80, "search [===----------] 3/12 | 2 min 5 s left | best 1.234: x*sigmoid(x)"],
    [120, "search [=====---------------] 3/12 | 2 min 5 s left | best 1.234: x*sigmoid(x)"],
    [Infinity, "search 3/12 | 2 min 5 s left | best 1.234: x*sigmoid(x)"],
  ] as const
) {
  Deno.test(`progress in ${columns} columns`, () => assertEquals(formatProgress(SEARCH, { columns }), line));
}

Deno.test("progress never takes more columns than there are, nor sends a control character", () => {
  fc.assert(fc.property(
    fc.record({
      name: fc.string({ unit: "grapheme" }),
      done: fc.nat(),
      total: fc.option(fc.nat(), { nil: undefined }),
      facts: fc.array(fc.string({ unit: "binary" })),
    }),
    fc.integer({ min: 0, max: 200 }),
    (work, columns) => {
      const line = formatProgress(work, { columns });
      // every letter of these scripts takes two columns: https://www.unicode.org/reports/tr11/
      const wide = line.match(/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu) ?? [];
      assertLessOrEqual([...line.replace(/\p{Mn}/gu, "")].length + wide.length, columns);
      assert(!/[\p{Cc}\u202a-\u202e]/u.test(line));
    },
  ));
});

function written(body: (stream: { write(text: string): void }) => void): string[] {
  const texts: string[] = [];
  body({ write: (text) => texts.push(text) });
  return texts;
}

Deno.test("where there is no terminal, progress is a line for each twentieth, but at least ten trials", () => {
  const shown = (total: number) =>
    written((stream) => {
      using display = progressDisplay({ stream });
      for (let done = 0; done <= total; done++) display.show({ name: "trials", done, total });
    });
  assertEquals(shown(12).map((line) => line.trimEnd()), [3, 6, 9, 12].map((done) => `trials ${done}/12`));
  assertEquals(shown(100).length, 10);
  assertEquals(shown(10_000).length, 20);
});

Deno.test("a download is shown by quarters, steps as lines, small files not at all", () => {
  const lines = written((stream) => {
    using download = downloadProgress({ display: progressDisplay({ stream, lines: 4 }) });
    download.show({ kind: "step", text: "fetching" });
    for (let bytes = 0; bytes <= 80e6; bytes += 1e6) download.show({ kind: "download", file: "a.gz", bytes, of: 80e6 });
    download.show({ kind: "download", file: "b.gz", bytes: 9e5, of: 9e5 });
  });
  assertEquals(lines, ["fetching\n", "a.gz 20/80 MB\n", "a.gz 40/80 MB\n", "a.gz 60/80 MB\n", "a.gz 80/80 MB\n"]);
});

const SHOW = fileURLToPath(new URL("testdata/show_progress.ts", import.meta.url));
const show = (...args: string[]) => [Deno.execPath(), "run", "--quiet", "-A", SHOW, ...args];

/** Drawn lines, without the escapes that draw them. */
// deno-lint-ignore no-control-regex
const drawn = (output: string) => output.split(/(?:\x1b\[\d+A)?\r(?:\x1b\[J|\n)/).filter((line) => line !== "");

const onLinux = { ignore: Deno.build.os !== "linux" }; // elsewhere `script` has other flags

for (const columns of [60, 80, 120]) {
  Deno.test(`on a terminal of ${columns} columns progress is a line that fits`, onLinux, async () => {
    const { code, output } = await onTerminal(show(), { columns });
    assertEquals(code, 0, output);
    const lines = drawn(output);
    assertEquals(lines.at(-1), "the end");
    assertEquals(lines.filter((line) => line.length >= columns), []);
    for (const part of ["measuring how long it takes | 0 s", "a line of the preparation", "2/4", "best 1.000: max(x"]) {
      assert(lines.some((line) => line.includes(part)), output);
    }
    assert(lines.every((line) => !line.startsWith("search") || line.includes(" [=") || line.includes(" [-")), output);
  });
}

Deno.test("on a terminal that becomes narrower, all rows of the line are taken away", onLinux, async () => {
  const { code, output } = await onTerminal(show("60"), { columns: 120 });
  assertEquals(code, 0, output);
  const [before, after] = output.split("\x1b[1A\r\x1b[J");
  assert(after !== undefined, output);
  assert(drawn(before).at(-1)!.length > 60, output);
  assertEquals(drawn(after).filter((line) => line.length >= 60), []);
  assertStringIncludes(after, "3/4");
});

Deno.test("a search shows its progress on a terminal and lines on a pipe", onLinux, async () => {
  const folder = await Deno.makeTempDir();
  try {
    const sizes =
      "--population 3 --generations 1 --train-images 320 --validation-images 50 --finalists 1 --final-seeds 1";
    const args = (study: string) => [...sizes.split(" "), "--workers", "1", "--folder", folder, "--study", study];
    const task = (study: string) => [Deno.execPath(), "task", "--quiet", "search", ...args(study)];
    const { code, output } = await onTerminal(task("terminal"), { columns: 60 });
    assertEquals(code, 0, output);
    for (const part of ["measuring how long it takes", "search [", "comparison ["]) assertStringIncludes(output, part);
    const piped = await runTask("search", args("pipe"));
    assertEquals(piped.code, 0, piped.err);
    assertStringIncludes(piped.err, "\nsearch 3/3 | generation 0");
    assert(!piped.err.includes("\x1b"), piped.err);
    const answer = piped.out.slice(piped.out.indexOf("\nAnswer\n")).replace(/\s+/g, " ");
    assertStringIncludes(
      answer,
      "Whether its test accuracy differs from that of relu, swish, gelu and eelu2, 1 seed cannot tell",
    );
    assertStringIncludes(answer, `Picture: ${folder}/pipe.svg`);
    assertStringIncludes(answer, `deno task study show pipe --folder ${folder}`);
    assertStringIncludes(await Deno.readTextFile(`${folder}/pipe.svg`), "<svg");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
