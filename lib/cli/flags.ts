/**
 * The flags of a command, as a table from which reading, checking and help follow.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { wrapText } from "../report/mod.ts";
import { UserError } from "../user_error.ts";
import { didYouMean } from "../closest.ts";

/** A mistake in the command line itself; the exit code is 2. */
export class UsageError extends UserError {}

/** A flag. Where it is not given its value is the default, or else `undefined`, of a boolean one `false`. */
export type Flag =
  & {
    /** What it is for, without the default. */
    readonly description: string;
    /** What counts where it is not given, if that is no value of its own. */
    readonly otherwise?: string;
  }
  & (
    | { readonly kind: "boolean" }
    | {
      readonly kind: "text";
      /** Stands for the value in the help (default: TEXT). */
      readonly placeholder?: string;
      readonly default?: string;
    }
    | {
      /** A text that may be given more than once; a list, empty by default. */
      readonly kind: "list";
      readonly placeholder?: string;
    }
    | { readonly kind: "choice"; readonly choices: readonly string[]; readonly default?: string }
    | {
      readonly kind: "integer" | "number";
      /** The least value. */
      readonly minimum?: number;
      /** A bound that the value must exceed. */
      readonly above?: number;
      /** A bound that the value must stay below. */
      readonly below?: number;
      /** The greatest value. */
      readonly maximum?: number;
      readonly default?: number;
    }
  );

/** Flags by name, without the dashes. */
export type Flags = Readonly<Record<string, Flag>>;

type Value<F extends Flag> = F extends { kind: "boolean" } ? boolean
  : F extends { kind: "choice"; choices: readonly (infer C)[] } ? C
  : F extends { kind: "list" } ? readonly string[]
  : F extends { kind: "text" } ? string
  : number;

/** The values of flags by name. */
export type FlagValues<F extends Flags> = {
  readonly [Name in keyof F]: F[Name] extends { kind: "boolean" | "list" } | { default: unknown } ? Value<F[Name]>
    : Value<F[Name]> | undefined;
};

/** What a command line says. */
export interface ParsedFlags<F extends Flags> {
  /** Whether `--help` or `-h` is among the arguments; then nothing is checked. */
  readonly help: boolean;
  readonly values: FlagValues<F>;
  /** The arguments that are no flags. */
  readonly operands: readonly string[];
}

const RESERVED: Flags = { help: { kind: "boolean", description: "Shows this help" } };

/** Options of {@linkcode parseFlags}. */
export interface ParseFlagsOptions<F extends Flags> {
  readonly flags: F;
  /** Whether an argument with a single dash, such as -x*tanh(x), is an operand. */
  readonly dashedOperands: boolean;
}

/** Reads a command line. Throws a UsageError for an unknown flag and for a value that is missing or impossible. */
export function parseFlags<F extends Flags>(
  args: readonly string[],
  { flags, dashedOperands }: ParseFlagsOptions<F>,
): ParsedFlags<F> {
  const all: Flags = { ...flags, ...RESERVED };
  const names = (isBoolean: boolean) => Object.keys(all).filter((name) => (all[name].kind === "boolean") === isBoolean);
  const unknown: string[] = [];
  const parsed = parseArgs(joined(args, { valued: names(false), dashedOperands }), {
    boolean: names(true),
    string: [...names(false), "_"],
    collect: Object.keys(flags).filter((name) => flags[name].kind === "list"),
    alias: { help: "h" },
    unknown(arg, key) {
      if (key === undefined) return true; // an operand
      unknown.push(arg.replace(/=.*/s, ""));
      return false;
    },
  });
  const operands = parsed._.map(String);
  if (parsed.help) return { help: true, values: {} as FlagValues<F>, operands };
  if (unknown.length > 0) {
    throw new UsageError(
      `Unknown flag ${unknown[0]}${didYouMean(unknown[0], Object.keys(all).map((one) => `--${one}`))}`,
    );
  }
  const values = Object.entries(flags).map(([name, flag]) => [name, readValue(parsed[name], { name, flag })]);
  return { help: false, values: Object.fromEntries(values), operands };
}

