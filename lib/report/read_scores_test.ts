import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { UserError } from "../user_error.ts";
import { readScores } from "./read_scores.ts";
import { csvTable } from "./tables.ts";
import { readTrainings } from "./trainings.ts";

const read = (text: string) => readScores(text, { source: "scores.csv" });

Deno.test("wide scores: quoted names, data sets, a byte-order mark, CRLF, empty lines, missing scores", () => {
  const text = '\ufeffcase,Dataset,relu,"max(x, ""0"")"\r\n\r\n"phi\nsmall", digits ,0.9, 1e-3\r\nvgg,birds,,NaN\r\n';
  assertEquals(read(text), {
    functions: ["relu", 'max(x, "0")'],
    cases: ["phi\nsmall", "vgg"],
    datasets: ["digits", "birds"],
    scores: [[0.9, 1e-3], [NaN, NaN]],
  });
  assertEquals(read("case,a,b\n1,2,+.5").scores, [[2, 0.5]]);
  assertEquals(read("dataset,a,b\n1,2,3"), { functions: ["a", "b"], cases: ["1"], scores: [[2, 3]] });
});

Deno.test("long scores: the mean over seeds; what is not there is missing, and fewer seeds than others of the case are named", () => {
  const header = "network,dataset,function,seed,score\n";
  const rows = [
    "phi,digits,relu,1,0.5",
    "phi,digits,relu,2,0.7",
    "phi,digits,gelu,1,0.8",
    "vgg,birds,relu,1,",
    "vgg,birds,relu,2,1",
  ];
  assertEquals(read(header + rows.join("\n")), {
    functions: ["relu", "gelu"],
    cases: ["phi / digits", "vgg / birds"],
    datasets: ["digits", "birds"],
    scores: [[0.6, 0.8], [NaN, NaN]],
    partial: [{ case: "phi / digits", function: "gelu", seeds: 1, of: 2 }],
  });
  assertEquals(read("Score,Function,Case\n1,a,x\n2,b,x\n"), { functions: ["a", "b"], cases: ["x"], scores: [[1, 2]] });
});

/** Wide texts with columns beside the scores, and what is read. */
const WIDE: readonly { what: string; text: string; expected: Partial<ReturnType<typeof read>> }[] = [
  {
    what: "seeds, over which scores are averaged",
    text: "case,seed,a,b\nx,1,0.5,1\nx,2,0.75,\ny,1,1,2\n",
    expected: { functions: ["a", "b"], cases: ["x", "y"], scores: [[0.625, NaN], [1, 2]] },
  },
  {
    what: "what is no function",
    text: "case,network,formula,imageSize,a,b\nx,phi,tanh,32,1,2\n",
    expected: { functions: ["a", "b"], cases: ["x"], scores: [[1, 2]] },
  },
  {
    what: "network and data set, which name the case",
    text: "network,dataset,a,b\nphi,digits,1,2\nphi,birds,3,4\n",
    expected: {
      functions: ["a", "b"],
      cases: ["phi / digits", "phi / birds"],
      datasets: ["digits", "birds"],
      scores: [[1, 2], [3, 4]],
    },
  },
  {
    what: "the case behind them",
    text: "network,case,a,b\nphi,x,1,2\n",
    expected: { functions: ["a", "b"], cases: ["x"], scores: [[1, 2]] },
  },
  {
    what: "rows that are seeds",
    text: "seed,a,b\n1,1,2\n2,3,4\n",
    expected: { functions: ["a", "b"], cases: ["1", "2"], scores: [[1, 2], [3, 4]], unit: "seed" },
  },
  {
    what: "cases that are numbers",
    text: "case,a,b\n0.5,1,2\n1,3,4\n",
    expected: { functions: ["a", "b"], cases: ["0.5", "1"], scores: [[1, 2], [3, 4]] },
  },
];

for (const { what, text, expected } of WIDE) {
  Deno.test(`wide scores: ${what}`, () => assertEquals(read(text), expected as ReturnType<typeof read>));
}

