import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { visibleJson, visibleLines, visibleText } from "./visible_text.ts";

const CASES: readonly (readonly [text: string, visible: string])[] = [
  ["relu", "relu"],
  ["हिन्दी é 中文 😀", "हिन्दी é 中文 😀"],
  ["\x1b[2J", "\\x1b[2J"],
  ["\x9b1m", "\\x9b1m"],
  ["\x1b]8;;file:///\x1b\\here", "\\x1b]8;;file:///\\x1b\\here"],
  ["a\0b\x07c\x7fd", "a\\x00b\\x07c\\x7fd"],
  ["a\u202eb\u2066c", "a\\u202eb\\u2066c"],
  ["\u200b\u200f\u061c\ufeff", "\\u200b\\u200f\\u061c\\ufeff"],
  ["a\tb", "a b"],
  ["a\r\n  b\nc\rd", "a b c d"],
  ["\u2028\u2029", "\\u2028\\u2029"],
  ["\ud800x\udc00", "\\ud800x\\udc00"],
];

for (const [text, visible] of CASES) {
  Deno.test(`visibleText of ${JSON.stringify(text)}`, () => assertEquals(visibleText(text), visible));
}

Deno.test("visibleLines keeps lines", () => assertEquals(visibleLines("a\x1b\r\nb\n\x9b"), "a\\x1b\r\nb\n\\x9b"));

// deno-lint-ignore no-control-regex
const DANGEROUS = /[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

Deno.test("Whatever the text, what is shown holds nothing that moves a cursor or turns a line round", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const visible = visibleText(text);
    assertEquals(DANGEROUS.exec(visible), null);
    assertEquals(visibleText(visible), visible);
    assertEquals(visible.isWellFormed(), true);
    assertEquals(DANGEROUS.exec(visibleJson({ [text]: text }).replaceAll("\n", "")), null);
    assertEquals(JSON.parse(visibleJson({ text })), { text });
  }));
});
