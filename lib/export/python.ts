/**
 * What the Python modules have in common: docstrings, functions, helpers.
 *
 * @module
 */
import { description, type ModuleFacts } from "./module.ts";
import { type Bodies, bodiesOf, type Body, type Dialect } from "./steps.ts";

/** What a library of Python adds to the common parts. */
export interface PythonTarget {
  /** How it writes numbers and tensors. */
  readonly dialect: Dialect;
  /** Lines that end the module's docstring. */
  readonly more: readonly string[];
  /** The import statements. */
  readonly imports: string;
  /** The definitions that the code may need, by name. */
  readonly helpers: Readonly<Record<string, string>>;
  /** The definitions that make a function of the library; `parts` are the bodies. */
  readonly definitions: (facts: ModuleFacts, parts: Bodies) => readonly string[];
  /** The public names. */
  readonly exported: (name: string) => readonly string[];
}

/** A number as Python writes a float. */
function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'float("nan")';
  if (!Number.isFinite(value)) return `float("${value > 0 ? "" : "-"}inf")`;
  const text = Object.is(value, -0) ? "-0" : `${value}`;
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A dialect of Python, in which `filled` is a number as large as x and of its type. */
export function pythonDialect(
  target: Dialect["target"],
  { filled, copy }: Pick<Dialect, "filled" | "copy">,
): Dialect {
  return { target, number: pythonNumber, filled, copy, local: (name, text) => `${name} = ${text}` };
}

/** `gelu_tanh` as a class is called: `GeluTanh`; a function that is called so already gets a `GeluTanhLayer`. */
export function className(name: string): string {
  const joined = name.split("_").map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("");
  return joined === name ? `${joined}Layer` : joined;
}

/** The statements of a body, indented. */
export function statements({ locals, result }: Body, spaces: number): string {
  const indent = " ".repeat(spaces);
  return [...locals, `return ${result}`].map((line) => `${indent}${line}\n`).join("").trimEnd();
}

/** The functions `_value`, `_slope` and, if there is one, `_curvature` of a module, which take x as it comes. */
export function bareFunctions({ value, slope, curvature }: Bodies): string[] {
  return Object.entries({ value, slope, ...curvature && { curvature } })
    .map(([name, body]) => `def _${name}(x):\n${statements(body, 4)}`);
}

/** The module's text. */
export function pythonModule(facts: ModuleFacts, target: PythonTarget): string {
  const { dialect, more, imports, helpers, definitions, exported } = target;
  const body = definitions(facts, bodiesOf(facts.expression, dialect));
  const used = Object.keys(helpers).filter((name) => body.some((text) => text.includes(`${name}(`)));
  const standard = used.some((name) => helpers[name].includes("math.")) ? "import math\n\n" : "";
  // raw: LaTeX is full of backslashes
  const docstring = `r"""${description(facts, { target: dialect.target, more }).join("\n").trimEnd()}\n"""`;
  const names = exported(facts.name).map((name) => `"${name}"`).join(", ");
  return `${
    [
      `${docstring}\n\n${standard}${imports}\n\n__all__ = [${names}]`,
      ...used.map((name) => helpers[name]),
      ...body,
    ].join("\n\n\n")
  }\n`;
}
