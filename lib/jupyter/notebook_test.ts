/**
 * Executes small notebooks in the real kernel. The Jupyter environment is that of the cache folder; the first run on
 * a machine builds it.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import process from "node:process";
import { prepareJupyter } from "./environment.ts";
import { executeNotebook, type ExecuteOptions } from "./notebook.ts";

interface Output {
  output_type: string;
  text?: string | string[];
  data?: Record<string, string | string[]>;
  metadata?: Record<string, unknown>;
}

const joined = (text: string | string[] | undefined) => [text ?? ""].flat().join("");

function notebook(cells: readonly string[]): string {
  return JSON.stringify({
    cells: [
      { cell_type: "markdown", id: "intro", metadata: {}, source: "# A test" },
      ...cells.map((source, i) => ({
        cell_type: "code",
        id: `cell-${i}`,
        metadata: source.startsWith("let ") ? { tags: ["parameters"] } : {},
        execution_count: null,
        outputs: [],
        source,
      })),
    ],
    metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

/** Executes a notebook of these code cells, and gives the outcome and the file's cells afterwards. */
async function execute(cells: readonly string[], options: Partial<ExecuteOptions> = {}) {
  const jupyter = await prepareJupyter();
  const folder = await Deno.makeTempDir();
  const path = `${folder}/test.ipynb`;
  try {
    const before = notebook(cells);
    await Deno.writeTextFile(path, before);
    const outcome = await executeNotebook(path, { jupyter, timeout: 60, ...options });
    const after = await Deno.readTextFile(path);
    const outputs: Output[][] = JSON.parse(after).cells.slice(1).map((cell: { outputs: Output[] }) => cell.outputs);
    return { outcome, outputs, unchanged: before === after, files: [...Deno.readDirSync(folder)].length };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("No output of 30 quick cells is lost", async () => {
  const cells = Array.from({ length: 30 }, (_, i) => i % 3 === 0 ? `console.log("out", ${i}); ${i}` : `${i}`);
  const numbers: number[] = [];
  const { outcome, outputs, files } = await execute(cells, { write: true, onCell: (cell) => numbers.push(cell) });
  assertEquals(outcome.kind, "passed", JSON.stringify(outcome));
  assertEquals(numbers, cells.map((_, i) => i + 2));
  for (const [i, cell] of outputs.entries()) {
    const results = cell.filter(({ output_type }) => output_type === "execute_result");
    assertEquals(results.map(({ data }) => joined(data?.["text/plain"])), [`${i}`]);
    const streams = cell.filter(({ output_type }) => output_type === "stream").map(({ text }) => joined(text));
    assertEquals(streams, i % 3 === 0 ? [`out ${i}\n`] : []);
  }
  assertEquals(files, 1, "no temporary file stays");
});

Deno.test("Without --write the file stays as it is", async () => {
  const { outcome, unchanged } = await execute(["1"]);
  assertEquals([outcome.kind, unchanged], ["passed", true]);
});

Deno.test("A cell that fails is named with its error, and nothing is written", async () => {
  for (
    const { cells, cell, error } of [
      { cells: ["1", "throw new TypeError('boom')", "3"], cell: 3, error: /^TypeError: boom/ },
      { cells: ["await Promise.reject(new Error('awaited'))"], cell: 2, error: /^Error: awaited/ },
      { cells: ["const x = ;"], cell: 2, error: /does not compile/ },
      { cells: ["Promise.reject(new Error('lost')); 5", "2"], cell: 2, error: /nobody awaited it: Error: lost/ },
      {
        cells: ["setTimeout(() => { throw new Error('timer'); }, 5); 1", "2"],
        cell: 2,
        error: /outside of any await: Error: timer/,
      },
      { cells: ["1", "Deno.exit(0)"], cell: 3, error: /kernel ended/ },
    ]
  ) {
    const { outcome, unchanged } = await execute(cells, { write: true });
    assert(outcome.kind === "failed");
    assertEquals([outcome.cell, outcome.of], [cell, cells.length + 1], outcome.error);
    assertMatch(outcome.error, error);
    assert(unchanged);
  }
});

Deno.test("A cell that takes too long fails", async () => {
  const { outcome } = await execute(["await new Promise((done) => setTimeout(done, 30_000))"], { timeout: 1 });
  assert(outcome.kind === "failed" && outcome.seconds < 20);
  assertMatch(outcome.error, /time/i);
});

Deno.test("The signal stops the execution", async () => {
  const controller = new AbortController();
  const { outcome } = await execute(["await new Promise((done) => setTimeout(done, 30_000))"], {
    signal: controller.signal,
    onCell: () => setTimeout(() => controller.abort(), 500),
  });
  assert(outcome.kind === "failed" && outcome.seconds < 20);
  assertEquals(outcome.error, "stopped");
});

async function until(condition: () => boolean, { seconds }: { seconds: number }): Promise<boolean> {
  const end = performance.now() + seconds * 1000;
  while (!condition() && performance.now() < end) await new Promise((done) => setTimeout(done, 50));
  return condition();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

Deno.test("When the caller is killed, the kernel ends too", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const source =
      'Deno.writeTextFileSync("pid", String(Deno.pid)); await new Promise((done) => setTimeout(done, 60_000))';
    await Deno.writeTextFile(`${folder}/test.ipynb`, notebook([source]));
    const url = JSON.stringify(new URL("./notebook.ts", import.meta.url).href);
    const jupyter = JSON.stringify(await prepareJupyter());
    const code = `const { executeNotebook } = await import(${url});
      await executeNotebook(${JSON.stringify(`${folder}/test.ipynb`)}, { jupyter: ${jupyter} });`;
    const caller = new Deno.Command(Deno.execPath(), { args: ["eval", code], stderr: "null" }).spawn();
    let pid = 0;
    const started = () => {
      try {
        return (pid = Number(Deno.readTextFileSync(`${folder}/pid`))) > 0;
      } catch {
        return false;
      }
    };
    assert(await until(started, { seconds: 30 }));
    assert(isAlive(pid));
    caller.kill("SIGKILL");
    await caller.status;
    assert(await until(() => !isAlive(pid), { seconds: 20 }), `the kernel ${pid} lives on`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("A notebook sees the environment, its own folder, this Deno, and lines of progress", async () => {
  const progress = JSON.stringify(new URL("./progress.ts", import.meta.url).href);
  const { outcome, outputs } = await execute([
    `const { progressLine } = await import(${progress});
     const line = progressLine({ interval: 0 });
     for (let i = 1; i <= 20; i++) line.update("trial " + i);
     await line.flush();`,
    `console.log(Deno.env.get("SOME_VARIABLE"), [...Deno.readDirSync(".")].map((file) => file.name).join());`,
    `Deno.execPath()`,
  ], { write: true, env: { SOME_VARIABLE: "tiny" } });
  assertEquals(outcome.kind, "passed", JSON.stringify(outcome));
  assertEquals(outputs[0].map(({ data }) => joined(data?.["text/plain"])), ["trial 20"], "one output, the last text");
  assertEquals(joined(outputs[1][0].text), "tiny test.ipynb\n");
  assert(joined(outputs[2][0].data?.["text/plain"]).includes(Deno.execPath()));
});

for (
  const { cells, passes } of [
    { cells: ['let budget = "quick";', 'if (budget !== "tiny") throw new Error(budget);'], passes: true },
    { cells: ['const budget = "quick";', 'if (budget !== "tiny") throw new Error(budget);'], passes: false }, // no tag
  ]
) {
  Deno.test(`A parameter ${passes ? "takes the place of the tagged cell's" : "without a tagged cell changes nothing"}`, async () => {
    const { outcome, unchanged } = await execute(cells, { write: true, parameters: { budget: "tiny" } });
    assertEquals([outcome.kind, unchanged], [passes ? "passed" : "failed", true], JSON.stringify(outcome));
  });
}

Deno.test("What is no notebook is refused", async () => {
  const path = await Deno.makeTempFile({ suffix: ".ipynb" });
  try {
    await Deno.writeTextFile(path, "{}");
    const outcome = await executeNotebook(path, { jupyter: await prepareJupyter() });
    assert(outcome.kind === "failed");
    assertMatch(outcome.error, /^not a notebook/);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("A PNG stands as wide as the SVG beside it", async () => {
  const show = (bundle: Record<string, string>) =>
    `({ [Symbol.for("Jupyter.display")]: () => (${JSON.stringify({ "text/plain": "a plot", ...bundle })}) })`;
  const png = { "image/png": "iVBORw0KGgo=" };
  const svg = { "image/svg+xml": '<svg class="a" width="840" height="400" xmlns="http://www.w3.org/2000/svg"/>' };
  const { outcome, outputs } = await execute([show({ ...svg, ...png }), show(png), show(svg)], { write: true });
  assertEquals(outcome.kind, "passed", JSON.stringify(outcome));
  assertEquals(outputs.map(([{ metadata }]) => metadata), [{ "image/png": { width: 840 } }, {}, {}]);
});
