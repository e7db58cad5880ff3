import { assertEquals } from "@std/assert";
import { bestEpoch } from "./outcome.ts";

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
