/**
 * What functions, models and searches cost: steps beside ReLU's, memory, trials an hour, expressions a second.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { catalog, decodeGenome, derivative, format, identityKey, parse, rejectionReason } from "../activation/mod.ts";
import { PROJECT_FOLDER } from "../project.ts";
import { random } from "../random.ts";
import { ALL_GENES, randomGenome } from "../search/mod.ts";
import { UserError } from "../user_error.ts";
import { ourCommand, range, run } from "./measure.ts";

/** Distinct functions of 7 genes that a search would train. */
function randomFunctions(count: number): string[] {
  const rng = random(7);
  const found = new Map<string, string>();
  const genes = { ...ALL_GENES, shapes: [7] as const };
  while (found.size < count) {
    const e = decodeGenome(randomGenome({ rng, genes }));
    if (rejectionReason(e) === undefined) found.set(identityKey(e), format(e));
  }
  return [...found.values()];
}

/** How much longer a step takes with other functions than with ReLU. */
export async function raceOfFunctions(count: number): Promise<void> {
  const expressions = [format(catalog.eelu2), ...randomFunctions(count)];
  const threads = navigator.hardwareConcurrency;
  const modes = [
    { name: "one operation each", kernel: true, precision: "float32" },
    { name: "TensorFlow's operations", kernel: false, precision: "float32" },
    { name: "one operation each", kernel: true, precision: "bfloat16" },
    { name: "TensorFlow's operations", kernel: false, precision: "bfloat16" },
  ] as const;
  for (const { name, ...mode } of modes) {
    console.error(`random functions: ${name}, ${mode.precision}`);
    const some = mode.kernel ? expressions : expressions.slice(0, 1 + Math.ceil(count / 5)); // the slow way takes long
    const job = { expressions: some, graph: true, threads, seconds: 0.8, besideRelu: true, ...mode };
    const [eelu2, ...others] = (await run(ourCommand(job))).map(({ timeBesideRelu }) => timeBesideRelu!);
    console.log(
      `${mode.precision}, ${name}: a step takes ${eelu2.toFixed(2)} times as long with EELU-2 as with ReLU, ` +
        `${range(others, 2)} times with ${others.length} random functions of 7 genes (median, least and most)`,
    );
  }
}

/** What a worker holds when it trains one model after the other. */
export async function memoryOfModels(count: number): Promise<void> {
  const expressions = randomFunctions(count);
  const job = { expressions, graph: true, precision: "float32", threads: 1, seconds: 0.05 } as const;
  const left = (await run(ourCommand(job))).map(({ megabytesLeft }) => megabytesLeft);
  const at = [9, Math.floor(count / 2) - 1, count - 1].map((i) => `${left[i].toFixed(0)} MB after ${i + 1}`);
  console.log(`models trained one after the other in one process: ${at.join(", ")}`);
}

/** Trials an hour of the same quick search. */
export async function searchSpeed(trials: number): Promise<void> {
  const folder = await Deno.makeTempDir();
  const modes = [
    ["graphs, one operation a function", []],
    ["graphs", ["--kernel", "off"]],
    ["graphs, one operation a function, float32", ["--precision", "float32"]],
    ["graphs, float32", ["--kernel", "off", "--precision", "float32"]],
    ["eager, float32", ["--kernel", "off", "--graph", "off"]],
  ] as const;
  try {
    for (const [name, flags] of modes) {
      console.error(`a search of ${trials} trials: ${name}`);
      const args = ["run", "--quiet", "-P=search", fileURLToPath(new URL("../cli/search.ts", import.meta.url))];
      const options = ["--json", "--seed", "1", "--finalists", "0", "--max-trials", `${trials}`, "--folder", folder];
      const { success, stdout } = await new Deno.Command(Deno.execPath(), {
        args: [...args, ...options, "--study", name.replaceAll(/\W+/g, "-"), ...flags],
        cwd: PROJECT_FOLDER,
        stdin: "null",
      }).output();
      if (!success) throw new UserError(`Cannot measure a search: it failed (${name})`);
      const { seconds, time } = JSON.parse(new TextDecoder().decode(stdout));
      const hourly = (3600 * trials / seconds).toFixed(0);
      console.log(`a quick search, ${name}: ${hourly} trials an hour (${time.imagesPerSecond.toFixed(0)} images/s)`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** How many expressions are handled in a second. */
export function expressionSpeed(): void {
  const texts = randomFunctions(2000);
  const trees = texts.map((text) => parse(text));
  for (
    const [name, body] of [
      ["parse", () => texts.forEach((text) => parse(text))],
      ["derivative", () => trees.forEach((tree) => derivative(tree))],
      ["identityKey", () => texts.forEach((text) => identityKey(parse(text)))],
    ] as const
  ) {
    const start = performance.now();
    body();
    console.log(`${name}: ${(1e3 * texts.length / (performance.now() - start)).toFixed(0)} distinct expressions/s`);
  }
}
