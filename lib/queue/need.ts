/**
 * What a machine must be and have to run a trial as its coordinator would.
 *
 * @module
 */
import { z } from "zod";
import { inspectDataset, SPLIT_KINDS } from "../datasets/mod.ts";
import { ENGINES } from "../engine/mod.ts";
import { isNetworkPath } from "../models/mod.ts";
import { PRECISIONS, readRecipe, type Recipe } from "../training/mod.ts";
import { UserError } from "../user_error.ts";
import { kindOf, type Machine } from "./machine.ts";

const needSchema = z.strictObject({
  /** The version of the lab. */
  lab: z.string(),
  engine: z.enum(ENGINES),
  /** The only kind of machine, see {@linkcode kindOf}; undefined: any that has the engine. */
  kind: z.string().optional(),
  kernel: z.boolean(),
  threads: z.number().int(),
  precision: z.enum(PRECISIONS),
  dataset: z.string(),
  imageSize: z.number().int().min(1),
  split: z.enum(SPLIT_KINDS).optional(),
  /** SHA-256 of the data set's content. */
  dataDigest: z.string().optional(),
  /** SHA-256 of a network of one's own. */
  networkDigest: z.string().optional(),
});

/** What a trial needs of a machine. */
export type Need = Readonly<z.output<typeof needSchema>>;

/** Options of {@linkcode needOf}. */
export interface NeedOptions {
  /** The coordinator's version of the lab. */
  readonly lab: string;
  /** The only kind of machine that may train; any, where it is undefined. */
  readonly kind: string | undefined;
  /** The digest of a network of one's own by its path. */
  readonly networkDigest: (path: string) => Promise<string>;
}

/** What the trials of a recipe need. */
export async function needOf(recipe: Recipe, { lab, kind, networkDigest }: NeedOptions): Promise<Need> {
  const { engine, kernel = false, threads, precision, dataset, imageSize, split, dataDigest, network } = recipe;
  return {
    ...{ lab, engine, kernel, threads, precision, dataset, imageSize },
    ...kind !== undefined && { kind },
    ...split !== undefined && { split },
    ...dataDigest !== undefined && { dataDigest },
    ...isNetworkPath(network) && { networkDigest: recipe.networkDigest ?? await networkDigest(network) },
  };
}

/** What a worker has, by digests. */
export interface Belongings {
  /** Paths of networks of one's own, by the digests of their modules. */
  readonly networks: ReadonlyMap<string, string>;
  /** Folders of pictures, `folder:PATH`, that are looked into beside the set's own name. */
  readonly folders: readonly string[];
}

/** What a worker can do for a need: nothing, and why, or which of its files it takes. */
export type Match =
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "matched"; readonly dataset: string; readonly digest: string; readonly network?: string };

/**
 * Compares what is needed, which came from outside, with a machine and what it has. It reads the data set, where that is
 * here; it fetches nothing.
 */
export async function matchNeed(given: unknown, { machine, belongings }: {
  readonly machine: Machine;
  readonly belongings: Belongings;
}): Promise<Match> {
  const parsed = needSchema.safeParse(given);
  if (!parsed.success) {
    return { kind: "refused", reason: "what they need is not known here: another version of the lab" };
  }
  const need = parsed.data;
  const mismatch = machineMismatch(need, machine);
  if (mismatch !== undefined) return { kind: "refused", reason: mismatch };
  const network = need.networkDigest === undefined ? undefined : belongings.networks.get(need.networkDigest);
  if (need.networkDigest !== undefined && network === undefined) {
    return {
      kind: "refused",
      reason:
        `they need a network of one's own with the digest ${need.networkDigest.slice(0, 12)}: copy its module here, ` +
        "and start the worker with --network FILE",
    };
  }
  const data = await findData(need, belongings.folders);
  return data.kind === "refused" ? data : { ...data, ...network !== undefined && { network } };
}

/** What a trial needs of the machine itself. */
export type MachineNeed = Pick<Need, "lab" | "engine" | "kind" | "kernel" | "threads"> & Partial<Need>;

/** Why a machine does not do for a need, whatever data it has; undefined where it does. */
export function machineMismatch(need: MachineNeed, machine: Machine): string | undefined {
  const facts: [what: string, needed: unknown, has: unknown][] = [
    ["the lab's version", need.lab, machine.lab],
    ["the engine", need.engine, machine.engine.name],
    ["the kind of machine", need.kind ?? kindOf(machine), kindOf(machine)],
    ["activations as one operation of our own (--kernel)", need.kernel, machine.engine.kernel],
    ["threads of one operation (--threads)", need.threads, machine.threads],
  ];
  const wrong = facts.find(([, needed, has]) => needed !== has);
  if (wrong) return `they need ${wrong[0]} to be ${said(wrong[1])}, here it is ${said(wrong[2])}`;
  if (need.precision === undefined || machine.precisions.includes(need.precision)) return undefined;
  return `they need ${need.precision}, which ${machine.engine.name} cannot train in`;
}

function said(value: unknown): string {
  return value === true ? "on" : value === false ? "off" : String(value);
}

async function findData(need: Need, folders: readonly string[]): Promise<Match> {
  const { dataset, imageSize, split, dataDigest } = need;
  const reasons: string[] = [];
  for (const name of [dataset, ...folders]) {
    try {
      const { digest } = await inspectDataset(name, { imageSize, split, fetch: false });
      if (dataDigest === undefined || digest === dataDigest) return { kind: "matched", dataset: name, digest };
      reasons.push(
        `the images of ${name} have the digest ${digest.slice(0, 12)}, they need ${dataDigest.slice(0, 12)}`,
      );
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      reasons.push(error.message);
    }
  }
  return { kind: "refused", reason: reasons[0] };
}

/**
 * The recipe of a job as it is trained here: with the files of this machine. Throws a UserError where it is no recipe, or
 * not one of the queue that it came through.
 */
export function localRecipe(record: unknown, { need, match }: {
  readonly need: unknown;
  readonly match: Extract<Match, { kind: "matched" }>;
}): Recipe {
  const recipe = readRecipe(record);
  for (const [name, value] of Object.entries({ kernel: false, ...recipe })) {
    if (name === "networkDigest" || !(name in needSchema.shape)) continue;
    const needed = (need as Record<string, unknown>)[name];
    if (needed !== value) throw new UserError(`Expected a recipe with ${name} ${needed}, got ${value}`);
  }
  if (isNetworkPath(recipe.network) && match.network === undefined) {
    throw new UserError("Expected a network of the lab's, or one that its queue names, got another one");
  }
  return {
    ...recipe,
    dataset: match.dataset,
    dataDigest: match.digest,
    ...match.network !== undefined && { network: match.network },
  };
}
