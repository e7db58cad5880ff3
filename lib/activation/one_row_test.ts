import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";

/** What an operator needs: `hard_sigmoid` as a row of the table, of the operators that are there. */
const ROW = `  {
    name: "hard_sigmoid",
    formula: "max(0, min(1, (u + 3) / 6))",
    composition: ([u]) => div(apply("min", apply("relu", add(u, 3)), 6), 6),
    latex: "\\\\operatorname{hard}\\\\sigma\\\\left(#1\\\\right)",
    code: 19,
    range: [0, 1],
  },
`;

/** What is done with it, in a copy of the library. */
const PROGRAM = `
import { catalogName, decodeGenome, derivative, evaluate, format, latex, parse, simplify, UNARY_CODES } from "./activation/mod.ts";
import { activationTensor, encodeGenome, rejectionReason } from "./activation/mod.ts";
import { kernelProgram } from "./activation/compile/kernel_program.ts";
import { planOf } from "./activation/compile/plan.ts";
import { loadEngine } from "./engine/mod.ts";
import { EXPORT_TARGETS, exportActivation } from "./export/mod.ts";
import { ALL_GENES } from "./search/mod.ts";

const e = parse("x * hard_sigmoid(x)");
const tf = await loadEngine({ engine: "javascript" });
const f = activationTensor(e);
const x = tf.tensor1d([-4, -1, 0, 2, 5]);
console.log(JSON.stringify({
  text: format(simplify(e)),
  latex: latex(e),
  slope: [-4, -1, 2, 5].map((x) => evaluate(derivative(e), x)),
  name: catalogName(e),
  code: UNARY_CODES[19],
  isDrawn: ALL_GENES.unary.includes(19),
  genome: encodeGenome(e),
  decoded: format(decodeGenome([1, 0, 19])),
  rejected: rejectionReason(e) ?? "no",
  values: [...f(x).dataSync()],
  gradients: [...tf.grad(f)(x).dataSync()],
  program: kernelProgram(planOf(e)),
  modules: Object.fromEntries(EXPORT_TARGETS.map((to) => [to, exportActivation(e, { to })])),
}));
`;

/** The library with the row, in a folder of its own. */
async function withRow(folder: string): Promise<void> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  for (const name of ["deno.json", "deno.lock", "package.json"]) {
    await Deno.copyFile(`${root}${name}`, `${folder}/${name}`);
  }
  await Deno.symlink(`${root}node_modules`, `${folder}/node_modules`);
  const copy = async (from: string, to: string): Promise<void> => {
    await Deno.mkdir(to, { recursive: true });
    for await (const { name, isDirectory } of Deno.readDir(from)) {
      if (isDirectory) await copy(`${from}/${name}`, `${to}/${name}`);
      else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
    }
  };
  await copy(`${root}lib`, `${folder}/lib`);
  const table = `${folder}/lib/activation/operators.ts`;
  const text = await Deno.readTextFile(table);
  await Deno.writeTextFile(table, text.replace("const rows: readonly Row[] = [\n", (start) => start + ROW));
  await Deno.writeTextFile(`${folder}/lib/program.ts`, PROGRAM);
}

Deno.test("an operator is one row: it is read, written, differentiated, drawn, trained and exported", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await withRow(folder);
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", "--allow-all", "lib/program.ts"],
      cwd: folder,
    }).output();
    assertEquals(success, true, new TextDecoder().decode(stderr));
    const found = JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
    assertEquals(found.text, "x * hard_sigmoid(x)");
    assertStringIncludes(found.latex, "x \\cdot \\operatorname{hard}\\sigma\\left(x\\right)");
    // x (x + 3) / 6 in the middle: its derivative is (2 x + 3) / 6
    assertEquals(found.slope.map((value: number) => Number(value.toFixed(12))), [0, 0.166666666667, 1.166666666667, 1]);
    assertEquals([found.name, found.rejected], ["hard_swish", "no"]);
    assertEquals([found.code, found.isDrawn], ["hard_sigmoid(x)", true]);
    assertEquals([found.genome, found.decoded], [[1, 0, 19], "x * hard_sigmoid(x)"]);
    [0, -1 / 3, 0, 5 / 3, 5].forEach((value, i) => assertAlmostEquals(found.values[i], value, 1e-6));
    [0, 1 / 6, 0.5, 7 / 6, 1].forEach((value, i) => assertAlmostEquals(found.gradients[i], value, 1e-6));
    assertStringIncludes(found.program, "relu");
    for (const [target, part] of Object.entries({ keras: "ops.relu", pytorch: "torch.relu", numpy: "np.maximum" })) {
      assertStringIncludes(found.modules[target], part);
      assertStringIncludes(found.modules[target], "x * hard_sigmoid(x)");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
