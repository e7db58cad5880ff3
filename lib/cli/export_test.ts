import { assert, assertEquals, assertMatch } from "@std/assert";
import { runTask } from "./testdata/run_task.ts";

Deno.test("A function is printed, or written where --output says", async () => {
  const printed = await runTask("export", ["EELU-2", "--to", "numpy"]);
  assertEquals([printed.code, printed.err], [0, ""]);
  assertMatch(printed.out, /^def eelu2\(x\):/m);
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/new/g.py`;
    const written = await runTask("export", ["-x*erf(exp(-x))", "--to", "numpy", "--name", "g", "--output", path]);
    assertEquals([written.code, written.out, written.err], [0, `${path}\n`, ""]);
    const module = await Deno.readTextFile(path);
    assert(module.includes("def g(x):") && module.includes('"-x * erf(exp(-x))" --to numpy --name g'));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const MISTAKES: readonly { args: readonly string[]; line: RegExp }[] = [
  { args: ["gelu"], line: /^error: Missing flag: expected --to latex \| typescript \| keras/ },
  { args: ["gelu", "--to", "cobol"], line: /^error: Cannot use --to: expected latex, .*, got cobol/ },
  { args: ["gelu", "--to", "jax", "--name", "lambda"], line: /^error: Cannot call a function "lambda": expected/ },
  { args: ["gelu(", "--to", "jax"], line: /^error: Cannot read/ },
];

for (const { args, line } of MISTAKES) {
  Deno.test(`exit code 2 for export ${args.join(" ")}`, async () => {
    const { code, out, err } = await runTask("export", args);
    assertEquals([code, out], [2, ""]);
    assertMatch(err, line);
  });
}
