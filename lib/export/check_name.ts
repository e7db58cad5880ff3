/**
 * Which names a function can have in a module: not the words of the language, nor what the module itself uses.
 *
 * @module
 */
import { SettingsError } from "../schema.ts";
import { className } from "./python.ts";

/** The reserved words of Python 3. */
const PYTHON = ("False None True and as assert async await break class continue def del elif else except finally for " +
  "from global if import in is lambda nonlocal not or pass raise return try while with yield").split(" ");

/** The reserved words of TypeScript in modules, and names that it does not let a module declare. */
const TYPESCRIPT = ("arguments await break case catch class const continue debugger default delete do else enum eval " +
  "export extends false finally for function if implements import in instanceof interface let new null package " +
  "private protected public return static super switch this throw true try typeof var void while with yield " +
  "undefined globalThis Promise require exports").split(" ");

/** The names in code, without what stands in strings and comments, and without attributes, as `where` of `np.where`. */
function identifiersOf(code: string): Set<string> {
  const bare = code.replace(/r?"""[^]*?"""|"(?:[^"\\\n]|\\.)*"|\/\*[^]*?\*\/|#.*|\/\/.*/g, " ");
  return new Set(bare.match(/(?<![.\w])[A-Za-z_]\w*/g));
}

/** A name that no module uses. */
const PLACEHOLDER = "placeholder";

/**
 * Throws a SettingsError unless the function can have the name in the module that `write` makes for a name, and its
 * derivative and its class theirs.
 */
export function checkName(name: string, { write, language }: {
  readonly write: (name: string) => string;
  readonly language: "python" | "typescript";
}): void {
  const used = identifiersOf(write(PLACEHOLDER));
  const definitions: readonly ((name: string) => string)[] = [(name) => name, (name) => `d${name}`, className];
  const own = definitions.filter((definition) => used.delete(definition(PLACEHOLDER)));
  const taken = new Set([...used, ...language === "python" ? PYTHON : TYPESCRIPT]);
  const isName = /^[A-Za-z][A-Za-z0-9_]*$/.test(name);
  const reserved = own.map((definition) => definition(name)).find((defined) => taken.has(defined));
  if (isName && reserved === undefined) return;
  const reason = isName ? `, as the language or the module needs ${reserved} itself` : "";
  throw new SettingsError(
    `Cannot call a function "${name}": expected a letter and then letters, digits and underscores, got ` +
      `"${name}"${reason}; choose another name`,
  );
}
