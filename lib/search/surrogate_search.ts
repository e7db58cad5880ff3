/**
 * A search led by a model: a Gaussian process over the features of functions, refitted with each score. What promises
 * most by the model, of many functions that are drawn and bred, is proposed.
 *
 * @module
 */
import { type Expression, operatorOf, parse } from "../activation/mod.ts";
import type { Random } from "../random.ts";
import { asynchronousSearch, type Proposer, type ProposerTools } from "./asynchronous_search.ts";
import { featuresOf } from "./features.ts";
import { GaussianProcess, matern, type Prediction } from "./gaussian_process.ts";
import type { Genome } from "./genes.ts";
import { type Individual, type Provenance, ranked } from "./individual.ts";
import type { Strategy } from "./strategy.ts";

/** Random functions before the model has a say. */
const FIRST = 10;
/** Functions that join the pool for each proposal: as many are drawn, and bred of the best. */
const JOINING = 20;
/** Functions in the pool at most. */
const POOL = 1000;
/** How many of the best are bred. */
const PARENTS = 10;
/** What is tried for the model, by the likelihood of the scores. */
const LENGTHS = [0.5, 1, 2, 4, 8];
const NOISES = [0.03, 0.1, 0.3];

interface Prospect extends Provenance {
  readonly genome: Genome;
  readonly identity: string;
  readonly features: Float64Array;
}

/** Searches by expected improvement (Jones, Schonlau, Welch, Journal of Global Optimization 13, 1998). */
export const surrogateSearch: Strategy = (options) => asynchronousSearch(options, surrogateProposer);

/** The proposer of {@linkcode surrogateSearch}. */
export function surrogateProposer({ rng, gate, operators, draw }: ProposerTools): Proposer {
  const { genes, crossover, mutation, randomGenome } = operators;
  const [first, drawing, breeding] = ["first", "pool", "breeding"].map((label) => rng.split(label));
  const pool = new Map<string, Prospect>();
  const model = new Model();
  let told: Individual[] = [];
  let asked = 0;

  const join = (genome: Genome, provenance: Provenance) => {
    const description = gate.look(genome);
    if (!description || pool.has(description.identity)) return;
    const { identity, expression, formula } = description;
    pool.set(identity, { genome, identity, features: features({ expression, formula }), ...provenance });
  };
  const breed = (rng: Random) => {
    const parents = ranked(told).slice(0, PARENTS);
    for (let i = 0; i < JOINING; i++) {
      const [a, b] = [rng.choice(parents), rng.choice(parents)];
      if (a === b || i % 2 === 0) join(mutation(a.genome, { rng, genes }), { origin: "mutation", parents: [a.number] });
      else {
        const children = crossover([a.genome, b.genome], { rng, genes });
        for (const child of children) join(child, { origin: "crossover", parents: [a.number, b.number] });
      }
    }
  };
  /** A function that the model has no say in; it learns from it all the same. */
  const drawn = (rng: Random) => {
    const candidate = draw(rng);
    if (candidate) model.ask(features(candidate));
    return candidate;
  };
  return {
    propose() {
      if (asked < FIRST || told.length < 2) {
        asked++;
        return drawn(first);
      }
      for (let i = 0; i < JOINING; i++) {
        join(randomGenome({ rng: drawing, genes }), { origin: "random", parents: [] });
      }
      breed(breeding);
      const [best, ...rest] = model.sorted([...pool.values()]);
      if (!best) return drawn(drawing);
      for (const { identity } of [best, ...rest.slice(POOL)]) pool.delete(identity);
      const candidate = gate.admit(best.genome, best)!;
      model.ask(best.features);
      return candidate;
    },
    tell(individual) {
      told = [...told, individual];
      model.tell(individual.fitness);
    },
  };
}

function features({ expression, formula }: { readonly expression?: Expression; readonly formula: string }) {
  return featuresOf(expression ?? parse(formula));
}

/** What is expected of functions, from the scores of others. */
class Model {
  #process: GaussianProcess | undefined;
  readonly #asked: Float64Array[] = [];
  /** Those of the first that were asked for: scores come in the order of the proposals. */
  readonly #fitness: number[] = [];
  #chosenAt = 0;

  /** Takes note of a proposal. Until its score is known, it counts as what the model expects of it. */
  ask(features: Float64Array): void {
    this.#asked.push(features);
    this.#process?.add(features);
  }

  tell(fitness: number): void {
    this.#fitness.push(fitness);
  }

  /** The prospects by their expected improvement on the best, the best first. */
  sorted(prospects: readonly Prospect[]): Prospect[] {
    const values = normalScores(this.#fitness);
    const process = this.#processFor(values);
    const fitted = process.fit(values);
    const means = this.#fitness.map((_, i) => process.predict(this.#asked[i], fitted).mean);
    const best = Math.max(...means);
    const expected = prospects.map((prospect) => {
      const improvement = expectedImprovement(process.predict(prospect.features, fitted), best);
      return { prospect, improvement };
    });
    return expected.sort((a, b) => b.improvement - a.improvement).map(({ prospect }) => prospect);
  }

  /** Chooses length and noise anew each time the scores have doubled. */
  #processFor(values: readonly number[]): GaussianProcess {
    if (this.#process && values.length < 2 * this.#chosenAt) return this.#process;
    this.#chosenAt = values.length;
    const known = this.#asked.slice(0, values.length);
    const processes = LENGTHS.flatMap((length) =>
      NOISES.map((noise) => {
        const process = new GaussianProcess({ kernel: matern(length), noise });
        for (const features of known) process.add(features);
        return { process, likelihood: process.logLikelihood(values) };
      })
    );
    const { process } = processes.reduce((a, b) => b.likelihood > a.likelihood ? b : a);
    for (const features of this.#asked.slice(values.length)) process.add(features);
    return this.#process = process;
  }
}

/** Scores by their ranks, as a normal sample would have them: a few that are far off do not bend the model. */
export function normalScores(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => {
    const rank = (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2;
    const p = (rank + 0.5) / values.length;
    return (p ** 0.135 - (1 - p) ** 0.135) / 0.1975; // Tukey's lambda: the normal quantile to two digits
  });
}

const erf = operatorOf("erf").value as (x: number) => number;

/** By how much a normal value is expected to be above `best`, counting 0 where it is below. */
export function expectedImprovement({ mean, standardDeviation }: Prediction, best: number): number {
  if (standardDeviation === 0) return Math.max(0, mean - best);
  const z = (mean - best) / standardDeviation;
  const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  return standardDeviation * (z * (1 + erf(z / Math.SQRT2)) / 2 + density);
}
