/**
 * How a command prints its tables.
 *
 * @module
 */
import type { TextTableOptions } from "../report/mod.ts";

/** On a terminal as wide as it is, with the best in bold; elsewhere as wide as the cells, without any escape sequence. */
export function tableOptions(): Pick<TextTableOptions, "width" | "style"> {
  if (!Deno.stdout.isTerminal()) return {};
  const { columns } = Deno.consoleSize();
  return { style: "bold", ...columns > 0 && { width: columns } }; // a pseudo-terminal may not know its size
}
