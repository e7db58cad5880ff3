import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { encodeJson, type TrialResult } from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { readEpoch, readJob, readResult, writeEpoch, writeResult } from "./messages.ts";

const JOB = { formula: "relu(x)", recipe: { epochs: 2 }, seed: 1, test: false };
const RESULT: TrialResult = {
  epochs: [],
  outcome: { kind: "complete", fitness: 1, validationAccuracy: 0.5, validationLoss: 0.5 },
  startedAt: "2026-01-02T03:04:05.678Z",
  seconds: 1.5,
  attempts: 1,
  workerPid: 7,
  machine: { host: "gpu1", kind: "tensorflow" },
};

const metric = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity)).map((value) => value === 0 ? 0 : value); // JSON has no -0

Deno.test("results and epochs come back as they were written, also NaN and the infinities", () => {
  fc.assert(fc.property(metric, metric, fc.integer({ min: 1 }), (trainLoss, validationLoss, epoch) => {
    const metrics = { epoch, trainLoss, validationLoss, validationAccuracy: 0.5, seconds: 1, images: 32 };
    assertEquals(readEpoch(writeEpoch(metrics)), { ...metrics });
    assertEquals(readResult(writeResult({ ...RESULT, epochs: [metrics] })).epochs, [metrics]);
  }));
});

const NO_JOBS: readonly unknown[] = [
  undefined,
  "relu(x)",
  { ...JOB, formula: "" },
  { ...JOB, formula: "x".repeat(100_000) },
  { ...JOB, seed: -1 },
  { ...JOB, seed: 1.5 },
  { ...JOB, test: "yes" },
  { ...JOB, code: "Deno.exit()" },
  { ...JOB, recipe: null },
];

Deno.test("a job is read, and nothing else is taken for one", () => {
  assertEquals(readJob(JOB), JOB);
  for (const data of NO_JOBS) assertThrows(() => readJob(data), UserError, "Expected a trial");
});

const NO_RESULTS: readonly unknown[] = [
  undefined,
  "no json",
  {},
  { ...RESULT, outcome: { kind: "complete", fitness: "1" } },
  { ...RESULT, outcome: { ...RESULT.outcome, fitness: Infinity } },
  { ...RESULT, outcome: { ...RESULT.outcome, kind: "perfect" } },
  { ...RESULT, startedAt: "yesterday" },
  { ...RESULT, attempts: 0 },
  { ...RESULT, machine: undefined },
  { ...RESULT, epochs: [{ epoch: 0 }] },
];

Deno.test("a result is read, and nothing else is taken for one", () => {
  assertEquals(readResult(writeResult(RESULT)), RESULT);
  for (const data of NO_RESULTS) {
    assertThrows(
      () => readResult(typeof data === "object" ? encodeJson(data) : data),
      UserError,
      "Expected a trial's result",
    );
  }
});
