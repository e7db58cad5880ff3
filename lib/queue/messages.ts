/**
 * What goes through a queue: jobs to the workers, results back. Both come from outside, and are checked on arrival.
 *
 * @module
 */
import { z } from "zod";
import { checkOutcome, decodeJson, encodeJson, type TrialJob, type TrialResult } from "../study/mod.ts";
import type { Epoch } from "../training/mod.ts";
import { UserError } from "../user_error.ts";

const LONGEST_FORMULA = 10_000; // characters
const LONGEST_REASON = 20_000;

const jobSchema = z.strictObject({
  formula: z.string().min(1).max(LONGEST_FORMULA),
  recipe: z.record(z.string(), z.unknown()),
  seed: z.number().int().min(0),
  test: z.boolean(),
});

const epochSchema = z.object({
  epoch: z.number().int().min(1),
  trainLoss: z.number().or(z.nan()).or(z.literal([Infinity, -Infinity])),
  validationLoss: z.number().or(z.nan()).or(z.literal([Infinity, -Infinity])),
  validationAccuracy: z.number(),
  seconds: z.number(),
  images: z.number(),
});

const scores = {
  fitness: z.number(),
  validationAccuracy: z.number(),
  validationLoss: z.number(),
  testAccuracy: z.number().optional(),
  testLoss: z.number().optional(),
};

const resultSchema = z.object({
  epochs: z.array(epochSchema),
  outcome: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("complete"), ...scores }),
    z.strictObject({ kind: z.literal("stopped"), ...scores }),
    z.strictObject({ kind: z.literal("diverged"), fitness: z.literal(0), epoch: z.number().int().min(1) }),
    z.strictObject({ kind: z.literal("failed"), reason: z.string().max(LONGEST_REASON), attempts: z.number() }),
  ]),
  startedAt: z.iso.datetime(),
  seconds: z.number().min(0),
  attempts: z.number().int().min(1),
  workerPid: z.number().int().optional(),
  machine: z.strictObject({ host: z.string(), kind: z.string() }),
});

/** Reads with a schema. Throws a UserError that says what is wrong. */
function read<S extends z.ZodType>(schema: S, { value, what }: { value: unknown; what: string }): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new UserError(`Expected ${what}, got another thing: ${path.join(".") || "the whole"}: ${message}`);
}

/** The trial in a job. Throws a UserError where there is none. */
export function readJob(data: unknown): TrialJob {
  return read(jobSchema, { value: data, what: "a trial" });
}

/** A result as a text. */
export function writeResult(result: TrialResult): string {
  const { outcome } = result;
  if (outcome.kind !== "failed") return encodeJson(result);
  return encodeJson({ ...result, outcome: { ...outcome, reason: outcome.reason.slice(0, LONGEST_REASON) } });
}

/** The result in a text. Throws a UserError where there is none. */
export function readResult(text: unknown): TrialResult {
  const result = read(resultSchema, { value: decode(text), what: "a trial's result" });
  checkOutcome(result.outcome);
  return result;
}

/** An epoch as a text. */
export function writeEpoch(epoch: Epoch): string {
  return encodeJson(epoch);
}

/** The epoch in a text; undefined where there is none. */
export function readEpoch(text: unknown): Epoch | undefined {
  return epochSchema.safeParse(decode(text)).data;
}

function decode(text: unknown): unknown {
  try {
    return typeof text === "string" ? decodeJson(text) : undefined;
  } catch {
    return undefined;
  }
}
