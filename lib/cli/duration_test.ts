import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { UsageError } from "./command.ts";
import { formatDuration, parseDuration } from "./duration.ts";

const READ: readonly (readonly [string, number])[] = [
  ["90", 90],
  ["90s", 90],
  ["5m", 300],
  ["1.5h", 5400],
  ["2d", 172_800],
  [".5h", 1800],
  ["3.m", 180],
  ["10 m", 600],
];

for (const [text, seconds] of READ) {
  Deno.test(`${text} is ${seconds} seconds`, () => assertEquals(parseDuration(text, { flag: "max-time" }), seconds));
}

for (const text of ["", "0", "0h", "-5m", "5x", "m", ".", "1h30m", "1e3", "Infinity", "5 m s", "5M", "5m\n"]) {
  Deno.test(`${JSON.stringify(text)} is no time`, () => {
    const message = "Cannot use --max-time: expected a time such as 90s, 5m or 1.5h, got ";
    assertThrows(() => parseDuration(text, { flag: "max-time" }), UsageError, message + (text.trim() || "none"));
  });
}

const WRITTEN: readonly (readonly [number, string])[] = [
  [0, "0 s"],
  [-3, "0 s"],
  [59.4, "59 s"],
  [59.5, "1 min 0 s"],
  [200, "3 min 20 s"],
  [3599.6, "1 h 0 min"],
  [7500, "2 h 5 min"],
  [2 * 86_400 - 1, "47 h 59 min"],
  [2 * 86_400, "2 days 0 h"],
  [12 * 86_400 + 3 * 3600 + 59, "12 days 3 h"],
  [NaN, "an unknown time"],
  [Infinity, "an unknown time"],
];

for (const [seconds, text] of WRITTEN) {
  Deno.test(`${seconds} seconds are ${text}`, () => assertEquals(formatDuration(seconds), text));
}

Deno.test("what is written is the time in whole units: never more than it is, nor less by the smaller unit", () => {
  const LENGTH: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, days: 86_400 };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e7 }), (seconds) => {
      const parts = [...formatDuration(seconds).matchAll(/(\d+) (\w+)/g)];
      const total = parts.reduce((sum, [, count, unit]) => sum + Number(count) * LENGTH[unit], 0);
      assert(parts.length <= 2 && total <= seconds && seconds - total < LENGTH[parts.at(-1)![2]]);
    }),
    { seed: 1 },
  );
});
