/**
 * `parseArgs` of `jsr:@std/cli/parse-args`, for the options that our tasks use, over `node:util`.
 *
 * @module
 */
import { parseArgs as nodeParseArgs } from "node:util";

/** Options of {@linkcode parseArgs}: the subset of the published ones that we use. */
export interface ParseOptions {
  /** Names of flags without a value. */
  boolean?: readonly string[];
  /** Names of flags whose value stays a string. */
  string?: readonly string[];
  /** Names of flags that may stand more than once; they give an array. */
  collect?: readonly string[];
  /** Names of boolean flags that `--no-NAME` sets to false. */
  negatable?: readonly string[];
  /** Short names: `{ help: "h" }`. */
  alias?: Record<string, string>;
  /** Values of flags that do not stand in `args`. */
  default?: Record<string, unknown>;
  /** Called for a flag named nowhere else; returning false leaves it out. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** What {@linkcode parseArgs} returns: the flags by name, and the arguments that are no flags in `_`. */
export interface Args {
  _: (string | number)[];
  // deno-lint-ignore no-explicit-any
  [name: string]: any;
}

/**
 * Parses command-line arguments.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseArgs } from "@std/cli/parse-args";
 * const args = parseArgs(["--seed", "7", "--json", "x"], { string: ["seed"], boolean: ["json"] });
 * assertEquals({ ...args }, { _: ["x"], seed: "7", json: true });
 * ```
 */
export function parseArgs(args: readonly string[], options: ParseOptions = {}): Args {
  const { boolean = [], string = [], collect = [], negatable = [], alias = {}, unknown } = options;
  const types = [
    ...boolean.map((name) => [name, "boolean"] as const),
    ...string.map((name) => [name, "string"] as const),
  ];
  const negations = negatable.map((name) => [`no-${name}`, { type: "boolean" as const }]);
  const { tokens } = nodeParseArgs({
    args: [...args],
    options: Object.fromEntries([
      ...types.map(([name, type]) => [name, name in alias ? { type, short: alias[name] } : { type }]),
      ...negations,
    ]),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const result: Args = { _: [], ...Object.fromEntries(boolean.map((name) => [name, false])), ...options.default };
  for (const name of collect) result[name] ??= [];
  for (const token of tokens) {
    if (token.kind === "positional") result._.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName } = token;
    if (negatable.includes(name.replace(/^no-/, "")) && name.startsWith("no-")) {
      result[name.slice(3)] = false;
    } else if (boolean.includes(name)) {
      result[name] = token.value !== "false";
    } else if (string.includes(name)) {
      const value = token.value ?? "";
      if (collect.includes(name)) result[name] = [...result[name], value];
      else result[name] = value;
    } else if (unknown?.(rawName, name, token.value) !== false) {
      result[name] = token.value ?? true;
    }
  }
  return result;
}
