/**
 * The noise of the protocol, measured by two functions that are mirror images: EELU-2(x) = EELU-1(−x). In a network with
 * symmetric initial weights both are equal in distribution, and what differs there is chance alone.
 *
 * @module
 */
import { mean } from "../../statistics/mod.ts";
import type { Row } from "../cells.ts";
import type { Training } from "../trainings.ts";
import { significant } from "../words.ts";

/** What is known of networks: whether mirroring the function changes nothing but signs of weights. */
const SYMMETRY: Readonly<Record<string, string>> = {
  phi: "yes",
  vgg16: "yes",
  mobilenet: "yes",
  cct: "yes",
  cct7: "yes",
  alexnet: "nearly (its biases of 1 are not)",
  resnet50: "no (residual sums)",
};

/** The noise over all cases of symmetric networks. */
export interface MirrorNoise {
  /** Pairs of trainings of the same case and seed. */
  readonly pairs: number;
  /** Mean of EELU-2 − EELU-1, in [−1, 1]. */
  readonly mean: number;
  /** Root of the mean square of the differences: what two trainings of equal functions differ by. */
  readonly rootMeanSquare: number;
}

/** EELU-2 − EELU-1 by case: a difference for each seed that both were trained with to the end. */
function differences(trainings: readonly Training[]) {
  return [...Map.groupBy(trainings, (training) => training.case)].map(([name, ofCase]) => {
    const scores = (wanted: string) =>
      new Map(
        ofCase.flatMap((one) =>
          one.function === wanted && one.score !== null && !one.diverged ? [[one.seed, one.score] as const] : []
        ),
      );
    const [first, second] = [scores("eelu1"), scores("eelu2")];
    const bySeed = [...first].flatMap(([seed, score]) => second.has(seed) ? [second.get(seed)! - score] : []);
    return { name, symmetric: SYMMETRY[ofCase[0].network] ?? "unknown", bySeed };
  }).filter(({ bySeed }) => bySeed.length > 0);
}

const rootMeanSquare = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => value ** 2)));

/** The noise; undefined where no symmetric network was trained with both functions. */
export function mirrorNoise(trainings: readonly Training[]): MirrorNoise | undefined {
  const all = differences(trainings).filter(({ symmetric }) => symmetric === "yes").flatMap(({ bySeed }) => bySeed);
  return all.length === 0 ? undefined : { pairs: all.length, mean: mean(all), rootMeanSquare: rootMeanSquare(all) };
}

/**
 * What means of two equal functions over so many seeds differ by: the root mean square of single trainings / √seeds. A
 * difference of means that is no larger is no finding.
 */
export function noiseOfMeans({ rootMeanSquare }: MirrorNoise, seeds: number): number {
  return rootMeanSquare / Math.sqrt(seeds);
}

/** The rows by case, in percentage points. */
export function mirrorRows(trainings: readonly Training[]): Row[] {
  return differences(trainings).map(({ name, symmetric, bySeed }) => ({
    case: name,
    "network symmetric": symmetric,
    seeds: bySeed.length,
    "EELU-2 − EELU-1 (points)": significant(100 * mean(bySeed)),
    "root mean square": significant(100 * rootMeanSquare(bySeed)),
  }));
}