/** `--seed 1` becomes `--seed=1`, so that a value may begin with a dash; dashed operands come behind `--`. */
function joined(
  args: readonly string[],
  { valued, dashedOperands }: { valued: readonly string[]; dashedOperands: boolean },
): string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const [flags, operands]: [string[], string[]] = [[], []];
  for (let i = 0; i < end; i++) {
    const next = i + 1 < end && !args[i + 1].startsWith("--") ? args[i + 1] : undefined;
    if (args[i].startsWith("--") && valued.includes(args[i].slice(2))) {
      flags.push(`${args[i]}=${next ?? ""}`);
      if (next !== undefined) i++;
    } else if (args[i].startsWith("--") || args[i] === "-h" || (args[i].startsWith("-") && !dashedOperands)) {
      flags.push(args[i]);
    } else {
      operands.push(args[i]);
    }
  }
  return [...flags, "--", ...operands, ...args.slice(end + 1)];
}

type Read = boolean | string | number | readonly string[] | undefined;

function readValue(given: unknown, { name, flag }: { name: string; flag: Flag }): Read {
  if (flag.kind === "boolean") return given === true;
  const refuse = (text: string) => {
    const meant = flag.kind === "choice" ? didYouMean(text, flag.choices) : "";
    throw new UsageError(`Cannot use --${name}: expected ${describeValue(flag)}, got ${text || "none"}${meant}`);
  };
  if (flag.kind === "list") {
    const texts = (given as string[]).map(String);
    return texts.includes("") ? refuse("") : texts;
  }
  if (given === undefined) return flag.default;
  const text = String(given);
  const value = flag.kind === "integer" || flag.kind === "number" ? readNumber(text, flag) : text;
  const possible = flag.kind === "choice" ? flag.choices.includes(text) : value !== undefined && value !== "";
  return possible ? value : refuse(text);
}

type NumberFlag = Extract<Flag, { kind: "integer" | "number" }>;

function readNumber(
  text: string,
  { kind, minimum = -Infinity, above = -Infinity, below = Infinity, maximum = Infinity }: NumberFlag,
) {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  const ofKind = kind === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value);
  return ofKind && value >= minimum && (value > above || above === -Infinity) &&
      (value < below || below === Infinity) && value <= maximum
    ? value
    : undefined;
}

/** What a flag's value must be: "an integer of at least 0". */
function describeValue(flag: Flag): string {
  if (flag.kind === "boolean") return "no value";
  if (flag.kind === "text" || flag.kind === "list") return flag.placeholder ?? "a text";
  if (flag.kind === "choice") return flag.choices.join(", ");
  const { minimum, above, below, maximum } = flag;
  const bounds = [
    ...(minimum === undefined ? [] : [`of at least ${minimum}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
    ...(maximum === undefined ? [] : [`of at most ${maximum}`]),
  ].join(" and ");
  return `${flag.kind === "integer" ? "an integer" : "a number"}${bounds && ` ${bounds}`}`;
}

/** A description that would get fewer columns than these goes below its flag. */
const LEAST_DESCRIPTION = 36;

/** Help for flags: each with what its value must be and its default, in lines of at most `width` columns. */
export function describeFlags(flags: Flags, { width = Infinity }: { readonly width?: number } = {}): string {
  const rows = Object.entries({ ...flags, ...RESERVED }).map(([name, flag]) => {
    const facts = [
      ...(flag.kind === "choice" || flag.kind === "integer" || flag.kind === "number" ? [describeValue(flag)] : []),
      ...(flag.kind === "list" ? ["may stand more than once"] : []),
      ...("default" in flag && flag.default !== undefined ? [`default: ${flag.default}`] : []),
      ...(flag.otherwise === undefined ? [] : [`default: ${flag.otherwise}`]),
    ].join("; ");
    const text = `--${name}${placeholder(flag)}${name === "help" ? ", -h" : ""}`;
    return { text, description: `${flag.description}${facts && ` (${facts})`}` };
  });
  const longest = Math.max(...rows.map(({ text }) => text.length));
  const beside = width - longest - 4;
  return rows.map(({ text, description }) =>
    beside < LEAST_DESCRIPTION
      ? `  ${text}\n${hanging(description, { indent: 6, width })}\n`
      : `  ${text.padEnd(longest)}  ${hanging(description, { indent: longest + 4, width }).trimStart()}\n`
  ).join("");
}

/** Text in lines of at most `width` columns that all begin behind `indent` spaces. */
export function hanging(text: string, { indent, width }: { readonly indent: number; readonly width: number }): string {
  return wrapText(text, width - indent).map((line) => `${" ".repeat(indent)}${line}`).join("\n");
}

function placeholder(flag: Flag): string {
  switch (flag.kind) {
    case "boolean":
      return "";
    case "text":
    case "list":
      return ` ${flag.placeholder ?? "TEXT"}`;
    case "choice":
      return " CHOICE";
    default:
      return " N";
  }
}
