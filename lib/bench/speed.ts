/**
 * `deno task bench`: how fast phi is trained here, in eager mode and by graphs, beside Keras and PyTorch where a Python
 * with them is given; what a function costs beside ReLU, how many trials a search makes, what memory is held, and how
 * fast expressions are handled. Contenders run by turns, each in processes of its own.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { format } from "../activation/format.ts";
import { catalog } from "../activation/catalog.ts";
import { derivative } from "../activation/derivative.ts";
import { decodeGenome } from "../activation/genome.ts";
import { identityKey } from "../activation/identity.ts";
import { parse } from "../activation/parse.ts";
import { rejectionReason } from "../activation/rejection.ts";
import { runCommand } from "../cli/command.ts";
import { random } from "../random.ts";
import { ALL_GENES } from "../search/genes.ts";
import { randomGenome } from "../search/random_genome.ts";
import { textTable } from "../tables/text_table.ts";
import { PROJECT_FOLDER } from "../project.ts";
import { UserError } from "../user_error.ts";
import type { SpeedJob, SpeedResult } from "./speed_process.ts";

type FunctionName = "relu" | "eelu2";

/** What is measured against one another. */
interface Contender {
  readonly name: string;
  readonly precision: "float32" | "bfloat16";
  readonly ours: boolean;
  /** The command of one process. */
  command(options: { function: FunctionName; threads: number; seconds: number }): readonly string[];
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const DENO = [Deno.execPath(), "run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-env"];

function ourCommand(job: SpeedJob): string[] {
  return [...DENO, "--allow-ffi", "--allow-sys", here("speed_process.ts"), JSON.stringify(job)];
}

function ours(name: string, settings: Pick<SpeedJob, "graph" | "precision">): Contender {
  const { precision } = settings;
  return {
    name,
    precision,
    ours: true,
    command: ({ function: name, ...rest }) =>
      ourCommand({ ...settings, ...rest, expressions: [format(catalog[name])] }),
  };
}

function theirs(python: string, library: "keras" | "torch"): Contender[] {
  const [title, modes] = library === "keras"
    ? ["Keras", ["graph", "xla"]] as const
    : ["PyTorch", ["eager", "compile"]] as const;
  return modes.flatMap((mode) =>
    (["float32", "bfloat16"] as const).map((precision) => ({
      name: `${title}, ${mode}, ${precision}`,
      precision,
      ours: false,
      command: ({ function: name, threads, seconds }) =>
        [python, here(`phi_${library}.py`), name, precision, mode, threads, seconds].map(String),
    }))
  );
}

async function run(command: readonly string[]): Promise<readonly SpeedResult[]> {
  const [program, ...args] = command;
  const { success, stdout, stderr } = await new Deno.Command(program, { args, stdin: "null" }).output();
  if (success) return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
  const reason = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
  throw new UserError(`Cannot measure: ${program} ended with an error: ${reason}`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

const range = (values: readonly number[], digits: number) =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;

/** Of the modes of each library and precision, the one that is fastest with the function on this machine. */
async function fastest(contenders: readonly Contender[], name: FunctionName): Promise<Contender[]> {
  const best = new Map<string, { contender: Contender; speed: number }>();
  for (const contender of contenders) {
    console.error(`${name}, trying ${contender.name}`);
    const threads = navigator.hardwareConcurrency;
    const [{ imagesPerSecond: speed }] = await run(contender.command({ function: name, threads, seconds: 1 }));
    console.log(`${name}, tried ${contender.name}: ${speed.toFixed(0)} images/s`);
    const key = contender.name.replace(/, \w+,/, "");
    if (speed > (best.get(key)?.speed ?? 0)) best.set(key, { contender, speed });
  }
  return [...best.values()].map(({ contender }) => contender);
}

/** Speeds of one round: of one process with all threads, and of as many processes with one thread each, together. */
interface Round {
  readonly one: SpeedResult;
  readonly together: number;
}

/** Measures all contenders by turns. */
async function race(contenders: readonly Contender[], options: {
  readonly function: FunctionName;
  readonly rounds: number;
  readonly seconds: number;
}): Promise<Map<Contender, Round[]>> {
  const { rounds, seconds } = options;
  const cores = navigator.hardwareConcurrency;
  const results = new Map<Contender, Round[]>(contenders.map((contender) => [contender, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const contender of contenders) {
      console.error(`${options.function}, round ${round} of ${rounds}: ${contender.name}`);
      const job = { function: options.function, seconds };
      const [one] = await run(contender.command({ ...job, threads: cores }));
      const each = await Promise.all(
        Array.from({ length: cores }, () => run(contender.command({ ...job, threads: 1 }))),
      );
      const together = each.reduce((sum, [{ imagesPerSecond }]) => sum + imagesPerSecond, 0);
      results.get(contender)!.push({ one, together });
    }
  }
  return results;
}

/** Prints images a second of all contenders, and the ratios of ours to the best of the others, round by round. */
function report(name: string, results: ReadonlyMap<Contender, readonly Round[]>): void {
  const rows = [...results].map(([contender, rounds]) => [
    contender.name,
    range(rounds.map(({ one }) => one.imagesPerSecond), 0),
    range(rounds.map(({ together }) => together), 0),
    median(rounds.map(({ one }) => one.cpuSeconds)).toFixed(2),
    median(rounds.map(({ one }) => one.firstStep)).toFixed(1),
    median(rounds.map(({ one }) => one.megabytes)).toFixed(0),
  ]);
  const columns = [
    `phi with ${name}`,
    "images/s, one process",
    "images/s, a process a core",
    "CPU s for 1,000",
    "first step (s)",
    "MB",
  ];
  console.log(`\n${textTable({ columns, values: rows })}`);
  for (const precision of ["float32", "bfloat16"] as const) {
    const of = (isOurs: boolean) =>
      [...results].filter(([contender]) => contender.ours === isOurs && contender.precision === precision)
        .map(([, rounds]) => rounds);
    const best = (list: readonly (readonly Round[])[], value: (round: Round) => number, round: number) =>
      Math.max(...list.map((rounds) => value(rounds[round])));
    if (of(false).length === 0) continue;
    const ratios = (value: (round: Round) => number) =>
      of(true)[0].map((_, round) => best(of(true), value, round) / best(of(false), value, round));
    console.log(
      `${precision}: ours ÷ the best of the others, by round: ` +
        `${range(ratios(({ one }) => one.imagesPerSecond), 2)} in one process, ` +
        `${range(ratios(({ together }) => together), 2)} with a process a core`,
    );
  }
}

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
async function raceOfFunctions(count: number): Promise<void> {
  const expressions = [format(catalog.eelu2), ...randomFunctions(count)];
  const threads = navigator.hardwareConcurrency;
  const modes = [
    { name: "one operation each", kernel: true, precision: "float32" },
    { name: "TensorFlow's operations", kernel: false, precision: "float32" },
    { name: "one operation each", kernel: true, precision: "bfloat16" },
    { name: "TensorFlow's operations", kernel: false, precision: "bfloat16" },
  ] as const;
  for (const { name, ...mode } of modes) {
    console.error(`${count} random functions: ${name}, ${mode.precision}`);
    const job = { expressions, graph: true, threads, seconds: 0.8, besideRelu: true, ...mode };
    const [eelu2, ...others] = (await run(ourCommand(job))).map(({ timeBesideRelu }) => timeBesideRelu!);
    console.log(
      `${mode.precision}, ${name}: a step takes ${eelu2.toFixed(2)} times as long with EELU-2 as with ReLU, ` +
        `${range(others, 2)} times with ${count} random functions of 7 genes (median, least and most)`,
    );
  }
}

/** What a worker holds when it trains one model after the other. */
async function memoryOfModels(count: number): Promise<void> {
  const expressions = randomFunctions(count);
  const job = { expressions, graph: true, precision: "float32", threads: 1, seconds: 0.05 } as const;
  const left = (await run(ourCommand(job))).map(({ megabytesLeft }) => megabytesLeft);
  const at = [9, Math.floor(count / 2) - 1, count - 1].map((i) => `${left[i].toFixed(0)} MB after ${i + 1}`);
  console.log(`models trained one after the other in one process: ${at.join(", ")}`);
}

/** Trials an hour of the same quick search. */
async function searchSpeed(trials: number): Promise<void> {
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

function expressionSpeed(): void {
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

const code = await runCommand({
  name: "bench",
  summary:
    "Measures how fast phi is trained (32 × 32 × 3, batches of 64, dropout), beside Keras and PyTorch if wanted.",
  usage: ["", "--python /path/to/python --rounds 3", "--part functions --functions 100"],
  flags: {
    python: {
      kind: "text",
      placeholder: "PATH",
      description: "A Python with tensorflow, keras and torch; else only ours",
    },
    rounds: { kind: "integer", minimum: 1, default: 3, description: "How often each contender is measured" },
    seconds: { kind: "integer", minimum: 1, default: 4, description: "Seconds of each measurement" },
    functions: {
      kind: "integer",
      minimum: 0,
      default: 20,
      description: "Random functions that are compared with ReLU",
    },
    trials: { kind: "integer", minimum: 1, default: 16, description: "Trials of the searches that are measured" },
    part: {
      kind: "choice",
      choices: ["frameworks", "functions", "search", "memory", "expressions"],
      description: "Measures only this: other frameworks' speed, functions beside ReLU, searches, memory, expressions",
    },
  },
  async run({ python, rounds, seconds, functions, trials, part }) {
    const wanted = (name: string) => part === undefined || part === name;
    if (wanted("frameworks")) {
      for (const [name, title] of [["relu", "ReLU"], ["eelu2", "EELU-2"]] as const) {
        const contenders = [
          ours("ours, eager, float32", { graph: false, precision: "float32" }),
          ours("ours, graph, float32", { graph: true, precision: "float32" }),
          ours("ours, graph, bfloat16", { graph: true, precision: "bfloat16" }),
          ...python === undefined ? [] : await fastest([...theirs(python, "keras"), ...theirs(python, "torch")], name),
        ];
        report(title, await race(contenders, { function: name, rounds, seconds }));
      }
      console.log("");
    }
    if (wanted("functions") && functions > 0) await raceOfFunctions(functions);
    if (wanted("search")) await searchSpeed(trials);
    if (wanted("memory")) await memoryOfModels(200);
    if (wanted("expressions")) expressionSpeed();
  },
}, { args: Deno.args });
Deno.exit(code);
