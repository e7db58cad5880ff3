/**
 * A plot that is redrawn in place while a cell of a notebook runs. It knows nothing of what the plot shows.
 *
 * @module
 */
import { type Broadcast, notebookBroadcast } from "./progress.ts";

/** A plot that can be redrawn. */
export interface LivePlot {
  /** Shows SVG text in place of the last one, and waits until it is shown. Outside of a notebook it shows nothing. */
  update(svg: string): Promise<void>;
}

/**
 * Makes a live plot. `broadcast` is the notebook; default: the one in which this runs, if it runs in one.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { livePlot } from "./live_plot.ts";
 * const sent: string[] = [];
 * const plot = livePlot({ broadcast: (type) => Promise.resolve(void sent.push(type)) });
 * await plot.update("<svg/>");
 * await plot.update("<svg></svg>");
 * assertEquals(sent, ["display_data", "update_display_data"]);
 * ```
 */
export function livePlot({ broadcast = notebookBroadcast() }: { readonly broadcast?: Broadcast } = {}): LivePlot {
  const displayId = crypto.randomUUID();
  let shown = false;
  return {
    async update(svg) {
      const type = shown ? "update_display_data" : "display_data";
      shown = true;
      const data = { "image/svg+xml": svg, "text/plain": "(a plot)" };
      const content = { data, metadata: {}, transient: { display_id: displayId } };
      try {
        await broadcast?.(type, content);
      } catch {
        // a notebook that has gone must not stop what is plotted
      }
    },
  };
}
