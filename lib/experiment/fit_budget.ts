/**
 * Fits a budget to a data set that it was not made for: no more images than there are, of a size in proportion. It knows
 * nothing of searches.
 *
 * @module
 */
import { type DatasetCounts, type DatasetFacts, datasetSource, partSizes } from "../datasets/mod.ts";
import type { Budget } from "./budget.ts";

/** What a data set has. */
export interface Available {
  readonly facts: DatasetFacts;
  /** Images as they were counted (default: the facts'). */
  readonly counts?: DatasetCounts;
}

const LARGEST = 64; // pixels: larger images are a choice of the user's

/** What of the budget is different for the data set; nothing for the budget's own. */
export function fitBudget(budget: Budget, { facts, counts }: Available): Partial<Budget> {
  if (facts.name === budget.dataset) return {};
  const all = counts ?? {
    train: facts.trainImages,
    validation: facts.validationImages,
    test: facts.testImages,
  };
  const validation = Math.min(budget.validationImages, partSizes(all).validation);
  const { train, test } = partSizes(all, { validation });
  const share = budget.imageSize / datasetSource(budget.dataset).facts.imageSize;
  return {
    imageSize: Math.round(share * Math.min(LARGEST, facts.imageSize)),
    trainImages: Math.min(budget.trainImages, train),
    validationImages: validation,
    testImages: Math.min(budget.testImages, test),
  };
}
