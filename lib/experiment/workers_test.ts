import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { SettingsError } from "../schema.ts";
import type { TrialJob } from "../study/trial.ts";
import { UserError } from "../user_error.ts";
import { checkWorkers, startWorkers } from "./workers.ts";

Deno.test("so many workers as only use up the memory are refused in one line", () => {
  const most = Math.max(8, 4 * navigator.hardwareConcurrency);
  for (const workers of [1, most]) checkWorkers(workers);
  for (const workers of [0, 1.5, most + 1, 100_000]) {
    assertThrows(() => checkWorkers(workers), SettingsError, `expected 1 to ${most} on this machine`);
  }
});

Deno.test("a worker refuses images that are not those of the study", async () => {
  const { pool, engine } = await startWorkers({ workers: 1, engine: "tensorflow", threads: 1, kernel: false });
  try {
    const recipe = {
      ...{
        network: "phi",
        dataset: "fashion-mnist",
        imageSize: 8,
        trainImages: 20,
        validationImages: 10,
        testImages: 10,
      },
      ...{ splitSeed: 1, epochs: 1, batchSize: 10, learningRate: 0.01, momentum: 0, dropout: 0, gate: 0, threads: 1 },
      ...{ engine: engine.name, engineVersion: engine.version, graph: true, kernel: false, precision: "float32" },
    };
    const job: TrialJob = { formula: "x", recipe, seed: 1, test: false };
    const execution = await pool.run(job);
    assertEquals(execution.kind === "ended" && execution.result.outcome.kind, "complete");
    await assertRejects(
      () => pool.run({ ...job, recipe: { ...recipe, dataDigest: "00" } }),
      UserError,
      "The images of fashion-mnist are not those of the study: expected the digest 00, got ",
    );
  } finally {
    await pool.close();
  }
});
