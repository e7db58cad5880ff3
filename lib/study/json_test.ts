import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { canonicalJson, checkJson, decodeJson, differences, encodeJson, type JsonRecord } from "./json.ts";

const DIFFERENCES: { recorded: JsonRecord; asked: JsonRecord; found: string[] }[] = [
  { recorded: {}, asked: {}, found: [] },
  { recorded: { a: 1, b: [1, "x"] }, asked: { b: [1, "x"], a: 1 }, found: [] },
  { recorded: { a: 0.1 }, asked: { a: 0.2 }, found: ["a: study has 0.1, asked for 0.2"] },
  { recorded: { a: 1 }, asked: { a: "1" }, found: ['a: study has 1, asked for "1"'] },
  {
    recorded: { a: { b: { c: 1 }, d: 2 } },
    asked: { a: { b: { c: 3 }, d: 2 } },
    found: ["a.b.c: study has 1, asked for 3"],
  },
  { recorded: { a: null }, asked: {}, found: ["a: study has null, asked for none"] },
  {
    recorded: { a: 1, b: [1, 2] },
    asked: { c: true, b: [2, 1] },
    found: [
      "a: study has 1, asked for none",
      "b: study has [1,2], asked for [2,1]",
      "c: study has none, asked for true",
    ],
  },
];

for (const { recorded, asked, found } of DIFFERENCES) {
  Deno.test(`differences of ${JSON.stringify(recorded)} and ${JSON.stringify(asked)}`, () => {
    assertEquals(differences(recorded, asked), found);
  });
}

Deno.test("what JSON cannot hold is refused by its path", () => {
  for (const value of [NaN, Infinity, 1n, () => {}]) {
    assertThrows(() => checkJson({ fine: 1, deep: { list: [1, value] } }), RangeError, "Cannot record deep.list.1:");
  }
  checkJson({ a: 1, b: "x", c: false, d: null, e: [1, "x", true, null, { f: [] }], g: undefined });
});

Deno.test("values survive as JSON, with NaN and the infinities; equal ones have one canonical text", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.double(), (value, x) => {
    const number = x === 0 ? 0 : x; // JSON knows no -0
    const whole = JSON.parse(JSON.stringify(value));
    assertEquals(decodeJson(encodeJson({ whole, number, list: [number] })), { whole, number, list: [number] });
    assertEquals(canonicalJson({ whole, number: 1 }), canonicalJson({ number: 1, other: undefined, whole }));
  }));
});
