import { assertEquals } from "@std/assert";
import { bestEpoch, chosenEpochs, type Epoch, type Outcome } from "./outcome.ts";

/** Epochs as [accuracy, loss], and the number of the best one. */
const TABLE: readonly { epochs: readonly (readonly [number, number])[]; best: number | undefined }[] = [
  { epochs: [], best: undefined },
  { epochs: [[0.5, 1]], best: 1 },
  { epochs: [[0.5, 1], [0.6, 9], [0.4, 0.1]], best: 2 },
  { epochs: [[0.5, 1], [0.5, 0.9]], best: 2 },
  { epochs: [[0.5, 0.9], [0.5, 0.9]], best: 1 },
];

for (const { epochs, best } of TABLE) {
  Deno.test(`the best of ${JSON.stringify(epochs)}`, () => {
    const measured = epochs.map(([validationAccuracy, validationLoss], i) => (
      { epoch: i + 1, validationAccuracy, validationLoss }
    ));
    assertEquals(bestEpoch(measured)?.epoch, best);
  });
}

const epochs = (of: readonly (readonly [number, number?])[]): Epoch[] =>
  of.map(([epoch, learningRate]) => ({
    ...{ epoch, trainLoss: 1, validationLoss: 1, validationAccuracy: 0.5, seconds: 1, images: 8 },
    ...learningRate && { learningRate },
  }));
const complete = (learningRate?: number): Outcome => ({
  ...{ kind: "complete", fitness: 1, validationAccuracy: 0.5, validationLoss: 1 },
  ...learningRate && { learningRate },
});

/** Epochs as [epoch, learning rate], what came of them, and the epochs that led there. */
const CHOSEN: readonly (readonly [string, Epoch[], Outcome, readonly (readonly [number, number?])[]])[] = [
  ["one learning rate", epochs([[1], [2]]), complete(), [[1], [2]]],
  ["the second of three", epochs([[1, 3], [1, 2], [1, 1], [2, 2]]), complete(2), [[1, 2], [2, 2]]],
  ["one epoch", epochs([[1, 3], [1, 2]]), complete(3), [[1, 3]]],
  ["diverged later", epochs([[1, 3], [1, 2], [2, 3]]), { kind: "diverged", fitness: 0, epoch: 3 }, [[1, 3], [2, 3]]],
  ["diverged at once", [], { kind: "diverged", fitness: 0, epoch: 1 }, []],
];

for (const [name, given, outcome, chosen] of CHOSEN) {
  Deno.test(`the epochs that led to an outcome: ${name}`, () => {
    assertEquals(chosenEpochs({ epochs: given, outcome }), epochs(chosen));
  });
}
