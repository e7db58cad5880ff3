/**
 * What the usual random changes of training images cost, beside a training step.
 *
 * @module
 */
import { batches, datasetSource } from "../datasets/mod.ts";
import { random } from "../random.ts";
import { median, ourCommand, run } from "./measure.ts";

const BATCH = 64;
const SIZE = 32;
const CHANNELS = 3;
const COUNT = 32 * BATCH;
const MOST = 10; // % of a step

/** Milliseconds that a batch takes with and without the changes, in rounds that alternate. */
function batchTimes(seconds: number): { readonly plain: number; readonly changed: number } {
  const rng = random(1);
  const images = {
    images: Uint8Array.from({ length: COUNT * SIZE * SIZE * CHANNELS }, () => rng.integer(256)),
    labels: new Uint8Array(COUNT),
    count: COUNT,
    imageSize: SIZE,
    channels: CHANNELS,
  };
  const { mean, std, augmentation } = datasetSource("cifar-10").facts;
  const times: Record<"plain" | "changed", number[]> = { plain: [], changed: [] };
  const begin = performance.now();
  for (let round = 0; performance.now() - begin < 1000 * seconds; round++) {
    for (const [kind, augment] of [["plain", undefined], ["changed", augmentation]] as const) {
      const start = performance.now();
      for (const _ of batches(images, { size: BATCH, mean, std, rng: rng.split(round), augment }));
      times[kind].push((performance.now() - start) * BATCH / COUNT);
    }
  }
  return { plain: median(times.plain), changed: median(times.changed) };
}

/** Prints what the changes add to a step of phi; it should be less than a tenth. */
export async function augmentationCost({ seconds }: { readonly seconds: number }): Promise<void> {
  const threads = navigator.hardwareConcurrency;
  const { plain, changed } = batchTimes(seconds);
  for (const precision of ["float32", "bfloat16"] as const) {
    const job = { expressions: ["relu(x)"], graph: true, precision, threads, seconds } as const;
    const [{ imagesPerSecond }] = await run(ourCommand(job));
    const step = 1000 * BATCH / imagesPerSecond;
    const share = 100 * (changed - plain) / step;
    console.log(
      `random changes of a batch of ${BATCH}: ${changed.toFixed(2)} ms instead of ${plain.toFixed(2)}, ` +
        `${share.toFixed(1)} % of a step of phi in ${precision} (${step.toFixed(1)} ms; expected under ${MOST} %)`,
    );
  }
}
