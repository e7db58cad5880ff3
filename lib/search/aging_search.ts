/**
 * Regularised evolution: the oldest of the population goes, not the worst (Real, Aggarwal, Huang, Le, "Regularized
 * evolution for image classifier architecture search", AAAI 2019).
 *
 * @module
 */
import { asynchronousSearch } from "./asynchronous_search.ts";
import { type Individual, ranked } from "./individual.ts";
import type { Strategy } from "./strategy.ts";

/** Share of the population that a tournament draws: 25 of 100 in the paper. */
const TOURNAMENT = 0.25;

/**
 * Draws a population at random. Then each proposal is a mutation of the best of a few that are drawn from the population
 * (with replacement), and takes the place of its oldest. Where no mutation is new, a random function comes.
 */
export const agingSearch: Strategy = (options) =>
  asynchronousSearch(options, ({ limits, operators: { genes, mutation }, rng, find, draw }) => {
    const { populationSize, breedingTries: tries = 20 } = limits;
    const contestants = Math.max(2, Math.round(TOURNAMENT * populationSize));
    const [drawing, contest, mutating] = ["random", "selection", "mutation"].map((label) => rng.split(label));
    const population: Individual[] = [];
    let drawn = 0;
    return {
      propose() {
        if (drawn < populationSize) {
          drawn++;
          return draw(drawing);
        }
        if (population.length === 0) return undefined;
        const [{ genome, number }] = ranked(Array.from({ length: contestants }, () => contest.choice(population)));
        const origin = { origin: "mutation", parents: [number], tries } as const;
        return find(() => mutation(genome, { rng: mutating, genes }), origin) ?? draw(drawing);
      },
      tell(individual) {
        population.push(individual);
        if (population.length > populationSize) population.shift();
      },
    };
  });
