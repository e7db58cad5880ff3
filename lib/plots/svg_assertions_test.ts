import { assertThrows } from "@std/assert";
import { assertWellFormed } from "./testdata/svg_assertions.ts";

Deno.test("Well-formed text passes, anything else fails", () => {
  assertWellFormed('<svg a="1" b="x &lt; y"><g/><text>a &amp; b</text></svg>');
  for (
    const text of [
      "<svg>",
      "<svg></g>",
      "<svg><g></svg></g>",
      "<svg a=1/>",
      '<svg a="1" a="2"/>',
      '<svg a="x < y"/>',
      "<svg>a & b</svg>",
      "<svg>&nbsp;</svg>",
    ]
  ) assertThrows(() => assertWellFormed(text), Error);
});
