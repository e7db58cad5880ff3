/**
 * A search without training: any strategy against a table of functions that were trained before, thousands of searches a
 * minute. A function that is not in the table is treated as not in the search space.
 *
 * @module
 */
import { identityKey, parse } from "../activation/mod.ts";
import { random } from "../random.ts";
import {
  describeGenome,
  type Description,
  epochCost,
  type Genome,
  type Strategy,
  type StrategyOptions,
} from "../search/mod.ts";
import { mean } from "../statistics/mod.ts";
import { UserError } from "../user_error.ts";
import { fitnessOf, readTruth } from "./truth_table.ts";

/** A training of a function: its fitness after each epoch; 0 after one in which it diverged. */
export interface TableRun {
  /** The seed of the training. */
  readonly seed: number;
  /** As many as the table has epochs. */
  readonly fitness: readonly number[];
}

/** A function of the table. */
export interface TableFunction {
  /** The function as a text. */
  readonly formula: string;
  /** Its trainings by seed, at least one. */
  readonly runs: readonly TableRun[];
  /** The mean fitness of its whole trainings: what a search is after. */
  readonly truth: number;
}

/** Functions that were trained. */
export interface FitnessTable {
  /** Epochs of a whole training. */
  readonly epochs: number;
  /** Learning rates that were tried in the first epoch, which costs as many. */
  readonly rates: number;
  /** The functions by their identity. */
  readonly functions: ReadonlyMap<string, TableFunction>;
  /** The truth of the best. */
  readonly best: number;
  /** The truth of the last of the best 1 %, at least one function. */
  readonly top: number;
  /** What a genome stands for; rejected where the table has no such function. */
  readonly candidateOf: (genome: Genome) => Description;
}

/** Share of the functions that count as the best. */
const TOP = 0.01;

/** A table of trainings, those of equal functions together. Throws a RangeError where there are none. */
export function createTable(
  trainings: readonly ({ readonly formula: string } & TableRun)[],
  { rates = 1 }: { readonly rates?: number } = {},
): FitnessTable {
  const epochs = Math.max(...trainings.map(({ fitness }) => fitness.length));
  if (!(epochs >= 1)) throw new RangeError("Cannot make a table: expected at least 1 training of 1 epoch, got none");
  const identities = new Map<string, string>();
  const identityOf = (formula: string) => {
    const known = identities.get(formula) ?? identityKey(parse(formula));
    identities.set(formula, known);
    return known;
  };
  const groups = Map.groupBy(trainings, ({ formula }) => identityOf(formula));
  const functions = new Map([...groups].map(([identity, own]): [string, TableFunction] => {
    const runs = own.map(({ seed, fitness }) => ({
      seed,
      fitness: [...fitness, ...Array<number>(epochs - fitness.length).fill(0)],
    })).sort((a, b) => a.seed - b.seed);
    return [identity, { formula: own[0].formula, runs, truth: mean(runs.map(({ fitness }) => fitness.at(-1)!)) }];
  }));
  const truths = [...functions.values()].map(({ truth }) => truth).sort((a, b) => b - a);
  const descriptions = new Map<string, Description>();
  return {
    epochs,
    rates,
    functions,
    best: truths[0],
    top: truths[Math.max(1, Math.round(TOP * truths.length)) - 1],
    candidateOf(genome) {
      const key = genome.join();
      let description = descriptions.get(key);
      if (!description) {
        description = describeGenome(genome);
        const isKnown = functions.has(description.identity);
        if (!isKnown) description = { ...description, rejected: description.rejected ?? "not finite" };
        descriptions.set(key, description);
      }
      return description;
    },
  };
}

/** The table of a file that `deno task truth` writes: the functions of three genes in it. */
export function readTable(path: string): FitnessTable {
  const rows = readTruth(path).filter(({ genome }) => genome?.length === 3);
  if (rows.length === 0) {
    throw new UserError(
      `Cannot read ${path}: expected trained functions of three genes, got none; see deno task truth`,
    );
  }
  const rates = Math.max(...rows.map(({ first }) => first.size));
  return createTable(rows.map(({ formula, seed, epochs }) => ({ formula, seed, fitness: epochs.map(fitnessOf) })), {
    rates,
  });
}

/** A step of a search against a table. */
export interface PlayStep {
  /** Epochs trained until then. */
  readonly epochs: number;
  /** The truth of the function that the search takes for the best then. */
  readonly truth: number;
}

/** What came of a search against a table. */
export interface Play {
  /** Where the function changes that the search takes for the best: the one with the highest fitness that it has seen. */
  readonly steps: readonly PlayStep[];
  /** Epochs until a function of the true best 1 % was trained to the end; undefined where none was. */
  readonly found?: number;
  /** Epochs trained in all. */
  readonly epochs: number;
}

/** Options of {@linkcode playSearch}. */
export interface PlayOptions extends Omit<StrategyOptions, "fitness" | "evaluate" | "candidateOf" | "seed" | "rng"> {
  readonly table: FitnessTable;
  /** Seed of the search; it sees the trainings of one of the table's seeds. */
  readonly seed: number;
}

/** Plays a search. Of the trainings with several seeds it sees one; what it found is judged by the mean of all. */
export async function playSearch(strategy: Strategy, { table, seed, ...options }: PlayOptions): Promise<Play> {
  const { functions, epochs: whole, rates, top, candidateOf } = table;
  const steps: PlayStep[] = [];
  let [epochs, highest, found] = [0, -Infinity, undefined as number | undefined];
  const search = strategy({
    ...options,
    rng: random(seed),
    epochs: whole,
    rates,
    candidateOf,
    evaluate: (candidates) =>
      Promise.resolve(candidates.map(({ identity, epochs: asked = whole }) => {
        const { runs, truth } = functions.get(identity)!;
        const fitness = runs[seed % Math.min(2, runs.length)].fitness[asked - 1];
        epochs += epochCost(asked, rates);
        if (asked < whole) return fitness;
        if (truth >= top) found ??= epochs;
        if (fitness > highest) {
          highest = fitness;
          steps.push({ epochs, truth });
        }
        return fitness;
      })),
  });
  for await (const { ended } of search) if (ended) break;
  return { steps, ...found !== undefined && { found }, epochs };
}
