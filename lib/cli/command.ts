/**
 * Runs a command of the command line: help, errors as one line, exit codes.
 *
 * @module
 */
import { isSystemError } from "../machine_fault.ts";
import { SettingsError } from "../schema.ts";
import { type Row, textTable, wrapText } from "../report/mod.ts";
import { UserError } from "../user_error.ts";
import { visibleLines, visibleText } from "../visible_text.ts";
import { describeFlags, type Flags, type FlagValues, hanging, parseFlags, UsageError } from "./flags.ts";
import { Interruption } from "./interrupt.ts";
import { tableOptions } from "./table_options.ts";

export { UsageError };

/** A command with its flags. */
export interface Command<F extends Flags> {
  /** The task: `data` of `deno task data`. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  /** What can stand behind the name, one example a line. */
  readonly usage: readonly string[];
  readonly flags: F;
  /** How many arguments that are no flags it takes (default: none). */
  readonly operands?: { readonly minimum: number; readonly maximum: number };
  /** A table to be shown below the flags in the help. */
  readonly table?: () => readonly Row[];
  /** What is to be said at the end of the help, paragraphs with an empty line between them. */
  readonly details?: string;
  /** Does it; what it returns is the exit code (default: 0). */
  run(values: FlagValues<F>, operands: readonly string[]): Promise<number | void> | number | void;
}

/** Options of {@linkcode runCommand}. */
export interface RunCommandOptions {
  /** The arguments behind the command's name. */
  readonly args: readonly string[];
  /** Prints a line of the help (default: `console.log`). */
  readonly out?: (text: string) => void;
  /** Prints an error (default: `console.error`). */
  readonly err?: (text: string) => void;
}

/**
 * Runs a command and returns its exit code: what it returns; 2 for a mistake in the command line (a UsageError, or a
 * RangeError or SyntaxError of ours about a value); 1 for another UserError and for what the operating system refuses;
 * 130 for an interruption; 70 for a bug in the program, the only case in which a stack trace is shown.
 */
export async function runCommand<const F extends Flags>(
  command: Command<F>,
  { args, out = console.log, err = console.error }: RunCommandOptions,
): Promise<number> {
  const { name, flags, operands: { minimum, maximum } = { minimum: 0, maximum: 0 } } = command;
  try {
    const { help, values, operands } = parseFlags(args, { flags, dashedOperands: maximum > 0 });
    if (help) {
      out(helpText(command));
      return 0;
    }
    if (operands.length > maximum) throw new UsageError(`Unexpected argument ${operands[maximum]}`);
    if (operands.length < minimum) {
      throw new UsageError(`Missing argument: expected ${minimum}, got ${operands.length}`);
    }
    return await command.run(values, operands) ?? 0;
  } catch (error) {
    if (error instanceof Interruption) {
      err(`interrupted; ${visibleText(error.message)}`);
      return 130;
    }
    const line = (text: string) => err(`error: ${visibleText(text)}`);
    if (error instanceof UsageError) {
      line(`${error.message}${error.message.endsWith("?") ? "" : "."} See deno task ${name} --help`);
      return 2;
    }
    if (error instanceof SettingsError || isOurs(error)) {
      line(error.message);
      return 2;
    }
    if (error instanceof UserError || isSystemError(error)) {
      line((error as Error).message);
      return 1;
    }
    const stack = error instanceof Error ? error.stack ?? error.message : String(error);
    err(`This is a bug in the program: ${visibleLines(stack)}`);
    return 70;
  }
}

/** Tells the library's errors about a value, "Cannot …: expected …, got …", from the language's own. */
function isOurs(error: unknown): error is Error {
  return (error instanceof RangeError || error instanceof SyntaxError) && /^Cannot |, got /.test(error.message);
}

/** Lines are no longer than that, however wide the terminal is, and where there is none. */
const MOST_COLUMNS = 120;

/** The help, fitted to the terminal. Paragraphs of the details are parted by empty lines. */
function helpText<F extends Flags>({ name, summary, usage, flags, details, table }: Command<F>): string {
  const { width: columns = MOST_COLUMNS, style } = tableOptions();
  const width = Math.min(columns, MOST_COLUMNS);
  const heading = (text: string) => style === "bold" && !Deno.noColor ? `\x1b[1m${text}\x1b[22m` : text;
  // a command that is broken into lines can be pasted as it stands
  const examples = usage.map((text) => {
    const [first, ...rest] = wrapText(`deno task ${name} ${text}`.trimEnd(), width - 8);
    return [`  ${first}`, ...rest.map((line) => `      ${line}`)].join(" \\\n");
  });
  const paragraphs = (text: string) =>
    text.split(/\n{2,}/).map((part) => hanging(part.replaceAll("\n", " "), { indent: 0, width }));
  return [
    ...paragraphs(summary),
    `${heading("Usage:")}\n${examples.join("\n")}`,
    `${heading("Flags:")}\n${describeFlags(flags, { width }).trimEnd()}`,
    ...table ? [textTable(table(), { width })] : [],
    ...details ? paragraphs(details) : [],
  ].join("\n\n");
}
