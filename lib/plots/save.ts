/**
 * Plots as files. It knows nothing of what they show.
 *
 * @module
 */
import { dirname } from "node:path";

/** Writes SVG text to a file, and makes its folder where there is none. Throws a RangeError for what is no SVG. */
export async function savePlot(svg: string, path: string): Promise<void> {
  if (!svg.startsWith("<svg")) {
    throw new RangeError(
      `Cannot save a plot: expected SVG text, as the plot functions give it, got ${svg.slice(0, 40)}`,
    );
  }
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, svg);
}
