/**
 * Where a training step's time goes, by operation and precision, beside its convolutions and products alone.
 *
 * @module
 */
import { format, resolveActivation } from "../activation/mod.ts";
import { textTable } from "../report/mod.ts";
import { NETWORKS, networksOf } from "./frameworks.ts";
import { measureStep } from "./measure.ts";
import { PHI } from "./speed_process.ts";
import type { StepResult } from "./step_process.ts";

const ROUNDS = 30;
const LEAST = 0.01; // share of the step that an operation must have to be in the table

const PRECISIONS = ["float32", "bfloat16"] as const;

/** Options of {@linkcode stepTimes}. */
export interface StepOptions {
  /** Networks; all where none is named. */
  readonly names: readonly string[];
  readonly batch: number;
  /** A name of the catalogue, or a formula. */
  readonly function: string;
}

const sum = ({ operations }: StepResult) => operations.reduce((total, { milliseconds }) => total + milliseconds, 0);

/** What a step could not do without: its convolutions three times (forward, and both gradients), and its products. */
const limit = ({ alone }: StepResult) => 3 * alone.convolutions + alone.products;

function table(title: string, results: readonly StepResult[]): string {
  const names = [
    ...new Set(
      results.flatMap((result) =>
        result.operations.filter(({ milliseconds }) => milliseconds > LEAST * sum(result)).map(({ operation }) =>
          operation
        )
      ),
    ),
  ];
  const cells = (nodes: number, milliseconds: number, total: number) => [
    `${nodes}`,
    milliseconds.toFixed(1),
    `${(100 * milliseconds / total).toFixed(1)} %`,
  ];
  const row = (isIn: (operation: string) => boolean) =>
    results.flatMap((result) => {
      const those = result.operations.filter(({ operation }) => isIn(operation));
      const add = (key: "nodes" | "milliseconds") => those.reduce((total, { [key]: value }) => total + value, 0);
      return cells(add("nodes"), add("milliseconds"), sum(result));
    });
  return textTable({
    columns: [title, ...PRECISIONS.flatMap((precision) => [`${precision}, nodes`, "ms", "share"])],
    values: [
      ...names.map((name) => [name, ...row((operation) => operation === name)]),
      ["others", ...row((operation) => !names.includes(operation))],
      ["all", ...row(() => true)],
    ],
  });
}

/** Measures and prints a step of each network in both precisions. */
export async function stepTimes({ names, batch, function: name }: StepOptions): Promise<void> {
  const expression = format(resolveActivation(name));
  console.log(
    `Milliseconds on one thread, the least of ${ROUNDS} steps for each operation. A step takes turns with its ` +
      "convolutions and products alone. The limit is the convolutions forward three times, and the products.",
  );
  for (const network of networksOf(names, [PHI, ...NETWORKS])) {
    const job = { network: { ...network, batch }, expression, rounds: ROUNDS };
    const results: StepResult[] = [];
    for (const precision of PRECISIONS) {
      console.error(`${network.name}, ${precision}`);
      results.push(await measureStep({ ...job, precision }));
    }
    console.log(`\n${table(`${network.name}, ${network.imageSize} pixels, batch of ${batch}`, results)}`);
    for (const [i, result] of results.entries()) {
      const { alone: { convolutions, products }, cpu } = result;
      console.log(
        `${PRECISIONS[i]}: limit 3 × ${convolutions.toFixed(1)} + ${products.toFixed(1)} = ${
          limit(result).toFixed(1)
        } ms, ` +
          `${(100 * limit(result) / sum(result)).toFixed(0)} % of the step's ${sum(result).toFixed(1)} ms ` +
          `(CPU time of a step: ${cpu.toFixed(1)} ms)`,
      );
    }
  }
}
