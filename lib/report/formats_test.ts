import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { csvTable, htmlTable, markdownTable, tableOf } from "./tables.ts";
import { textTable } from "./text_table.ts";

const table = { columns: ["f", "y & z"], values: [["max(x, <b>)", 1], ['say "hi"\n|', null]] };
const empty = { columns: ["a", "b"], values: [] };

Deno.test("Text", () => {
  assertEquals(textTable(table), 'f            y & z\n───────────  ─────\nmax(x, <b>)      1\nsay "hi" |');
  assertEquals(textTable(empty), "a  b\n─  ─");
});

Deno.test("HTML", () => {
  assertEquals(
    htmlTable(table),
    `<table>
<thead>
<tr><th style="text-align: left">f</th><th style="text-align: right">y &amp; z</th></tr>
</thead>
<tbody>
<tr><td style="text-align: left">max(x, &lt;b&gt;)</td><td style="text-align: right">1</td></tr>
<tr><td style="text-align: left">say &quot;hi&quot; |</td><td style="text-align: right"></td></tr>
</tbody>
</table>`,
  );
  assert(htmlTable(empty).includes("<tbody>\n</tbody>"));
});

Deno.test("Markdown", () => {
  assertEquals(
    markdownTable(table),
    '| f | y \\& z |\n| --- | ---: |\n| max(x, \\<b\\>) | 1 |\n| say "hi" \\| |  |',
  );
  assertEquals(markdownTable(empty), "| a | b |\n| --- | --- |");
});

/** Reads RFC 4180 text, fields quoted or not. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\n)/g)) {
    rows[rows.length - 1].push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

Deno.test("CSV keeps every text and every number", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.double())), (values) => {
      const rows = readCsv(csvTable({ columns: ["text", "number"], values }));
      assertEquals(rows[0], ["text", "number"]);
      assertEquals(
        rows.slice(1).map(([text, number]) => [text, Number(number) + 0]),
        values.map(([t, n]) => [t, n + 0]),
      );
    }),
    { seed: 9 },
  );
});

Deno.test("A row of any texts is one line of a text table and of a Markdown table, without an open tag in HTML", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (row) => {
      const any = { columns: row.map((_, i) => `c${i}`), values: [row] };
      assertEquals(textTable(any).split("\n").length, 3);
      assertEquals(markdownTable(any).split("\n").length, 3);
      assertEquals(htmlTable(any).match(/</g)?.length, 2 + 4 + 4 + 4 * row.length);
    }),
    { seed: 9 },
  );
});

Deno.test("rows are a table whose columns are those of all rows, or those that are chosen; it shows itself", () => {
  const rows = [{ f: "relu", y: 0.5 }, { f: "gelu", z: 1 }];
  const { columns, values } = tableOf(rows);
  assertEquals([columns, values], [["f", "y", "z"], [["relu", 0.5, null], ["gelu", null, 1]]]);
  assertEquals(csvTable(rows), "f,y,z\nrelu,0.5,\ngelu,,1\n");
  const chosen = tableOf(rows, { columns: ["z", "f"] });
  assertEquals(chosen.values, [[null, "relu"], [1, "gelu"]]);
  // deno-lint-ignore no-explicit-any -- the display symbol is Jupyter's
  const display = (chosen as any)[Symbol.for("Jupyter.display")]();
  assertEquals(display, { "text/html": htmlTable(chosen), "text/plain": textTable(chosen) });
  assertEquals(tableOf([]), { columns: [], values: [] });
});
