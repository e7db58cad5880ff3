import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { visibleJson, visibleLines, visibleText } from "./visible_text.ts";

/** Code points that are seen, or that change how others are seen. */
const TEXTS: readonly (readonly [string, string])[] = [
  ["relu, größe, 漢字 🦕 e\u0301", "relu, größe, 漢字 🦕 e\u0301"],
  ["a\tb\nc\r\nd\re", "a b c d e"],
  ["damaged:\n  restore it", "damaged: restore it"],
  ["\x1b]8;;file:///\x1b\\here", "\\x1b]8;;file:///\\x1b\\here"],
  ["\x00\x1b[2J\x7f\x9b", "\\x00\\x1b[2J\\x7f\\x9b"],
  ["\u202eabc\u2066", "\\u202eabc\\u2066"],
  ["\u200b\u2060\ufeff\u061c", "\\u200b\\u2060\\ufeff\\u061c"],
  ["\u2028\u2029", "\\u2028\\u2029"],
  ["\udfff\udc00", "\\udfff\\udc00"],
  ["\ud83e\udd95 \udd95 \ud83e", "🦕 \\udd95 \\ud83e"],
  ["\ud83e\ud83e\udd95\udd95", "\\ud83e🦕\\udd95"],
];

for (const [text, expected] of TEXTS) {
  Deno.test(`shown safely: ${JSON.stringify(expected)}`, () => assertEquals(visibleText(text), expected));
}

Deno.test("lines can be kept", () => assertEquals(visibleLines("a\x1b\r\nb\n\x9b"), "a\\x1b\r\nb\n\\x9b"));

const UNSEEN = /[\p{Cc}\p{Cs}\u2028\u2029]|\p{Bidi_Control}/u;

Deno.test("nothing is left that moves a cursor or turns a line round, and what is shown is shown as it is", () => {
  const odd = fc.constantFrom("\x1b", "\x9b", "\ud800", "\udc00", "\u202a", "\u2069", "\u200f", "\n", "a", "🦕");
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: odd }));
  fc.assert(
    fc.property(text, (text) => {
      const shown = visibleText(text);
      assert(!UNSEEN.test(shown), JSON.stringify(shown));
      assertEquals(visibleText(shown), shown);
      if (!UNSEEN.test(text) && !/[\u200b\u2060-\u2064\u206a-\u206f\ufeff]/.test(text)) assertEquals(shown, text);
    }),
    { seed: 3, numRuns: 500 },
  );
});

Deno.test("JSON with escapes means the same, and is lines without control characters", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), { noNullPrototype: true }),
      (value) => {
        const json = visibleJson(value);
        assertEquals(JSON.parse(json), value);
        assert(!UNSEEN.test(json.replaceAll("\n", "")));
      },
    ),
    { seed: 4 },
  );
  assertEquals(visibleJson({ a: [1, "\u202e"] }), '{\n  "a": [\n    1,\n    "\\u202e"\n  ]\n}');
  assertEquals(
    visibleJson({ p: Infinity }, (_, value) => value === Infinity ? "Infinity" : value),
    '{\n  "p": "Infinity"\n}',
  );
});
