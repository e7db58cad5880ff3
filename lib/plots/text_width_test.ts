import { assert, assertEquals } from "@std/assert";
import { shortened, textWidth } from "./text_width.ts";

/** Widths in em of DejaVu Sans 2.37 (the sums of its advance widths); of the Chinese signs, which are squares, 1 each. */
const DEJAVU_SANS = [
  { text: "leaky_relu", width: 5.115 },
  { text: "GELU_TANH", width: 5.991 },
  { text: "WWW", width: 2.966 },
  { text: "validation accuracy (%)", width: 11.801 },
  { text: "mean ± standard deviation", width: 13.729 },
  { text: "resnet50 / colorectal-histology", width: 15.257 },
  { text: "x * erf(exp(x)) + max(sin(x), sigmoid(x)) * 0.5", width: 23.003 },
  { text: "where(x > 0, x * sigmoid(exp(x)), asinh(x) * erf(x))", width: 25.438 },
  { text: "漢字漢字", width: 4 },
];

for (const { text, width } of DEJAVU_SANS) {
  Deno.test(`"${text}" has the room that a wide font needs, and little more`, () => {
    const share = textWidth(text, 1) / width;
    assert(share >= 0.98 && share <= 1.12, `${share}`);
  });
}

Deno.test("What is shortened fits, is as long as it can be, and keeps its beginning, or both ends", () => {
  for (const { text } of DEJAVU_SANS) {
    for (const width of [45, 60, 100, 500]) {
      for (const cut of ["end", "middle"] as const) {
        const short = shortened(text, { width, size: 12, cut });
        assert(textWidth(short, 12) <= width, short);
        if (short === text) continue;
        const [start, end] = short.split("…");
        assert(text.startsWith(start) && text.endsWith(end) && (cut === "middle") === (end !== ""), short);
        assert(textWidth(short, 12) > width - 2 * 1.05 * 12, `${short} leaves room in ${width}`);
      }
    }
  }
  assertEquals(shortened("漢字", { width: 1, size: 12 }), "漢…");
});
