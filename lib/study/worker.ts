/**
 * The worker that trains: run as a process of its own by the local pool, it trains one trial after the other. It must
 * not be imported.
 *
 * @module
 */
import { type Dataset, loadDataset } from "../datasets/mod.ts";
import { engineInfo, loadEngine } from "../engine/mod.ts";
import { readRecipe, type Recipe, train, trainingSchema } from "../training/mod.ts";
import { pickFields } from "../schema.ts";
import { serve } from "./protocol.ts";

/** What the pool gives each worker: the engine's name, the threads of one operation, whose operations are used. */
interface Init {
  readonly engine: string;
  readonly threads: number;
  readonly kernel: boolean;
}

let images: { readonly key: string; readonly data: Dataset } | undefined;

/**
 * The images of a recipe; those of the latest one are kept. Throws a UserError where their digest is not the recorded
 * one.
 */
async function imagesOf(recipe: Recipe, { test }: { readonly test: boolean }): Promise<Dataset> {
  const { dataset, imageSize, trainImages, validationImages, testImages, splitSeed: seed } = recipe;
  const options = {
    imageSize,
    train: trainImages ?? undefined,
    validation: validationImages ?? undefined,
    test: testImages ?? undefined,
    seed,
    parts: test ? ["train", "validation", "test"] as const : ["train", "validation"] as const,
    fetch: false,
    split: recipe.split,
    digest: recipe.dataDigest,
  };
  const key = JSON.stringify([dataset, options]);
  if (images?.key !== key) images = { key, data: await loadDataset(dataset, options) };
  return images.data;
}

await serve<unknown>({
  async prepare(init) {
    await loadEngine(init as Init);
    return engineInfo();
  },
  async run({ formula, recipe: recorded, seed, test }, { onEpoch, signal }) {
    const recipe = readRecipe(recorded);
    const data = await imagesOf(recipe, { test });
    try {
      return await train(formula, { ...pickFields(trainingSchema, recipe), data, seed, test, onEpoch, signal });
    } finally {
      (globalThis as { gc?: () => void }).gc?.(); // a graph leaves 100 MB behind that V8 would let gather
    }
  },
});