/** A text, and what the error says. */
const MISTAKES: readonly [string, string][] = [
  ["", "expected a header and a line for each case, got nothing"],
  ["case,a,b\n", "got a header"],
  ["case;a;b\n1;2;3\n", "line 1: expected columns separated by commas, got one; separate them by commas"],
  ["case,a,b\n1,2,3\n2,3\n", "line 3: expected 3 fields as in the header, got 2"],
  ["case,a,b\n1,2,x\n", 'line 2, column "b": expected a number, or nothing where there is none, got "x"'],
  ["case,a,b\n1,2,Infinity\n", 'got "Infinity"'],
  ["case,a,b\n1,2,0x10\n", 'got "0x10"'],
  ["case,a,b\n1,2,1e999\n", 'got "1e999"'],
  ["case,a,a\n1,2,3\n", 'line 1: expected different functions, got "a" twice'],
  ["case,a,\n1,2,3\n", "expected a name of column 3, got none"],
  ['case,a,b\n1,"2,3\n', "line 2: expected comma-separated values"],
  ["function,seed,score\na,1,2\n", "expected a column case, or network and dataset, got function, seed, score"],
  ["case,function,score\nx,a,1\nx,b,1\nx,a,2\n", "line 4: expected one score of a in x, got another one in line 2"],
  ["case,function,seed,score\nx,a,1,1\nx,a,1,2\n", "of a in x with seed 1, got another one in line 2"],
  ["case,dataset,function,score\nx,d,a,1\nx,e,b,1\n", "line 3: expected data set d of case x, got e"],
  ["relu,gelu,swish\n1,2,3\n", 'line 1: expected names of cases in the first column, got the function "relu"; put a'],
  ["f,g,h\n0.9,0.8,0.7\n1,2,3\n", 'got scores in "f"; put a column case before it'],
  ["case,a,b\nx,1,2\ny,1,2\nx,1,2\n", "line 4: expected one row of case x, got another one in line 2; a column seed"],
  ["case,seed,a,b\nx,1,1,2\nx,1,1,2\n", "line 3: expected one row of case x with seed 1, got another one in line 2"],
  ["case,seed,dataset,a,b\nx,1,d,1,2\nx,2,e,1,2\n", "line 3: expected data set d of case x, got e"],
  ["case,dataset,a,b\nx,d,1,2\ny,,1,2\n", 'line 3, column "dataset": expected a name, got nothing'],
  ["case,dataset,function,score\nx,,a,1\n", 'line 2, column "dataset": expected a name, got nothing'],
  ["case,function,score\nx,a,one\n", 'line 2, column "score": expected a number'],
  ["case,function,score,score\nx,a,1,2\n", 'line 1: expected different columns, got "score" twice'],
  ["case,Function,function,score\nx,a,b,2\n", 'expected different columns, got "function" twice'],
  ["case,dataset,Dataset,a,b\nx,d,e,1,2\n", 'expected different columns, got "dataset" twice'],
  ["case,function,score\nx,a,1\nx,,2\n", 'line 3, column "function": expected a name, got nothing'],
  ["case,function,seed,score\nx,a,1,1\nx,a,1.0,2\n", "of a in x with seed 1, got another one in line 2"],
  ["case,seed,a,b\nx,1,1,2\nx,01,1,2\n", "line 3: expected one row of case x with seed 1, got another one in line 2"],
  ["case,a,b,\nx,1,2,3\n", "expected a name of column 4, got none"],
  ["case,a,b\nx,1,2,3\n", "line 2: expected 3 fields as in the header, got 4"],
];

for (const [text, message] of MISTAKES) {
  Deno.test(`scores that can't be read: ${JSON.stringify(text)}`, () => {
    const error = assertThrows(() => read(text), UserError, message);
    assertEquals(error.message.startsWith("Cannot read scores.csv"), true);
  });
}

