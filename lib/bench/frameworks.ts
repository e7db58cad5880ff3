/**
 * How fast networks are trained by us, by Keras and by PyTorch, by turns.
 *
 * @module
 */
import { catalog, format } from "../activation/mod.ts";
import { textTable } from "../report/mod.ts";
import { UserError } from "../user_error.ts";
import { here, median, ourCommand, range, run } from "./measure.ts";
import { type NetworkJob, PHI, type SpeedJob, type SpeedResult } from "./speed_process.ts";

type FunctionName = "relu" | "eelu2";

/** What is measured against one another. */
interface Contender {
  readonly name: string;
  readonly precision: "float32" | "bfloat16";
  readonly ours: boolean;
  /** The command of one process. */
  command(options: { function: FunctionName; threads: number; seconds: number }): readonly string[];
}

/** The five networks at the sizes of their images in evaluations. */
export const NETWORKS: readonly Omit<NetworkJob, "batch">[] = [
  { name: "resnet50", imageSize: 32 },
  { name: "alexnet", imageSize: 67 },
  { name: "vgg16", imageSize: 32 },
  { name: "mobilenet", imageSize: 32 },
  { name: "cct", imageSize: 32 },
];

function ours(name: string, settings: Pick<SpeedJob, "graph" | "precision" | "network">): Contender {
  const { precision } = settings;
  return {
    name,
    precision,
    ours: true,
    command: ({ function: name, ...rest }) =>
      ourCommand({ ...settings, ...rest, expressions: [format(catalog[name])] }),
  };
}

function theirs(python: string, { library, network }: {
  readonly library: "keras" | "torch";
  readonly network: NetworkJob;
}): Contender[] {
  const [title, modes] = library === "keras"
    ? ["Keras", ["graph", "xla"]] as const
    : ["PyTorch", ["eager", "compile"]] as const;
  return modes.flatMap((mode) =>
    (["float32", "bfloat16"] as const).map((precision) => ({
      name: `${title}, ${mode}, ${precision}`,
      precision,
      ours: false,
      command: ({ function: name, threads, seconds }) => [
        ...[python, here(`speed_${library}.py`), network.name, name, precision, mode],
        ...[network.imageSize, network.batch, threads, seconds].map(String),
      ],
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

/** Measures all contenders by turns. Throws a UserError where they don't train the same number of weights. */
async function race(contenders: readonly Contender[], options: {
  readonly function: FunctionName;
  /** Whether a process a core is measured too. */
  readonly together: boolean;
  readonly rounds: number;
  readonly seconds: number;
}): Promise<Map<Contender, Round[]>> {
  const { rounds, seconds } = options;
  const cores = navigator.hardwareConcurrency;
  let parameters: number | undefined;
  const results = new Map<Contender, Round[]>(contenders.map((contender) => [contender, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const contender of contenders) {
      console.error(`${options.function}, round ${round} of ${rounds}: ${contender.name}`);
      const job = { function: options.function, seconds };
      const [one] = await run(contender.command({ ...job, threads: cores }));
      parameters ??= one.parameters;
      if (one.parameters !== parameters) {
        const counts = `${contender.name} has ${one.parameters}, ${contenders[0].name} ${parameters}`;
        throw new UserError(`Cannot compare: the networks have different numbers of weights (${counts})`);
      }
      const processes = options.together ? cores : 0;
      const each = await Promise.all(
        Array.from({ length: processes }, () => run(contender.command({ ...job, threads: 1 }))),
      );
      const together = each.reduce((sum, [{ imagesPerSecond }]) => sum + imagesPerSecond, 0);
      results.get(contender)!.push({ one, together });
    }
  }
  return results;
}

/** Prints images a second of all contenders, and the ratios of ours to the best of the others, round by round. */
function report(title: string, results: ReadonlyMap<Contender, readonly Round[]>): void {
  const together = [...results.values()].some((rounds) => rounds.some(({ together }) => together > 0));
  const rows = [...results].map(([contender, rounds]) => [
    contender.name,
    range(rounds.map(({ one }) => one.imagesPerSecond), 0),
    ...together ? [range(rounds.map(({ together }) => together), 0)] : [],
    median(rounds.map(({ one }) => one.cpuSeconds)).toFixed(2),
    median(rounds.map(({ one }) => one.firstStep)).toFixed(1),
    median(rounds.map(({ one }) => one.megabytes)).toFixed(0),
  ]);
  const columns = [
    title,
    "images/s, one process",
    ...together ? ["images/s, a process a core"] : [],
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
        `${range(ratios(({ one }) => one.imagesPerSecond), 2)} in one process` +
        (together ? `, ${range(ratios(({ together }) => together), 2)} with a process a core` : ""),
    );
  }
}

/** Options of the comparisons. */
export interface CompareOptions {
  /** A Python with the frameworks; without it, only ours are measured. */
  readonly python: string | undefined;
  readonly rounds: number;
  readonly seconds: number;
}

/** Measures a network and prints, for ReLU and for EELU-2. */
async function compare(network: NetworkJob, { python, rounds, seconds, eager, together }: CompareOptions & {
  readonly eager: boolean;
  readonly together: boolean;
}): Promise<void> {
  const { name: networkName, imageSize, batch } = network;
  const others: readonly Contender[] = python === undefined
    ? []
    : (["keras", "torch"] as const).flatMap((library) => theirs(python, { library, network }));
  for (const [name, title] of [["relu", "ReLU"], ["eelu2", "EELU-2"]] as const) {
    const contenders = [
      ...eager ? [ours("ours, eager, float32", { graph: false, precision: "float32", network })] : [],
      ours("ours, graph, float32", { graph: true, precision: "float32", network }),
      ours("ours, graph, bfloat16", { graph: true, precision: "bfloat16", network }),
      ...await fastest(others, name),
    ];
    const results = await race(contenders, { function: name, rounds, seconds, together });
    report(`${networkName} with ${title}, ${imageSize} pixels, batches of ${batch}`, results);
  }
  console.log("");
}

/** The networks with these names; all where none is named. Throws a UserError for a name that is none. */
export function networksOf<N extends { readonly name: string }>(names: readonly string[], networks: readonly N[]): N[] {
  const known = networks.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UserError(`Unknown network in --network: expected ${known.join(", ")}, got "${unknown}"`);
  }
  return networks.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** Measures phi in one process, and in a process a core as searches train. */
export function compareFrameworks(options: CompareOptions): Promise<void> {
  return compare(PHI, { ...options, eager: true, together: true });
}

/** Measures the five networks of evaluations, or those of `names`, in one process. */
export async function compareNetworks(
  options: CompareOptions & {
    readonly names: readonly string[];
    readonly batch: number;
  },
): Promise<void> {
  for (const network of networksOf(options.names, NETWORKS)) {
    await compare({ ...network, batch: options.batch }, { ...options, eager: false, together: false });
  }
}
