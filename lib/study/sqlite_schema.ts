/**
 * The tables of a study's file, and their rows as trials and back. It knows nothing of files, locks or transactions.
 *
 * SQLite keeps NaN as NULL; a NULL in a column that always has a number is therefore read as NaN.
 *
 * @module
 */
import {
  conditionsText,
  type EpochMetrics,
  type StartedTrial,
  type Trial,
  TRIAL_KINDS,
  type TrialOutcome,
  type TrialSpec,
} from "./trial.ts";

/**
 * The version of the tables, kept as `user_version`. In version 1 trials have no conditions; it is read, and written to
 * as long as they have none.
 */
export const SCHEMA_VERSION = 2;

/** Marks a SQLite file as a study: "AFOS" in ASCII, kept as `application_id`. */
export const APPLICATION_ID = 0x41464f53;

/** Makes the tables in an empty file. */
export const SCHEMA = `
  pragma application_id = ${APPLICATION_ID};
  pragma user_version = ${SCHEMA_VERSION};
  create table head (name text not null, value text not null, primary key (name)) strict, without rowid;
  create table notes (name text not null, value text not null, primary key (name)) strict, without rowid;
  create table started (
    number integer primary key, kind text not null, expression text not null, genome text, identity text not null,
    seed integer not null, test integer not null, conditions text not null default '{}', started_at text not null
  ) strict;
  create table trials (
    number integer primary key, kind text not null, expression text not null, genome text, identity text not null,
    seed integer not null, test integer not null, conditions text not null default '{}', started_at text not null,
    status text not null, fitness real, validation_accuracy real, validation_loss real, test_accuracy real,
    test_loss real, diverged_epoch integer, reason text,
    seconds real not null, attempts integer not null, worker_pid integer,
    unique (kind, identity, seed, test, conditions)
  ) strict;
  create table epochs (
    trial integer not null references trials (number), epoch integer not null, train_loss real, validation_loss real,
    validation_accuracy real, seconds real, images integer, primary key (trial, epoch)
  ) strict, without rowid;
`;

/** A value of a column. */
export type Column = string | number | null;

/** A row of a table, by column. */
export type Row = Readonly<Record<string, Column>>;

/** A row of `started`. */
export function startedRow({ number, startedAt, ...spec }: StartedTrial): Row {
  return {
    number,
    kind: spec.kind,
    expression: spec.expression,
    genome: spec.genome ? JSON.stringify(spec.genome) : null,
    identity: spec.identity,
    seed: spec.seed,
    test: Number(spec.test),
    ...spec.conditions && { conditions: conditionsText(spec.conditions) },
    started_at: startedAt,
  };
}

/** A row of `trials`. */
export function trialRow(trial: Trial): Row {
  const { outcome } = trial;
  const scores = outcome.kind === "complete" || outcome.kind === "stopped" ? outcome : undefined;
  return {
    ...startedRow(trial),
    status: outcome.kind,
    fitness: outcome.kind === "failed" ? null : outcome.fitness,
    validation_accuracy: scores?.validationAccuracy ?? null,
    validation_loss: scores?.validationLoss ?? null,
    test_accuracy: scores?.testAccuracy ?? null,
    test_loss: scores?.testLoss ?? null,
    diverged_epoch: outcome.kind === "diverged" ? outcome.epoch : null,
    reason: outcome.kind === "failed" ? outcome.reason : null,
    seconds: trial.seconds,
    attempts: trial.attempts,
    worker_pid: trial.workerPid ?? null,
  };
}

/** A row of `epochs`. */
export function epochRow(trial: number, metrics: EpochMetrics): Row {
  return {
    trial,
    epoch: metrics.epoch,
    train_loss: metrics.trainLoss,
    validation_loss: metrics.validationLoss,
    validation_accuracy: metrics.validationAccuracy,
    seconds: metrics.seconds,
    images: metrics.images ?? null,
  };
}

/** A started trial from its row. */
export function startedTrial(row: Row): StartedTrial {
  return { number: Number(row.number), ...spec(row), startedAt: String(row.started_at) };
}

/** A trial from its row and the rows of its epochs, in order. Throws an Error where they are none of ours. */
export function endedTrial(row: Row, epochs: readonly Row[]): Trial {
  return {
    number: Number(row.number),
    ...spec(row),
    epochs: epochs.map(epochMetrics),
    outcome: outcome(row),
    startedAt: String(row.started_at),
    seconds: real(row.seconds),
    attempts: Number(row.attempts),
    ...row.worker_pid !== null && { workerPid: Number(row.worker_pid) },
  };
}

function spec(row: Row): TrialSpec {
  const kind = TRIAL_KINDS.find((known) => known === row.kind);
  if (kind === undefined) throw new Error(`trial ${row.number} is of kind ${row.kind}`);
  return {
    kind,
    expression: String(row.expression),
    ...row.genome !== null && { genome: JSON.parse(String(row.genome)) },
    identity: String(row.identity),
    seed: Number(row.seed),
    test: row.test === 1,
    ...hasConditions(row) && { conditions: JSON.parse(String(row.conditions)) },
  };
}

function hasConditions({ conditions }: Row): boolean {
  return conditions !== undefined && conditions !== "{}";
}

function outcome(row: Row): TrialOutcome {
  switch (row.status) {
    case "complete":
    case "stopped":
      return {
        kind: row.status,
        fitness: real(row.fitness),
        validationAccuracy: real(row.validation_accuracy),
        validationLoss: real(row.validation_loss),
        ...row.test_accuracy !== null && { testAccuracy: real(row.test_accuracy) },
        ...row.test_loss !== null && { testLoss: real(row.test_loss) },
      };
    case "diverged":
      return { kind: "diverged", fitness: 0, epoch: Number(row.diverged_epoch) };
    case "failed":
      return { kind: "failed", reason: String(row.reason), attempts: Number(row.attempts) };
    default:
      throw new Error(`trial ${row.number} has the status ${row.status}`);
  }
}

function epochMetrics(row: Row): EpochMetrics {
  return {
    epoch: Number(row.epoch),
    trainLoss: real(row.train_loss),
    validationLoss: real(row.validation_loss),
    validationAccuracy: real(row.validation_accuracy),
    seconds: real(row.seconds),
    ...row.images !== null && { images: Number(row.images) },
  };
}

function real(value: Column): number {
  return value === null ? NaN : Number(value);
}
