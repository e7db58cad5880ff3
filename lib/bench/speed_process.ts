/**
 * One measurement of `deno task bench`, run as a process of its own: trains phi on images in memory for some seconds, and
 * prints what it measured as JSON. It must not be imported.
 *
 * @module
 */
import process from "node:process";
import { parse } from "../activation/parse.ts";
import { loadEngine } from "../engine/tensorflow.ts";
import { buildNetwork } from "../models/catalog.ts";
import { random } from "../random.ts";
import { createTrainer } from "../training/create_trainer.ts";
import type { Precision } from "../training/precision.ts";
import type { Batch } from "../training/trainer.ts";

/** What is measured. */
export interface SpeedJob {
  /** Functions in the place of phi's activation, one after the other. */
  readonly expressions: readonly string[];
  readonly graph: boolean;
  readonly precision: Precision;
  readonly threads: number;
  /** Seconds of measuring, for each function. */
  readonly seconds: number;
}

/** What was measured, for one function. */
export interface SpeedResult {
  /** Median over rounds of eight steps. */
  readonly imagesPerSecond: number;
  /** CPU seconds for 1,000 images. */
  readonly cpuSeconds: number;
  /** Seconds from the network to its first step's end. */
  readonly firstStep: number;
  /** Most memory that the process has held, in MB. */
  readonly megabytes: number;
}

const BATCH = 64;
const BATCHES = 8;
const SIZE = 32;
const CHANNELS = 3;

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

function measure(expression: string, { graph, precision, seconds }: SpeedJob, batches: readonly Batch[]): SpeedResult {
  const start = performance.now();
  const model = buildNetwork("phi", {
    activation: parse(expression),
    imageSize: SIZE,
    channels: CHANNELS,
    classes: 10,
    seed: 1,
    dropout: 0.2,
  });
  const optimizer = { kind: "momentum", momentum: 0.9 } as const;
  using trainer = createTrainer(model, { graph, precision, optimizer, sizes: { train: [BATCH], evaluate: [] } });
  const round = () => batches.forEach((batch) => trainer.train(batch, { learningRate: 0.001 }));
  trainer.train(batches[0], { learningRate: 0.001 });
  const firstStep = (performance.now() - start) / 1000;
  round();
  const speeds: number[] = [];
  const [begin, cpuBefore] = [performance.now(), cpu()];
  while (performance.now() - begin < seconds * 1000) {
    const before = performance.now();
    round();
    speeds.push(1000 * BATCH * BATCHES / (performance.now() - before));
  }
  const cpuSeconds = 1000 * (cpu() - cpuBefore) / (speeds.length * BATCH * BATCHES);
  model.dispose();
  const imagesPerSecond = speeds.sort((a, b) => a - b)[speeds.length >> 1];
  return { imagesPerSecond, cpuSeconds, firstStep, megabytes: process.resourceUsage().maxRSS / 1000 };
}

if (import.meta.main) {
  const job: SpeedJob = JSON.parse(Deno.args[0]);
  await loadEngine({ engine: "tensorflow", threads: job.threads });
  const rng = random(1);
  const batches = Array.from({ length: BATCHES }, () => ({
    pixels: Float32Array.from({ length: BATCH * SIZE * SIZE * CHANNELS }, () => rng.next()),
    labels: Int32Array.from({ length: BATCH }, () => rng.integer(10)),
  }));
  console.log(JSON.stringify(job.expressions.map((expression) => measure(expression, job, batches))));
}
