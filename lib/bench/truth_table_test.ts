import { assertEquals, assertThrows } from "@std/assert";
import type { Trial } from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { readTruth, rowFitness, truthRow, writeTruth } from "./truth_table.ts";

const epoch = (
  epoch: number,
  learningRate: number,
  [validationAccuracy, validationLoss]: readonly [number, number],
) => ({
  ...{ epoch, learningRate, validationAccuracy, validationLoss, trainLoss: 1, seconds: 1, images: 10 },
});

const trial = (fields: Pick<Trial, "formula" | "genome" | "outcome" | "epochs">): Trial => ({
  ...fields,
  ...{ identity: fields.formula, label: "search", recipe: {}, seed: 2, test: false, number: 0 },
  ...{ startedAt: "2026-11-25T00:00:00Z", seconds: 1, attempts: 1 },
});

const TRIALS = [
  trial({
    formula: "max(x, 0)",
    genome: [6, 0, 1],
    outcome: { kind: "complete", fitness: 2, validationAccuracy: 0.8, validationLoss: 0.4, learningRate: 0.001 },
    epochs: [
      ...[epoch(1, 0.01, [0.1, NaN]), epoch(1, 0.001, [0.7, 0.9]), epoch(1, 0.0001, [0.6, 1])],
      ...[epoch(2, 0.001, [0.75, 0.5]), epoch(3, 0.001, [0.8, 0.4])],
    ],
  }),
  trial({ formula: "exp(x)", genome: undefined, outcome: { kind: "diverged", fitness: 0, epoch: 1 }, epochs: [] }),
  trial({
    formula: "sinh(x)",
    genome: [1, 2, 3],
    outcome: { kind: "diverged", fitness: 0, epoch: 3 },
    epochs: [epoch(1, 0.001, [0.2, 2]), epoch(2, 0.001, [0.3, 1.9]), epoch(3, 0.001, [0.1, Infinity])],
  }),
];

Deno.test("rows of trials are written and read again, and have their fitness", async () => {
  const path = await Deno.makeTempFile();
  const rows = TRIALS.map(truthRow);
  assertEquals(rows.map(rowFitness), [2, 0, 0]);
  assertEquals(rows[0].epochs, [[0.7, 0.9], [0.75, 0.5], [0.8, 0.4]].map(([accuracy, loss]) => ({ accuracy, loss })));
  assertEquals(rows[2].epochs.length, 2);
  writeTruth(path, rows);
  const genes = ({ genome, ...rest }: (typeof rows)[number]) => ({ ...rest, ...genome && { genome } });
  assertEquals(readTruth(path), rows.map(genes));
  assertEquals(
    (await Deno.readTextFile(path)).split("\n")[0].split(",").slice(0, 6).join(),
    "formula,genes,seed,outcome,learning rate,fitness",
  );
  await Deno.remove(path);
});

Deno.test("a table that is not there has no rows; a damaged one names the line", async () => {
  const path = await Deno.makeTempFile();
  assertEquals(readTruth(`${path}.none`), []);
  await Deno.writeTextFile(path, "formula,genes,seed,outcome,learning rate,fitness\nx,,one,complete,,1\n");
  assertThrows(() => readTruth(path), UserError, "line 2: expected seed to be a number, got one");
  await Deno.remove(path);
});
