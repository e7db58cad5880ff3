/**
 * The one test of every store: what a study relies on.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { StudyHead, StudyStore } from "../store.ts";
import { type StartedTrial, type Trial, trialKey, type TrialOutcome } from "../trial.ts";
import type { Epoch } from "../../training/mod.ts";

/** A way to make stores. */
export interface StoreFactory {
  /** Makes an empty store. */
  readonly create: (head: StudyHead) => StudyStore;
  /** Closes a store and opens it again, where it outlives the process; else returns it. */
  readonly reopen: (store: StudyStore) => StudyStore;
}

const HEAD: StudyHead = {
  name: "a study",
  createdAt: "2024-02-29T12:00:00.000Z",
  seed: 2 ** 31 - 1,
  settings: { recipe: { learningRate: 0.1, optimizer: 'a "quoted" ä' }, augment: false, limit: null, sizes: [1, "x"] },
};

function trial(number: number, changes: Partial<Trial> = {}): Trial {
  return {
    number,
    label: "search",
    formula: "x",
    identity: `key ${number}`,
    recipe: { epochs: 2, layers: [{ width: 8 }] },
    seed: 7,
    test: false,
    epochs: [],
    outcome: { kind: "complete", fitness: 0.5, validationAccuracy: 0.25, validationLoss: 0.5 },
    startedAt: "2024-02-29T12:00:01.000Z",
    seconds: 1.5,
    attempts: 1,
    ...changes,
  };
}

function started(number: number): StartedTrial {
  const { label, formula, identity, recipe, seed, test, startedAt } = trial(number);
  return { number, label, formula, identity, recipe, seed, test, startedAt };
}

// SQLite keeps -0 as 0, and JSON does too.
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x === 0 ? 0 : x);
const loss = fc.double().map((x) => x === 0 ? 0 : x);
const text = fc.string({ unit: "grapheme" });
const scores = { fitness: finite, validationAccuracy: finite, validationLoss: finite };
const anyOutcome: fc.Arbitrary<TrialOutcome> = fc.oneof(
  record({ kind: fc.constantFrom("complete" as const, "stopped" as const), ...scores }),
  record({ kind: fc.constant("complete" as const), ...scores, testAccuracy: finite, testLoss: finite }),
  record({ kind: fc.constant("diverged" as const), fitness: fc.constant(0 as const), epoch: fc.nat() }),
  record({ kind: fc.constant("failed" as const), reason: text, attempts: fc.constant(3) }),
);
const measured = { trainLoss: loss, validationLoss: loss, validationAccuracy: loss, seconds: finite, images: fc.nat() };
const anyEpochs: fc.Arbitrary<Epoch[]> = fc.array(
  record(measured),
  { maxLength: 3 },
).map((list) => list.map((metrics, i) => ({ epoch: i + 1, ...metrics })));
const required = {
  label: text,
  formula: text,
  identity: text,
  recipe: record({ network: text, sizes: fc.array(finite), inner: record({ learningRate: finite }) }),
  seed: fc.nat(),
  test: fc.boolean(),
  epochs: anyEpochs,
  outcome: anyOutcome,
  startedAt: fc.constant("2024-02-29T12:00:01.000Z"),
  seconds: finite,
  attempts: fc.constant(3),
};
const anyTrial: fc.Arbitrary<Omit<Trial, "number">> = fc.oneof(
  record(required),
  record({ ...required, genome: fc.array(fc.nat(20), { maxLength: 7 }), workerPid: fc.nat() }),
  record({ ...required, origin: record({ generation: fc.nat(), parents: fc.array(text) }) }),
);

/** A record with the prototype of every object. */
function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>;
}

