import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { fileURLToPath } from "node:url";
import { format } from "../../activation/format.ts";
import { decodeGenome } from "../../activation/genome.ts";
import { kernelProgram } from "../../activation/compile/kernel_program.ts";
import { OPERATORS } from "../../activation/operators.ts";
import { planOf } from "../../activation/compile/plan.ts";
import { rejectionReason } from "../../activation/rejection_reason.ts";
import { simplify } from "../../activation/simplify/simplify.ts";
import { randomExpression } from "../../activation/testdata/random_expressions.ts";
import { random } from "../../random.ts";
import { ALL_GENES } from "../../search/genes.ts";
import { randomGenome } from "../../search/operators.ts";
import { runProgram } from "../command.ts";
import { engineFolder } from "../install/installation.ts";
import { COMPILER_FLAGS } from "./build.ts";
import { PROCESSOR_SOURCE, SOURCES } from "./state.ts";

const WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror"];
const source = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const sources = ["accuracy_test.cc", "primitives.cc", "program.cc"].map(source);
await runProgram(["g++", ...COMPILER_FLAGS, ...WARNINGS, ...sources, "-o", `${folder}/accuracy`]);

/** Runs the compiled accuracy_test.cc; gives the words of its lines. */
async function measure(args: readonly string[], input: string): Promise<string[][]> {
  const child = new Deno.Command(`${folder}/accuracy`, { args: [...args], stdin: "piped", stdout: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  const written = writer.write(new TextEncoder().encode(input)).then(() => writer.close());
  const [{ success, stdout }] = await Promise.all([child.output(), written]);
  assert(success);
  return new TextDecoder().decode(stdout).trim().split("\n").map((line) => line.split(" "));
}

Deno.test("the operations compile without a warning", async () => {
  const headers = ["-isystem", `${engineFolder()}/include`];
  for (const name of SOURCES) {
    await runProgram(["g++", ...COMPILER_FLAGS, ...WARNINGS, ...headers, "-fsyntax-only", source(name)]);
  }
  await runProgram(["g++", ...WARNINGS, '-DAFOS_FEATURES=has("fma")', "-fsyntax-only", source(PROCESSOR_SOURCE)]);
});

Deno.test("primitives: 3 units in the last place, derivatives 1e-6, over a million numbers of all sizes", async () => {
  const rows = await measure([], "");
  const unary = [...OPERATORS.values()].filter(({ arity }) => arity === 1).map(({ name }) => name);
  assertEquals(rows.map(([name]) => name), unary.sort());
  for (const [name, ulps, slopeError] of rows) {
    assert(Number(ulps) <= 3, `${name} is wrong by ${ulps} units in the last place`);
    assert(Number(slopeError) <= 1e-6, `the derivative of ${name} is wrong by ${slopeError}`);
  }
});

Deno.test("400 random programs: errors of no more than rounding each step gives", async () => {
  const rng = random(11);
  const texts: string[] = [];
  while (texts.length < 400) {
    const e = texts.length % 2 === 0
      ? randomExpression(4, { rng })
      : decodeGenome(randomGenome({ rng, genes: ALL_GENES }));
    if (rejectionReason(e) !== undefined) continue;
    const program = kernelProgram(planOf(e));
    assert(program !== undefined || format(simplify(e)) === "x", format(e));
    if (program !== undefined) texts.push(program);
  }
  const rows = await measure(["programs"], `${texts.join("\n")}\n`);
  assertEquals(rows.length, texts.length);
  let points = 0;
  for (const [i, [value, slope, count]] of rows.entries()) {
    assertLess(Number(value), 4e-7, texts[i]); // three units in the last place, for each step
    assertLess(Number(slope), 1e-6, texts[i]);
    points += Number(count);
  }
  assertGreater(points, 100_000);
});
