import { assert, assertEquals } from "@std/assert";
import { countOperations } from "./expression.ts";
import { derivative } from "./derivative.ts";
import { parse } from "./parse.ts";
import { LONGEST_FORMULA, written } from "./written.ts";

function nested(pattern: string, count: number) {
  return parse(Array.from({ length: count }).reduce<string>((text) => pattern.replaceAll("#", text), "x"));
}

Deno.test("A formula that can be read is written, as text and in LaTeX", () => {
  assertEquals(written(parse("1 + -2 * x")), { formula: "1 + -2 * x", latex: "1 - 2x" });
});

for (
  const [pattern, count, isWritten] of [
    ["sin(#)", 5, true],
    ["sin(#)", 90, true],
    ["sin(#)", 190, false],
    ["sin(# + x)", 60, true],
    ["swish(#)", 3, true],
    ["swish(#)", 12, false],
    ["swish(#)", 13, false],
  ] as const
) {
  Deno.test(`The formula of ${pattern} ${count} times is ${isWritten ? "written" : "left out"}`, () => {
    const e = nested(pattern, count);
    assertEquals(written(e) !== undefined, isWritten);
    for (const text of Object.values(written(derivative(e)) ?? {})) assert(text.length <= LONGEST_FORMULA);
  });
}

Deno.test("Operations are counted wherever they are written", () => {
  assertEquals(countOperations(nested("(# * #)", 12)), 2 ** 12 - 1);
  assertEquals(countOperations(parse("x")), 0);
});
