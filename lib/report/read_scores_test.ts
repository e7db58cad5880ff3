import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { UserError } from "../user_error.ts";
import { csvTable } from "./csv_table.ts";
import { readScores } from "./read_scores.ts";

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
];

for (const [text, message] of MISTAKES) {
  Deno.test(`scores that can't be read: ${JSON.stringify(text)}`, () => {
    const error = assertThrows(() => read(text), UserError, message);
    assertEquals(error.message.startsWith("Cannot read scores.csv"), true);
  });
}

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
