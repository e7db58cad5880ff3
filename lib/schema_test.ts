import { assert, assertEquals, assertThrows } from "@std/assert";
import { z } from "zod";
import {
  check,
  choice,
  defaultOf,
  factsOf,
  flag,
  integer,
  list,
  number,
  partial,
  pickFields,
  SettingsError,
  text,
} from "./schema.ts";

const SCHEMA = z.object({
  epochs: integer("Passes", { minimum: 1 }).default(2),
  rate: number("Size of a step", { above: 0, below: 1 }),
  gate: number("Least accuracy").nullable().default(null),
  rule: choice("Which rule", ["momentum", "adam"]).default("adam"),
  kernel: flag("One operation").default(false),
  dataset: text("Which images").default("mnist"),
  rates: list("Rates to try", { of: number("A rate", { above: 0 }), minimum: 2 }).optional(),
});

const CHECK = { action: "Cannot train" } as const;
const DEFAULTS = { epochs: 2, rate: 0.5, gate: null, rule: "adam", kernel: false, dataset: "mnist" } as const;

Deno.test("a record gets its defaults; what is undefined counts as not given", () => {
  assertEquals(check(SCHEMA, { rate: 0.5 }, CHECK), DEFAULTS);
  assertEquals(check(SCHEMA, { rate: 0.5, epochs: undefined, rates: undefined }, CHECK), DEFAULTS);
  const all = { ...DEFAULTS, epochs: 9, gate: 0.25, rule: "momentum", kernel: true, rates: [1, 0.1] } as const;
  assertEquals(check(SCHEMA, all, CHECK), all);
});

/** A record, and what is said of it. */
const WRONG: readonly (readonly [record: unknown, message: string])[] = [
  [{}, "expected rate to be a number above 0 and below 1, got none"],
  [{ rate: 0 }, "expected rate to be a number above 0 and below 1, got 0"],
  [{ rate: 1 }, "expected rate to be a number above 0 and below 1, got 1"],
  [{ rate: NaN }, "expected rate to be a number above 0 and below 1, got NaN"],
  [{ rate: "0.5" }, 'expected rate to be a number above 0 and below 1, got "0.5"'],
  [{ rate: 0.5, epochs: 1.5 }, "expected epochs to be an integer of at least 1, got 1.5"],
  [{ rate: 0.5, epochs: null }, "expected epochs to be an integer of at least 1, got null"],
  [{ rate: 0.5, gate: Infinity }, "expected gate to be a number, or null, got Infinity"],
  [{ rate: 0.5, rule: "sgd" }, 'expected rule to be momentum or adam, got "sgd"'],
  [{ rate: 0.5, kernel: 1 }, "expected kernel to be true or false, got 1"],
  [{ rate: 0.5, dataset: "" }, 'expected dataset to be a text, got ""'],
  [
    { rate: 0.5, rates: [1] },
    "expected rates to be a list of at least 2 different values, each a number above 0, got [1]",
  ],
  [
    { rate: 0.5, rates: [1, 1] },
    "expected rates to be a list of at least 2 different values, each a number above 0, got [1,1]",
  ],
  [
    { rate: 0.5, rates: [1, -1] },
    "expected rates to be a list of at least 2 different values, each a number above 0, got [1,-1]",
  ],
  [{ rate: 0.5, epoch: 3 }, "unknown setting epoch; did you mean epochs?"],
  [{ rate: 0.5, other: 3 }, "unknown setting other: expected some of epochs, rate, gate"],
  [null, "expected an object with settings, got null"],
  [[1], "expected an object with settings, got [1]"],
  ["rate", 'expected an object with settings, got "rate"'],
];

for (const [record, message] of WRONG) {
  Deno.test(`refused: ${message}`, () => {
    assertThrows(() => check(SCHEMA, record, CHECK), SettingsError, `Cannot train: ${message}`);
    assertThrows(
      () => check(SCHEMA, record, { ...CHECK, path: "case 1" }),
      SettingsError,
      `Cannot train: case 1: ${message}`,
    );
  });
}

Deno.test("what a field says of itself is there behind a default and where it may be null", () => {
  const { shape } = SCHEMA;
  assertEquals(factsOf(shape.epochs), {
    description: "Passes",
    kind: "integer",
    bounds: { minimum: 1 },
    expected: "an integer of at least 1",
  });
  assertEquals([factsOf(shape.gate)!.kind, factsOf(shape.rule)!.choices], ["number", ["momentum", "adam"]]);
  assertEquals(factsOf(shape.rates)!.of!.bounds, { above: 0 });
  assertEquals(factsOf(z.number()), undefined);
  // Each field has facts of its own: the same words twice are two fields.
  assert(factsOf(integer("a")) !== factsOf(integer("a")));
});

Deno.test("defaults of fields", () => {
  const defaults = Object.entries(SCHEMA.shape).map(([name, field]) => [name, defaultOf(field)]);
  assertEquals(Object.fromEntries(defaults), { ...DEFAULTS, rate: undefined, rates: undefined });
});

Deno.test("a part of a record: nothing is needed, nothing is added, and what is given is checked all the same", () => {
  const asked = partial(SCHEMA);
  assertEquals(check(asked, {}, CHECK), {});
  assertEquals(check(asked, { epochs: 3, gate: null }, CHECK), { epochs: 3, gate: null });
  assertThrows(() => check(asked, { epochs: 0 }, CHECK), SettingsError, "an integer of at least 1, got 0");
  assertThrows(() => check(asked, { epochs: null }, CHECK), SettingsError, "an integer of at least 1, got null");
});

Deno.test("fields that a schema has are picked, others left", () => {
  assertEquals(pickFields(SCHEMA, { epochs: 3, more: 1, toString: 2 }), { epochs: 3 });
});
