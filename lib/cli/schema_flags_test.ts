import { assert, assertEquals, assertThrows } from "@std/assert";
import { z } from "zod";
import { choice, flag, integer, list, number, text } from "../schema.ts";
import { describeFlags, parseFlags } from "./flags.ts";
import { schemaFlags, settingsOf } from "./schema_flags.ts";

const SCHEMA = z.object({
  epochs: integer("Passes", { minimum: 1 }),
  learningRate: number("Size of a step", { above: 0, below: 1 }).default(0.1),
  optimizer: choice("Which rule", ["momentum", "adam"]),
  kernel: flag("Whether activations are one operation"),
  datasetName: text("Which images"),
  learningRates: list("Rates to try", { of: number("A rate", { above: 0 }) }).nullable(),
  baselines: list("Functions", { of: text("A function") }),
  gate: number("Least accuracy", { minimum: 0 }),
  plain: z.number(),
});

const NAMES = {
  epochs: "epochs",
  "learning-rate": "learningRate",
  optimizer: "optimizer",
  kernel: "kernel",
  dataset: "datasetName",
  "learning-rates": "learningRates",
  baselines: "baselines",
  gate: "gate",
} as const;

const FLAGS = schemaFlags(SCHEMA, { names: NAMES, otherwise: () => "the preset's" });

const read = (...args: string[]) =>
  settingsOf(SCHEMA, { names: NAMES, values: parseFlags(args, { flags: FLAGS, dashedOperands: false }).values });

Deno.test("each field has a flag of its kind, with its bounds and what counts without it", () => {
  assertEquals(FLAGS, {
    epochs: { kind: "integer", minimum: 1, description: "Passes", otherwise: "the preset's" },
    "learning-rate": { kind: "number", above: 0, below: 1, description: "Size of a step", otherwise: "the preset's" },
    optimizer: { kind: "choice", choices: ["momentum", "adam"], description: "Which rule", otherwise: "the preset's" },
    kernel: {
      kind: "choice",
      choices: ["on", "off"],
      description: "Whether activations are one operation",
      otherwise: "the preset's",
    },
    dataset: { kind: "text", description: "Which images", otherwise: "the preset's" },
    "learning-rates": { kind: "text", placeholder: "LIST", description: "Rates to try", otherwise: "the preset's" },
    baselines: { kind: "text", placeholder: "LIST", description: "Functions", otherwise: "the preset's" },
    gate: { kind: "number", minimum: 0, description: "Least accuracy", otherwise: "the preset's" },
  });
  assert(describeFlags(FLAGS).includes("--learning-rates LIST"));
});

/** What is written on the command line, and the settings that it says. */
const READ: readonly { args: string[]; settings: Record<string, unknown> }[] = [
  { args: [], settings: {} },
  { args: ["--epochs", "3"], settings: { epochs: 3 } },
  { args: ["--learning-rate", "1e-3"], settings: { learningRate: 0.001 } },
  { args: ["--gate", "0"], settings: { gate: 0 } },
  { args: ["--kernel", "on"], settings: { kernel: true } },
  { args: ["--kernel=off"], settings: { kernel: false } },
  { args: ["--optimizer", "adam", "--dataset", "mnist"], settings: { optimizer: "adam", datasetName: "mnist" } },
  { args: ["--learning-rates", "0.1, 0.2,1e-3"], settings: { learningRates: [0.1, 0.2, 0.001] } },
  { args: ["--learning-rates", "0.1,x"], settings: { learningRates: [0.1, NaN] } },
  { args: ["--baselines", "relu, gelu"], settings: { baselines: ["relu", "gelu"] } },
];

for (const { args, settings } of READ) {
  Deno.test(`the settings of: ${args.join(" ") || "no flags"}`, () => assertEquals(read(...args), settings));
}

Deno.test("what is read satisfies the schema, and what does not is found there", () => {
  const values = {
    ...read("--epochs", "3", "--kernel", "on", "--baselines", "relu"),
    optimizer: "adam",
    datasetName: "x",
  };
  assertEquals(SCHEMA.partial().safeParse(values).success, true);
  assertEquals(SCHEMA.partial().safeParse(read("--learning-rates", "0.1,x")).success, false);
  assertThrows(() => read("--epochs", "0"), Error, "epochs");
});

Deno.test("a field that says nothing of itself cannot have a flag", () => {
  assertThrows(() => schemaFlags(SCHEMA, { names: { plain: "plain" }, otherwise: () => "none" }), Error, "plain");
});
