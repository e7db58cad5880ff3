import { assert, assertEquals, assertMatch } from "@std/assert";
import { runTask } from "./testdata/run_task.ts";

async function described(text: string): Promise<Record<string, string>> {
  const { code, out, err } = await runTask("describe", [text]);
  assertEquals([code, err], [0, ""]);
  return Object.fromEntries(out.trimEnd().split("\n").map((line) => line.split(/ {2,}(.*)/).slice(0, 2)));
}

Deno.test("A function is described, and what was looked at is said", async () => {
  const relu = await described("relu");
  assertEquals(relu.minimum, "0 at x ≤ 0");
  assertEquals(relu.zeros, "x ≤ 0");
  assertEquals(relu.monotone, "increasing, constant for x ≤ 0");
  assertEquals(relu["x → ∞"], "x (asymptote)");
  assertEquals(relu.catalogue, "equals relu");
  assertMatch(relu["looked at"], /^x from −10⁹ to 10⁹/);
  assert(!("plot" in relu));
});

const LINES: readonly (readonly [text: string, name: string, line: string])[] = [
  ["1/x", "monotone", "decreasing on each side of x = 0"],
  ["x+0.3", "x → ∞", "x + 0.3 (asymptote)"],
  ["1/(1+sqrt(abs(x)))", "x → ∞", "0"],
  ["erf(x)", "LaTeX of f′", "\\frac{2e^{-x^{2}}}{\\sqrt{\\pi}}"],
  ["swish(x-60)", "zeros", "x = 60"],
  ["sin(x)", "minimum", "-1 at x = -7.85398, -1.5708, 4.71239, 10.9956 and more"],
];

for (const [text, name, line] of LINES) {
  Deno.test(`describe ${text}: ${name}`, async () => assertEquals((await described(text))[name], line));
}

Deno.test("A formula that nobody could read is left out", async () => {
  const lines = await described(Array.from({ length: 12 }).reduce<string>((text) => `swish(${text})`, "x"));
  for (const name of ["f(x)", "LaTeX", "f′(x)", "LaTeX of f′"]) {
    assertEquals(lines[name], "left out: it has more than 2000 characters");
  }
  assertEquals(lines.zeros, "x = 0");
});

Deno.test("A plot is written as its ending says", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, start] of [["f.svg", "<svg"], ["new/f.PNG", "\u0089PNG"]]) {
      const { code, out } = await runTask("describe", ["gelu", "--plot", `${folder}/${name}`]);
      assertEquals(code, 0);
      assertMatch(out, new RegExp(`^plot +${folder}/${name}$`, "m"));
      const bytes = (await Deno.readFile(`${folder}/${name}`)).subarray(0, 4);
      assertEquals(String.fromCharCode(...bytes), start);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const MISTAKES: readonly { args: readonly string[]; line: RegExp }[] = [
  { args: ["gelu", "--plot", "a.pdf"], line: /^error: Cannot use --plot: expected a file that ends in .svg or .png/ },
  { args: ["gelu", "--from", "5"], line: /^error: Cannot use --from and --to: expected from < to/ },
  { args: ["x\x1b[2J"], line: /^error: Cannot read "x\\x1b\[2J" at position 2/ },
  { args: ["constructor"], line: /^error: Cannot read/ },
];

for (const { args, line } of MISTAKES) {
  Deno.test(`exit code 2 for describe ${JSON.stringify(args)}`, async () => {
    const { code, out, err } = await runTask("describe", args);
    assertEquals([code, out], [2, ""]);
    assertMatch(err, line);
  });
}
