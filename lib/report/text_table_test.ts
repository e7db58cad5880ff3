import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import stringWidth from "string-width";
import { textTable } from "./text_table.ts";

Deno.test("wide letters and combining marks keep columns in line", () => {
  // Widths by Unicode's UAX #11: CJK and emoji two columns, combining marks none.
  const names = ["漢字", "e\u0301lu", "हिन्दी", "👩‍🔬", "relu"];
  const lines = textTable(names.map((name) => ({ name, score: 1 }))).split("\n");
  assertEquals(lines.slice(2).map((line) => stringWidth(line)), Array(5).fill(stringWidth(lines[0])));
  assertEquals(lines[2], "漢字       1");
  assertEquals(lines[3], "e\u0301lu        1");
});

Deno.test("what moves the cursor or turns a line round is shown as its code", () => {
  const cells = ["\x1b[2J", "\x9b1m", "a\u202eb", "\u0007", "a\tb\r\nc", "\ud800", "\u2028"];
  const rows = textTable(cells.map((a) => ({ a }))).split("\n").slice(2);
  assertEquals(rows, ["\\x1b[2J", "\\x9b1m", "a\\u202eb", "\\x07", "a b c", "\\ud800", "\\u2028"]);
  assertEquals(textTable([{ "\x1b]0;x": 1 }]).split("\n")[0], "\\x1b]0;x");
});

Deno.test("a table that is too wide: headers and texts go to further lines, numbers stay whole", () => {
  const rows = [{ function: "x*sigmoid(1.702*x)", "p (Wilcoxon, Holm)": 0.0421, "rank-biserial": -1 }];
  assertEquals(textTable(rows, { width: 42 }).split("\n"), [
    "              p (Wilcoxon,",
    "function             Holm)  rank-biserial",
    "────────────  ────────────  ─────────────",
    "x*sigmoid(1.       0.04210             -1",
    "702*x)",
  ]);
  // Where that is not enough, further columns stand below, the first one in front of them.
  assertEquals(textTable(rows, { width: 30 }).split("\n"), [
    "                p (Wilcoxon,",
    "function               Holm)",
    "──────────────  ────────────",
    "x*sigmoid(1.70       0.04210",
    "2*x)",
    "",
    "function         rank-biserial",
    "───────────────  ─────────────",
    "x*sigmoid(1.702             -1",
    "*x)",
  ]);
});

Deno.test("columns that name a row stand in front of each part", () => {
  const row = {
    first: "relu",
    second: "gelu",
    "p (Nemenyi)": 0.5,
    "mean difference": 0.25,
    "median difference": 0.125,
  };
  const starts = textTable([row], { width: 32, keys: 2 }).split("\n").filter((line) => line.startsWith("relu"));
  assertEquals(starts.length, 3);
  assert(starts.every((line) => line.startsWith("relu   gelu")));
});

Deno.test("the best is bold only where that is asked for", () => {
  const rows = [{ f: "relu", accuracy: "* 91.20" }, { f: "gelu", accuracy: "90.00" }];
  assert(!textTable(rows).includes("\x1b"));
  const bold = textTable(rows, { style: "bold" });
  assertEquals(bold, textTable(rows).replace("* 91.20", Deno.noColor ? "* 91.20" : "\x1b[1m* 91.20\x1b[22m"));
});

const cell = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.integer(),
  fc.constantFrom("漢字", "* 1.00", null),
);

Deno.test("no line is wider than the terminal where its longest number and word allow, and nothing is lost", () => {
  const rows = fc.array(fc.tuple(cell, cell, cell, cell, cell), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 60, max: 120 }), (values, width) => {
      const columns = ["function", "mean rank by data set", "p (Wilcoxon, Holm)", "wins", "x"];
      const text = textTable({ columns, values }, { width });
      assert(text.split("\n").every((line) => stringWidth(line) <= width), text);
      const letters = (text: string) => [...text.replace(/[\s─]/g, "")].sort().join("");
      if (!text.includes("\n\n")) assertEquals(letters(text), letters(textTable({ columns, values })));
    }),
    { seed: 10 },
  );
});
