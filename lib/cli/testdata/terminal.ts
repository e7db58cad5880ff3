/**
 * Runs a program on a terminal, for tests: a pseudo-terminal of `script`, which util-linux has.
 *
 * @module
 */

/** Runs a program on a terminal of so many columns; all that it prints there. */
export async function onTerminal(
  command: readonly string[],
  { columns }: { readonly columns: number },
): Promise<{ readonly code: number; readonly output: string }> {
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const { code, stdout } = await new Deno.Command("script", {
    args: ["-qec", `stty cols ${columns} rows 24; ${quoted}`, "/dev/null"],
    env: { NO_COLOR: "1", SHELL: "/bin/sh" },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).output();
  // Deno clears the screen when it loads the terminal
  return { code, output: new TextDecoder().decode(stdout).replaceAll("\x1b[0G\x1b[2K\x1b[J", "") };
}