/** One table in the ways in which editors and spreadsheets write it. */
const SAME: Readonly<Record<string, string>> = {
  "line feeds": "case,a,b\nx,1,2\ny,3,4\n",
  "mixed ends of lines": "case,a,b\r\nx,1,2\ny,3,4\r\n",
  "mixed ends, line feed first": "case,a,b\nx,1,2\r\ny,3,4",
  "carriage returns": "case,a,b\rx,1,2\ry,3,4\r",
  "empty rows at the end": "case,a,b\nx,1,2\ny,3,4\n,,\n,,\n",
  "empty columns at the right": "case,a,b,,\nx,1,2,,\ny,3,4,,\n,,,,\n",
  "empty columns in the lines alone": "case,a,b\nx,1,2,\ny,3,4,,\n",
  "spaces in empty cells": "case,a,b, \nx,1,2,  \ny,3,4,\n , , ,\n",
};

for (const [what, text] of Object.entries(SAME)) {
  Deno.test(`a table is read the same with ${what}, as text and as bytes`, () => {
    const expected = { functions: ["a", "b"], cases: ["x", "y"], scores: [[1, 2], [3, 4]] };
    assertEquals(read(text), expected);
    assertEquals(readScores(new TextEncoder().encode(text), { source: "scores.csv" }), expected);
    assertEquals(readScores(new TextEncoder().encode(`\ufeff${text}`), { source: "scores.csv" }), expected);
  });
}

Deno.test("a score that is missing at the end of a line is missing, not an empty column", () => {
  assertEquals(read("case,a,b\nx,1,\ny,3,4\n").scores, [[1, NaN], [3, 4]]);
  assertEquals(read("case,a,b\nx,1,\ny,3,\n").scores, [[1, NaN], [3, NaN]]);
});

const utf16 = (text: string) => Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0), 0]));

for (
  const [what, bytes] of [
    ["Latin-1", Uint8Array.from([..."case,é,b\nx,1,2\n"].map((letter) => letter.charCodeAt(0)))],
    ["UTF-16 with a mark", Uint8Array.from([0xff, 0xfe, ...utf16("case,a,b\nx,1,2\n")])],
    ["UTF-16 without a mark", utf16("case,a,b\nx,1,2\n")],
  ] as const
) {
  Deno.test(`${what} is refused`, () => {
    for (const reader of [readScores, readTrainings]) {
      assertThrows(() => reader(bytes, { source: "scores.csv" }), UserError, "Cannot read scores.csv: expected UTF-8");
    }
  });
}

Deno.test("seeds are told apart by their value, others by their text", () => {
  const rows = ["x,a,1,1", "x,a,2.0,3", "x,b,1.0,5", "x,b,2,7", "x,c,s1,1", "x,c,s2,2"];
  const partial = read(`case,function,seed,score\n${rows.join("\n")}`).partial!;
  assertEquals(partial.map(({ function: f, seeds, of }) => [f, seeds, of]), [["a", 2, 4], ["b", 2, 4], ["c", 2, 4]]);
  const text = "network,dataset,function,seed,score,diverged\nphi,d,a,1,1,false\nphi,d,b,1.0,1,false\n";
  assertEquals(readTrainings(text, { source: "x" }).map(({ seed }) => seed), ["1", "1"]);
});

Deno.test("what csvTable writes is read again", () => {
  const name = fc.string({ minLength: 1 }).map((text) => `x${text.trim()}x`.replaceAll("\r", ""));
  const score = fc.double({ noDefaultInfinity: true }).map((value) => value + 0);
  const row = fc.tuple(name, score, score, score);
  const rows = fc.uniqueArray(row, { minLength: 1, selector: ([name]) => name });
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 3, maxLength: 3 }), rows, (functions, values) => {
      fc.pre(!functions.some((text) => /^data ?-?set$/i.test(text)));
      const table = csvTable({
        columns: ["case", ...functions],
        values: values.map(([name, ...scores]) => [name, ...scores]),
      });
      assertEquals(read(table), {
        functions,
        cases: values.map(([name]) => name),
        scores: values.map(([, ...scores]) => scores),
      });
    }),
    { seed: 8 },
  );
});
