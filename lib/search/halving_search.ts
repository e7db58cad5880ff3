/**
 * Asynchronous successive halving: many functions are trained for few epochs, and the best of them for more (Li et al., "A
 * system for massively parallel hyperparameter tuning", MLSys 2020, algorithm 2).
 *
 * A longer training begins anew, so that its result depends on nothing but function, recipe and seed.
 *
 * @module
 */
import { asynchronousSearch, type Proposer, type ProposerTools } from "./asynchronous_search.ts";
import { type Candidate, type Individual, ranked } from "./individual.ts";
import { epochCost, type Strategy } from "./strategy.ts";

/** The best of so many are trained so many times as long: η. */
const REDUCTION = 3;

/** Epochs of each rung, the whole training last. */
export function rungsOf(epochs: number, reduction: number = REDUCTION): number[] {
  const rungs = [epochs];
  while (rungs[0] > 1) rungs.unshift(Math.ceil(rungs[0] / reduction));
  return rungs;
}

/** How many trainings, short and whole ones, cost as much as so many whole ones: about a third of each rung goes on. */
export function halvedTrainings(
  trials: number,
  { epochs, rates = 1 }: { readonly epochs: number; readonly rates?: number },
): number {
  const rungs = rungsOf(epochs).map((short, rung) => ({ share: REDUCTION ** -rung, cost: epochCost(short, rates) }));
  const [count, cost] = rungs.reduce(([n, sum], { share, cost }) => [n + share, sum + share * cost], [0, 0]);
  return Math.round(trials * count * epochCost(epochs, rates) / cost);
}

/** Halves what is drawn at random. With one epoch there is nothing to halve: then it is random search. */
export const halvingSearch: Strategy = (options) =>
  asynchronousSearch(options, (tools) => {
    const drawing = tools.rng.split("random");
    return halved(tools, { propose: () => tools.draw(drawing), tell() {} });
  });

/** Trains what a proposer proposes for few epochs, and the best for more; the proposer learns from the short trainings. */
export function halved({ epochs }: ProposerTools, source: Proposer): Proposer {
  const rungs = rungsOf(epochs);
  const trained: Individual[][] = rungs.map(() => []);
  const promoted = rungs.map(() => new Set<number>());
  const at = (candidate: Candidate, rung: number): Candidate => {
    const { epochs: _, ...whole } = candidate;
    return rung === rungs.length - 1 ? whole : { ...whole, epochs: rungs[rung] };
  };

  return {
    propose() {
      for (let rung = rungs.length - 2; rung >= 0; rung--) {
        const best = ranked(trained[rung]).slice(0, Math.floor(trained[rung].length / REDUCTION));
        const next = best.find(({ number }) => !promoted[rung].has(number));
        if (!next) continue;
        promoted[rung].add(next.number);
        const { fitness: _, ...candidate } = next;
        return at(candidate, rung + 1);
      }
      const candidate = source.propose();
      return candidate && at(candidate, 0);
    },
    tell(individual) {
      const rung = rungs.indexOf(individual.epochs ?? epochs);
      trained[rung].push(individual);
      if (rung === 0) source.tell(individual);
    },
  };
}
