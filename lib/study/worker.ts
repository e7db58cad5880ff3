/**
 * The worker that trains: run as a process of its own by the local pool, it scores one trial after the other. It must
 * not be imported.
 *
 * @module
 */
import { parse } from "../activation/mod.ts";
import { type Dataset, loadDataset } from "../datasets/mod.ts";
import { engineInfo, loadEngine } from "../engine/mod.ts";
import { networkBuilder } from "../models/mod.ts";
import {
  evaluateActivation,
  type RecipeSettings,
  recipeSettings,
  scoreActivation,
  type TrainingSettings,
  trainingSettings,
} from "../training/mod.ts";
import { UserError } from "../user_error.ts";
import type { JsonRecord } from "./json.ts";
import { serve } from "./protocol.ts";

/** What the pool gives each worker: the engine's name, the threads of one operation, whose operations are used. */
interface Init {
  readonly engine: string;
  readonly threads: number;
  readonly kernel: boolean;
}

let images: { readonly key: string; readonly data: Dataset } | undefined;

/**
 * The images of the settings; those of the latest settings are kept. Throws a UserError where they are not those with
 * the digest that the trial is asked to have.
 */
async function imagesOf(
  settings: TrainingSettings | RecipeSettings,
  { test, digest }: { readonly test: boolean; readonly digest: unknown },
): Promise<Dataset> {
  const { dataset, imageSize, trainImages, validationImages, testImages, splitSeed: seed } = settings;
  const parts = test ? ["train", "validation", "test"] as const : ["train", "validation"] as const;
  const counts = {
    train: trainImages ?? undefined,
    validation: validationImages ?? undefined,
    test: testImages ?? undefined,
  };
  const options = { imageSize, ...counts, seed, parts, fetch: false };
  const key = JSON.stringify([dataset, options]);
  if (images?.key !== key) images = { key, data: await loadDataset(dataset, options) };
  const { data } = images;
  if (typeof digest === "string" && data.digest !== digest) {
    throw new UserError(
      `The images of ${dataset} are not those that the study began with: expected the digest ${digest.slice(0, 12)}, ` +
        `got ${data.digest.slice(0, 12)}; put the files back, or begin a new study`,
    );
  }
  return data;
}

/** Runs a trial, then collects what the making of its graph left behind: 100 MB would gather until V8 does so by itself. */
async function tidily<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } finally {
    (globalThis as { gc?: () => void }).gc?.();
  }
}

await serve<JsonRecord>({
  async prepare(init) {
    await loadEngine(init as Init);
    return engineInfo();
  },
  async run({ formula, recipe: record, seed, test }, { onEpoch, signal }) {
    if ("optimizer" in record) {
      const settings = recipeSettings(record);
      const data = await imagesOf(settings, { test, digest: record.dataDigest });
      const build = await networkBuilder(settings.network);
      return await tidily(() => evaluateActivation(parse(formula), { build, settings, seed, data, onEpoch, signal }));
    }
    const settings = trainingSettings(record);
    const data = await imagesOf(settings, { test, digest: record.dataDigest });
    return await tidily(() => scoreActivation(parse(formula), { settings, seed, data, onEpoch, signal }));
  },
});
