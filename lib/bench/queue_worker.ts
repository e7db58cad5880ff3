/**
 * A worker of the queue's benchmark: its trials cost nothing. Argument: the address of the queue. It must not be imported.
 *
 * @module
 */
import { QueueWorker } from "../queue/mod.ts";
import { random } from "../random.ts";
import { InlineExecutor } from "../study/mod.ts";

await new QueueWorker({
  url: Deno.args[0],
  executor: new InlineExecutor(({ formula, seed }) => {
    const rng = random(seed).split(formula);
    const [fitness, validationAccuracy, validationLoss] = [rng.next(), rng.next(), rng.next()];
    return { kind: "complete", fitness, validationAccuracy, validationLoss };
  }),
  machine: {},
  kind: "benchmark",
  refusal: () => undefined,
}).run();
