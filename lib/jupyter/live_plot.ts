/**
 * A plot that is redrawn in place while a cell of a notebook runs.
 *
 * @module
 */
import { JUPYTER_DISPLAY, type Plot } from "../plots/mod.ts";
import { type Broadcast, notebookBroadcast } from "./progress.ts";

/** A plot that can be redrawn. */
export interface LivePlot {
  /** Shows a plot in place of the last one, and waits until it is shown. Outside of a notebook it shows nothing. */
  update(plot: Plot): Promise<void>;
}

/**
 * Makes a live plot. `broadcast` is the notebook; default: the one in which this runs, if it runs in one.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { curvesPlot } from "../plots/mod.ts";
 * import { livePlot } from "./live_plot.ts";
 * const sent: string[] = [];
 * const live = livePlot({ broadcast: (type) => Promise.resolve(void sent.push(type)) });
 * await live.update(await curvesPlot(["relu"]));
 * await live.update(await curvesPlot(["relu", "gelu"]));
 * assertEquals(sent, ["display_data", "update_display_data"]);
 * ```
 */
export function livePlot({ broadcast = notebookBroadcast() }: { readonly broadcast?: Broadcast } = {}): LivePlot {
  const displayId = crypto.randomUUID();
  let shown = false;
  return {
    async update(plot) {
      if (broadcast === undefined) return;
      const type = shown ? "update_display_data" : "display_data";
      shown = true;
      const metadata = { "image/png": { width: plot.width } };
      const content = { data: await plot[JUPYTER_DISPLAY](), metadata, transient: { display_id: displayId } };
      try {
        await broadcast(type, content);
      } catch {
        // a notebook that has gone must not stop what is plotted
      }
    },
  };
}
