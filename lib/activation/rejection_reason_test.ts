import { assertEquals } from "@std/assert";
import { parse } from "./parse.ts";
import { rejectionReason } from "./rejection_reason.ts";

const REJECTED: readonly (readonly [text: string, reason: "constant" | "not finite" | undefined])[] = [
  ["3", "constant"],
  ["x - x", "constant"],
  ["relu(-exp(x))", "constant"],
  ["erf(exp(x) + 9)", "constant"], // 1 in float32
  ["atanh(x)", "not finite"],
  ["exp(exp(x))", "not finite"], // e^148
  ["1 / x", "not finite"],
  ["sqrt(abs(x))", "not finite"], // the derivative at 0
  ["exp(sinh(x))", undefined], // e^74
  ["x * 1e-9", undefined],
  ["eelu2(x)", undefined],
  ["relu(x)", undefined],
];

for (const [text, reason] of REJECTED) {
  Deno.test(`rejectionReason of ${text}`, () => assertEquals(rejectionReason(parse(text)), reason));
}
