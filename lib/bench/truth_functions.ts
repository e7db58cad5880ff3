/**
 * The functions of the table of the truth, in the order in which they are trained.
 *
 * @module
 */
import { catalog, type CatalogName, encodeGenome, format, identityKey } from "../activation/mod.ts";
import { random } from "../random.ts";
import { ALL_GENES, allGenomes, describeGenome } from "../search/mod.ts";
import type { Candidate } from "./train_functions.ts";

/** The catalogue's functions, and then all others of three genes in a random order, so that each part is a sample. */
export function truthFunctions(): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const name of Object.keys(catalog) as CatalogName[]) {
    const [formula, identity] = [format(catalog[name]), identityKey(catalog[name])];
    found.set(identity, { formula, identity, genome: encodeGenome(catalog[name]) });
  }
  const known = found.size;
  for (const genome of allGenomes({ ...ALL_GENES, shapes: [3] })) {
    const { formula, identity, rejected } = describeGenome(genome);
    if (!rejected && !found.has(identity)) found.set(identity, { formula, identity, genome });
  }
  const all = [...found.values()];
  return [...all.slice(0, known), ...random(1).split("order of the truth").shuffle(all.slice(known))];
}

/** The catalogue's functions and others in even steps along a ranking, `count` in all, in the order of the table. */
export function sampleFunctions(ranking: readonly string[], { count }: { readonly count: number }): Candidate[] {
  const known = new Set(Object.values(catalog).map(format));
  const rest = ranking.filter((formula) => !known.has(formula));
  const others = Math.min(rest.length, Math.max(0, count - known.size));
  const chosen = new Set(Array.from({ length: others }, (_, i) => rest[Math.floor((i + 0.5) * rest.length / others)]));
  return truthFunctions().filter(({ formula }) => known.has(formula) || chosen.has(formula));
}
