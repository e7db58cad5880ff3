import { assertEquals, assertThrows } from "@std/assert";
import { describeFlags, type Flags, parseFlags, UsageError } from "./flags.ts";

const FLAGS = {
  seed: { kind: "integer", minimum: 0, default: 1, description: "Seed" },
  rate: { kind: "number", above: 0, maximum: 1, description: "Learning rate" },
  engine: { kind: "choice", choices: ["native", "wasm"], default: "native", description: "Engine" },
  study: { kind: "text", placeholder: "NAME", description: "Name of the study" },
  only: { kind: "list", placeholder: "NAME", description: "What to take" },
  json: { kind: "boolean", description: "Prints JSON" },
} as const satisfies Flags;

const DEFAULTS = { seed: 1, rate: undefined, engine: "native", study: undefined, only: [], json: false };

const parse = (args: string[], dashedOperands = true) => parseFlags(args, { flags: FLAGS, dashedOperands });

/** Command lines, the values that differ from the defaults, and the operands. */
const LINES: readonly { args: string[]; values?: Record<string, unknown>; operands?: string[] }[] = [
  { args: [] },
  { args: ["--seed", "7", "--json"], values: { seed: 7, json: true } },
  { args: ["--seed=7", "--rate=1e-3"], values: { seed: 7, rate: 0.001 } },
  { args: ["--rate", ".5", "--engine", "wasm"], values: { rate: 0.5, engine: "wasm" } },
  { args: ["--seed", "1", "--seed", "2"], values: { seed: 2 } },
  { args: ["--study", "-a b=c"], values: { study: "-a b=c" } },
  { args: ["--only", "x", "y", "--only=z"], values: { only: ["x", "z"] }, operands: ["y"] },
  { args: ["-x*erf(exp(-x))", "--json"], values: { json: true }, operands: ["-x*erf(exp(-x))"] },
  { args: ["1e3", "--", "--json", "--", "-h"], operands: ["1e3", "--json", "--", "-h"] },
];

for (const { args, values = {}, operands = [] } of LINES) {
  Deno.test(`flags are read: ${args.join(" ") || "none"}`, () => {
    assertEquals(
      parse(args),
      { help: false, values: { ...DEFAULTS, ...values }, operands } as ReturnType<typeof parse>,
    );
  });
}

for (const args of [["--help"], ["-h"], ["--sed", "--help"], ["--seed", "-1", "-h"]]) {
  Deno.test(`help is asked for: ${args.join(" ")}`, () => assertEquals(parse(args).help, true));
}

const MISTAKES: readonly { args: string[]; message: string; dashedOperands?: boolean }[] = [
  { args: ["--sed", "1"], message: "Unknown flag --sed; did you mean --seed?" },
  { args: ["--jsno=1"], message: "Unknown flag --jsno; did you mean --json?" },
  { args: ["--eng", "wasm"], message: "Unknown flag --eng; did you mean --engine?" },
  { args: ["--colour"], message: "Unknown flag --colour" },
  { args: ["-x"], message: "Unknown flag -x", dashedOperands: false },
  { args: ["--seed"], message: "Cannot use --seed: expected an integer of at least 0, got none" },
  { args: ["--seed", "--json"], message: "Cannot use --seed: expected an integer of at least 0, got none" },
  { args: ["--seed", "-1"], message: "Cannot use --seed: expected an integer of at least 0, got -1" },
  { args: ["--seed", "1.5"], message: "Cannot use --seed: expected an integer of at least 0, got 1.5" },
  { args: ["--seed", "0x10"], message: "got 0x10" },
  { args: ["--seed", "1e300"], message: "got 1e300" },
  { args: ["--rate", "0"], message: "Cannot use --rate: expected a number above 0 and of at most 1, got 0" },
  { args: ["--rate", "1.1"], message: "got 1.1" },
  { args: ["--rate", "NaN"], message: "got NaN" },
  { args: ["--rate", "fast"], message: "got fast" },
  { args: ["--engine", "gpu"], message: "Cannot use --engine: expected native, wasm, got gpu" },
  { args: ["--study="], message: "Cannot use --study: expected NAME, got none" },
  { args: ["--only"], message: "Cannot use --only: expected NAME, got none" },
];

for (const { args, message, dashedOperands } of MISTAKES) {
  Deno.test(`refused: ${args.join(" ")}`, () => {
    const error = assertThrows(() => parse(args, dashedOperands), UsageError, message);
    if (message.startsWith("Unknown")) assertEquals(error.message, message);
  });
}

Deno.test("help has a line for each flag", () => {
  assertEquals(describeFlags(FLAGS).split("\n"), [
    "  --seed N         Seed (an integer of at least 0; default: 1)",
    "  --rate N         Learning rate (a number above 0 and of at most 1)",
    "  --engine CHOICE  Engine (native, wasm; default: native)",
    "  --study NAME     Name of the study",
    "  --only NAME      What to take (may stand more than once)",
    "  --json           Prints JSON",
    "  --help, -h       Shows this help",
    "",
  ]);
});

Deno.test("values have the types of their flags", () => {
  const { values } = parse([]);
  const seed: number = values.seed;
  const rate: number | undefined = values.rate;
  const engine: "native" | "wasm" = values.engine;
  const only: readonly string[] = values.only;
  // @ts-expect-error it may be undefined
  const study: string = values.study;
  assertEquals([seed, rate, engine, only, study], [1, undefined, "native", [], undefined]);
});

Deno.test("help fits: descriptions beside the flags, or below them where there is too little room", () => {
  const beside = describeFlags(FLAGS, { width: 60 }).split("\n");
  assertEquals(beside.slice(0, 3), [
    "  --seed N         Seed (an integer of at least 0; default:",
    "                   1)",
    "  --rate N         Learning rate (a number above 0 and of at",
  ]);
  const below = describeFlags(FLAGS, { width: 40 }).split("\n");
  assertEquals(below.slice(0, 3), ["  --seed N", "      Seed (an integer of at least 0;", "      default: 1)"]);
  for (const [lines, width] of [[beside, 60], [below, 40]] as const) {
    assertEquals(lines.filter((line) => line.length > width), []);
  }
});