/** Registers the tests for a store. */
export function testStore(name: string, { create, reopen }: StoreFactory): void {
  const test = (what: string, action: (store: StudyStore) => StudyStore | void) =>
    Deno.test(`${name}: ${what}`, () => {
      const store = create(HEAD);
      (action(store) ?? store).close();
    });

  test("has the head it was made with", (store) => {
    assertEquals({ ...store.head }, HEAD);
    const again = reopen(store);
    assertEquals({ ...again.head }, HEAD);
    return again;
  });

  test("is empty when it is new", (store) => {
    assertEquals([...store.trials()], []);
    assertEquals([...store.started()], []);
    assertEquals([...store.notes()], []);
  });

  test("keeps every trial exactly, by number", (store) => {
    const sample = fc.sample(anyTrial, { numRuns: 200, seed: 3 });
    const kept = sample.map((some, number): Trial => ({ ...some, number, identity: `${number} ${some.identity}` }));
    for (const some of kept.toReversed()) store.end(some);
    assertEquals([...store.trials()], kept);
    const again = reopen(store);
    assertEquals([...again.trials()], kept);
    return again;
  });

  test("marks a trial as begun until it ends", (store) => {
    store.start(started(1));
    store.start({ ...started(0), genome: [2, 9, 0] });
    assertEquals([...store.started()], [{ ...started(0), genome: [2, 9, 0] }, started(1)]);
    store.end(trial(1));
    assertEquals([...store.started()], [{ ...started(0), genome: [2, 9, 0] }]);
    assertEquals(store.trials().map(({ number }) => number), [1]);
  });

  test("remembers what was begun when it is opened again", (store) => {
    store.start(started(4));
    const again = reopen(store);
    assertEquals([...again.started()], [started(4)]);
    return again;
  });

  test("replaces the mark of a trial that begins again", (store) => {
    store.start(started(2));
    store.start({ ...started(2), startedAt: "2024-03-01T00:00:00.000Z" });
    assertEquals([...store.started()], [{ ...started(2), startedAt: "2024-03-01T00:00:00.000Z" }]);
  });

  test("takes a mark back, also one that is not there", (store) => {
    store.start(started(0));
    store.withdraw(0);
    store.withdraw(1);
    assertEquals([...store.started()], []);
    assertEquals([...store.trials()], []);
  });

  test("keeps no second trial of the same number, and begins none", (store) => {
    store.end(trial(0));
    assertThrows(() => store.end(trial(0, { identity: "another" })));
    assertThrows(() => store.start(started(0)));
    const again = reopen(store);
    assertEquals([[...again.trials()], [...again.started()]], [[trial(0)], []]);
    return again;
  });

  test("keeps no second trial of the same key", (store) => {
    store.end(trial(0));
    store.start(started(1));
    assertThrows(() => store.end(trial(1, { identity: "key 0" })));
    const again = reopen(store);
    assertEquals([[...again.trials()], [...again.started()]], [[trial(0)], [started(1)]]);
    return again;
  });

  test("finds a trial by its key, until it is forgotten", (store) => {
    store.end(trial(0));
    store.end(trial(1));
    const again = reopen(store);
    assertEquals(again.find(trialKey(trial(1))), trial(1));
    assertEquals(again.find(trialKey(trial(2))), undefined);
    again.discard(1);
    assertEquals(again.find(trialKey(trial(1))), undefined);
    return again;
  });

  test("forgets a trial that has ended, also one that is not there", (store) => {
    const metrics = { epoch: 1, trainLoss: 1, validationLoss: 1, validationAccuracy: 1, seconds: 1, images: 32 };
    store.end(trial(0, { epochs: [metrics] }));
    store.end(trial(1));
    store.discard(0);
    store.discard(7);
    assertEquals([...store.trials()], [trial(1)]);
    store.end(trial(0)); // number and key are free again
    const again = reopen(store);
    assertEquals([...again.trials()], [trial(0), trial(1)]);
    return again;
  });

  test("tells trials of the same function apart by recipe, seed and test, and by nothing else", (store) => {
    const recipe = { epochs: 3, layers: [{ width: 8 }] };
    const all = [trial(0), trial(1, { recipe }), trial(2, { seed: 8 }), trial(3, { test: true })];
    const same = all.map((some) => ({ ...some, identity: "same" }));
    for (const some of same) store.end(some);
    assertEquals([...store.trials()], same);
    const reordered = { layers: [{ width: 8 }], epochs: 3 };
    assertThrows(() => store.end(trial(4, { identity: "same", recipe: reordered, label: "final", formula: "x + 0" })));
  });

  test("writes notes, and over them", (store) => {
    store.note("test set", "not used");
    store.note("engine", "TensorFlow");
    store.note("test set", "used");
    const notes = new Map([["engine", "TensorFlow"], ["test set", "used"]]);
    assertEquals(new Map([...store.notes()].sort()), notes);
    const again = reopen(store);
    assertEquals(new Map([...again.notes()].sort()), notes);
    return again;
  });

  test("does not change with what it gave or was given", (store) => {
    const given = { ...started(0), genome: [1, 2, 3] };
    store.start(given);
    given.genome.push(4);
    assertEquals(store.started()[0].genome, [1, 2, 3]);
    assertThrows(() => (store.trials() as Trial[]).push(trial(9)), TypeError);
    assertEquals([...store.trials()], []);
  });

  test("closes more than once", (store) => {
    store.close();
  });
}
