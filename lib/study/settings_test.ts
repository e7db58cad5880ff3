import { assertEquals, assertThrows } from "@std/assert";
import { checkSettings, type Settings, settingsDifferences } from "./settings.ts";

const DIFFERENCES: { recorded: Settings; asked: Settings; differences: string[] }[] = [
  { recorded: {}, asked: {}, differences: [] },
  { recorded: { a: 1, b: [1, "x"] }, asked: { b: [1, "x"], a: 1 }, differences: [] },
  { recorded: { a: 0.1 }, asked: { a: 0.2 }, differences: ["a: study has 0.1, asked for 0.2"] },
  { recorded: { a: 1 }, asked: { a: "1" }, differences: ['a: study has 1, asked for "1"'] },
  { recorded: { a: null }, asked: {}, differences: ["a: study has null, asked for none"] },
  {
    recorded: { a: 1, b: [1, 2] },
    asked: { c: true, b: [2, 1] },
    differences: [
      "a: study has 1, asked for none",
      "b: study has [1,2], asked for [2,1]",
      "c: study has none, asked for true",
    ],
  },
];

for (const { recorded, asked, differences } of DIFFERENCES) {
  Deno.test(`differences of ${JSON.stringify(recorded)} and ${JSON.stringify(asked)}`, () => {
    assertEquals(settingsDifferences(recorded, asked), differences);
  });
}

Deno.test("settings that JSON cannot hold are refused by name", () => {
  for (const value of [NaN, Infinity, undefined, { deep: 1 }, [[1]], 1n]) {
    assertThrows(() => checkSettings({ fine: 1, bad: value } as unknown as Settings), RangeError, "setting bad");
  }
  checkSettings({ a: 1, b: "x", c: false, d: null, e: [1, "x", true, null] });
});
