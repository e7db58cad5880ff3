/**
 * How a search, an evaluation or the reproduction ends on the terminal: with an answer, a picture, and what can be done
 * next.
 *
 * @module
 */
import type { Plot } from "../plots/mod.ts";
import { type Row, textTable, wrapText } from "../report/mod.ts";
import { picturePath } from "../study/mod.ts";
import type { StudyPlace } from "./study_flags.ts";
import { tableOptions } from "./table_options.ts";

/** A command that may follow, and what it does. */
export interface NextCommand {
  readonly what: string;
  /** What stands behind `deno task`. */
  readonly command: string;
}

/** Text in lines that fit the terminal, and are never too long to read. */
export function fitted(text: string): string {
  const { width = 100 } = tableOptions();
  return wrapText(text, Math.min(width, 100)).join("\n");
}

/**
 * Writes the picture beside the study's file, where it can be drawn and written; the path, or why there is none. It never
 * fails: what was trained is there in any case.
 */
export async function savePicture(
  draw: () => Promise<Plot | undefined>,
  { name, folder }: StudyPlace,
): Promise<{ readonly path: string } | { readonly reason: string }> {
  try {
    const plot = await draw();
    if (!plot) return { reason: "there is nothing to draw" };
    const path = picturePath(folder, name);
    await plot.save(path);
    return { path };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

/** Prints the answer: a paragraph, a table where there is one, where the picture is, and commands. */
export function printAnswer({ text, rows = [], picture, study, next }: {
  readonly text: string;
  readonly rows?: readonly Row[];
  readonly picture: Awaited<ReturnType<typeof savePicture>>;
  readonly study: StudyPlace;
  readonly next: readonly NextCommand[];
}): void {
  const parts = [
    `Answer\n\n${fitted(text)}`,
    ...rows.length > 0 ? [textTable(rows, tableOptions())] : [],
    "path" in picture ? `Picture: ${picture.path}` : fitted(`No picture: ${picture.reason}`),
    `All trials are kept as study ${study.name}. What can be done next:`,
  ];
  const commands = next.map(({ what, command }) => `  ${what}:\n    deno task ${command}`);
  console.log(`\n${parts.join("\n\n")}\n\n${commands.join("\n")}`);
}
