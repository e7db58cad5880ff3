import { assertEquals } from "@std/assert";
import { BINARY_CODES, UNARY_CODES } from "../activation/mod.ts";
import { ALL_GENES } from "./genes.ts";

Deno.test("ALL_GENES draws every coded function once", () => {
  for (const [kind, codes] of [["binary", BINARY_CODES], ["unary", UNARY_CODES]] as const) {
    const drawn = ALL_GENES[kind].map((code) => codes[code]);
    assertEquals(new Set(drawn), new Set(codes));
    assertEquals(drawn.length, new Set(codes).size);
  }
});
