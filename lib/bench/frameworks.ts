/**
 * How fast phi is trained by us, by Keras and by PyTorch, by turns. It knows nothing of how each does it.
 *
 * @module
 */
import { catalog, format } from "../activation/mod.ts";
import { textTable } from "../report/mod.ts";
import { here, median, ourCommand, range, run } from "./measure.ts";
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

/** Measures and prints, for ReLU and for EELU-2; only ours where no Python is given. */
export async function compareFrameworks({ python, rounds, seconds }: {
  readonly python: string | undefined;
  readonly rounds: number;
  readonly seconds: number;
}): Promise<void> {
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
