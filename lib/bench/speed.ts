/**
 * `deno task bench`: how fast phi is trained here, in eager mode and by graphs, beside Keras and PyTorch where a Python
 * with them is given; and how fast expressions are handled. All contenders run by turns, each in processes of its own.
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
import { UserError } from "../user_error.ts";
import type { SpeedJob, SpeedResult } from "./speed_process.ts";

/** What is measured against one another. */
interface Contender {
  readonly name: string;
  readonly precision: "float32" | "bfloat16";
  readonly ours: boolean;
  /** The command of one process. */
  command(options: { function: "relu" | "eelu2"; threads: number; seconds: number }): readonly string[];
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

/** Of the modes of each library and precision, the one that is fastest with ReLU on this machine. */
async function fastest(contenders: readonly Contender[], { seconds }: { seconds: number }): Promise<Contender[]> {
  const best = new Map<string, { contender: Contender; speed: number }>();
  for (const contender of contenders) {
    console.error(`trying ${contender.name}`);
    const threads = navigator.hardwareConcurrency;
    const [{ imagesPerSecond: speed }] = await run(contender.command({ function: "relu", threads, seconds }));
    console.log(`tried ${contender.name}: ${speed.toFixed(0)} images/s`);
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
  readonly function: "relu" | "eelu2";
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

async function raceOfFunctions(count: number): Promise<void> {
  const expressions = [format(catalog.relu), ...randomFunctions(count)];
  const threads = navigator.hardwareConcurrency;
  for (const [graph, precision] of [[false, "float32"], [true, "float32"], [true, "bfloat16"]] as const) {
    const [relu, ...others] = await run(ourCommand({ expressions, graph, precision, threads, seconds: 1 }));
    const times = others.map(({ imagesPerSecond }) => relu.imagesPerSecond / imagesPerSecond);
    console.log(
      `${count} random functions of 7 genes, ${graph ? "graph" : "eager"}, ${precision}: a step takes ` +
        `${range(times, 2)} times as long as with ReLU (median, least and most)`,
    );
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
  usage: ["", "--python /path/to/python --rounds 3"],
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
  },
  async run({ python, rounds, seconds, functions }) {
    const contenders = [
      ours("ours, eager, float32", { graph: false, precision: "float32" }),
      ours("ours, graph, float32", { graph: true, precision: "float32" }),
      ours("ours, graph, bfloat16", { graph: true, precision: "bfloat16" }),
      ...python === undefined
        ? []
        : await fastest([...theirs(python, "keras"), ...theirs(python, "torch")], { seconds: 1 }),
    ];
    for (const [name, title] of [["relu", "ReLU"], ["eelu2", "EELU-2"]] as const) {
      report(title, await race(contenders, { function: name, rounds, seconds }));
    }
    console.log("");
    if (functions > 0) await raceOfFunctions(functions);
    expressionSpeed();
  },
}, { args: Deno.args });
Deno.exit(code);
