/**
 * One measurement of `deno task bench`, run as a process of its own: trains a network on images in memory for some
 * seconds, and prints what it measured as JSON. It must not be imported.
 *
 * @module
 */
import process from "node:process";
import { parse } from "../activation/mod.ts";
import { loadEngine } from "../engine/mod.ts";
import { buildNetwork } from "../models/mod.ts";
import { random } from "../random.ts";
import { type Batch, createTrainer, type Precision } from "../training/mod.ts";
import { median } from "./measure.ts";

/** A network, and what it is trained with. */
export interface NetworkJob {
  readonly name: string;
  readonly imageSize: number;
  readonly batch: number;
}

/** phi as searches train it, but on images of CIFAR-10's size. */
export const PHI: NetworkJob = { name: "phi", imageSize: 32, batch: 64 };

/** What is measured. */
export interface SpeedJob {
  /** The network (default: phi on images of 32 × 32 pixels, in batches of 64), with its own dropout. */
  readonly network?: NetworkJob;
  /** Functions in the place of its activation, one after the other. */
  readonly expressions: readonly string[];
  readonly graph: boolean;
  readonly precision: Precision;
  readonly threads: number;
  /** Seconds of measuring, for each function. */
  readonly seconds: number;
  /** Whether rounds with the function and with ReLU alternate (default: false). */
  readonly besideRelu?: boolean;
  /** Whether an activation is to be one operation of our own (default: true). */
  readonly kernel?: boolean;
}

/** What was measured, for one function. */
export interface SpeedResult {
  /** Median over rounds of eight steps. */
  readonly imagesPerSecond: number;
  /** Time of a step, in steps with ReLU: the median of rounds that alternate. Only where it was asked for. */
  readonly timeBesideRelu?: number;
  /** CPU seconds for 1,000 images. */
  readonly cpuSeconds: number;
  /** Seconds from the network to its first step's end. */
  readonly firstStep: number;
  /** The network's weights, those that are not trained among them. */
  readonly parameters: number;
  /** Most memory that the process has held, in MB. */
  readonly megabytes: number;
  /** Memory that it holds now that the function is done, in MB. */
  readonly megabytesLeft: number;
}

const BATCHES = 8;
const CHANNELS = 3;

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** A network with a function, ready to be trained. */
function contestant(expression: string, { graph, precision, network = PHI }: SpeedJob, batches: readonly Batch[]) {
  const start = performance.now();
  const model = buildNetwork(network.name, {
    activation: parse(expression),
    imageSize: network.imageSize,
    channels: CHANNELS,
    classes: 10,
    seed: 1,
  });
  const optimizer = { kind: "momentum", momentum: 0.9 } as const;
  const trainer = createTrainer(model, {
    graph,
    precision,
    optimizer,
    sizes: { train: [network.batch], evaluate: [] },
  });
  trainer.train(batches[0], { learningRate: 0.001 });
  const firstStep = (performance.now() - start) / 1000;
  return {
    firstStep,
    parameters: model.countParams(),
    /** Trains on all batches; gives the milliseconds. */
    round() {
      const before = performance.now();
      for (const batch of batches) trainer.train(batch, { learningRate: 0.001 });
      return performance.now() - before;
    },
    [Symbol.dispose]() {
      trainer[Symbol.dispose]();
      model.dispose();
    },
  };
}

function measure(expression: string, job: SpeedJob, batches: readonly Batch[]): SpeedResult {
  using function_ = contestant(expression, job, batches);
  using relu = job.besideRelu ? contestant("relu(x)", job, batches) : undefined;
  const times: number[] = [];
  const ratios: number[] = [];
  for (const one of [function_, relu]) one?.round();
  const begin = performance.now();
  const images = BATCHES * (job.network ?? PHI).batch;
  let cpuSeconds = 0;
  while (performance.now() - begin < job.seconds * 1000) {
    const before = cpu();
    const time = function_.round();
    cpuSeconds += cpu() - before;
    times.push(time);
    if (relu) ratios.push(time / relu.round());
  }
  return {
    imagesPerSecond: 1000 * images / median(times),
    ...relu && { timeBesideRelu: median(ratios) },
    cpuSeconds: 1000 * cpuSeconds / (times.length * images),
    firstStep: function_.firstStep,
    parameters: function_.parameters,
    megabytes: process.resourceUsage().maxRSS / 1000,
    megabytesLeft: Deno.memoryUsage().rss / 1e6,
  };
}

if (import.meta.main) {
  const job: SpeedJob = JSON.parse(Deno.args[0]);
  await loadEngine({ engine: "tensorflow", threads: job.threads, kernel: job.kernel });
  const { imageSize, batch } = job.network ?? PHI;
  const rng = random(1);
  const batches = Array.from({ length: BATCHES }, () => ({
    pixels: Float32Array.from({ length: batch * imageSize ** 2 * CHANNELS }, () => rng.next()),
    labels: Int32Array.from({ length: batch }, () => rng.integer(10)),
  }));
  console.log(JSON.stringify(job.expressions.map((expression) => measure(expression, job, batches))));
}
