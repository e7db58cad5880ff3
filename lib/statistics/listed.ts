/**
 * Lists of names in sentences. It knows nothing of what they name.
 *
 * @module
 */

/** What stands between names: a semicolon where one of them has a comma itself, as a formula may. */
const separator = (names: readonly string[]) => names.some((name) => name.includes(",")) ? ";" : ",";

/** `a, b, c`, or `max(x,0); b; c`. */
export function joined(names: readonly string[]): string {
  return names.join(`${separator(names)} `);
}

/**
 * `a, b and c`, or with semicolons where a name has a comma itself.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { listed } from "./listed.ts";
 * assertEquals(listed(["a", "b", "c"]), "a, b and c");
 * assertEquals(listed(["max(x,0)", "b", "c"]), "max(x,0); b; and c");
 * ```
 */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  const between = separator(names);
  return `${names.slice(0, -1).join(`${between} `)}${between === ";" ? ";" : ""} and ${names.at(-1)}`;
}
