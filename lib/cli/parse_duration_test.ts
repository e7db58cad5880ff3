import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "./command.ts";
import { parseDuration } from "./parse_duration.ts";

for (const [text, seconds] of [["90", 90], ["90s", 90], ["5m", 300], ["1.5h", 5400], [".5 d", 43_200]] as const) {
  Deno.test(`${text} is ${seconds} seconds`, () => assertEquals(parseDuration(text, { flag: "max-time" }), seconds));
}

for (const text of ["", "soon", "0", "-5m", "1h30m", "5 minutes"]) {
  Deno.test(`${JSON.stringify(text)} is no duration`, () => {
    assertThrows(
      () => parseDuration(text, { flag: "max-time" }),
      UsageError,
      "--max-time: expected a time such as 90s",
    );
  });
}
