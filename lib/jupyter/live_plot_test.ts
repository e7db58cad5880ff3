import { assertEquals } from "@std/assert";
import { curvesPlot, JUPYTER_DISPLAY } from "../plots/mod.ts";
import { livePlot } from "./live_plot.ts";

Deno.test("a live plot is one output, whose picture changes and stands in its own width", async () => {
  const plots = [await curvesPlot(["relu"]), await curvesPlot(["relu", "gelu"])];
  // deno-lint-ignore no-explicit-any -- the content is Jupyter's
  const sent: { type: string; content: any }[] = [];
  const live = livePlot({ broadcast: (type, content) => Promise.resolve(void sent.push({ type, content })) });
  for (const plot of plots) await live.update(plot);
  assertEquals(sent.map(({ type }) => type), ["display_data", "update_display_data"]);
  const shown = await Promise.all(plots.map((plot) => plot[JUPYTER_DISPLAY]()));
  assertEquals(sent.map(({ content }) => content.data), shown);
  for (const { content } of sent) {
    assertEquals(content.data["image/png"].slice(0, 11), "iVBORw0KGgo"); // the signature of a PNG in base64
    assertEquals(content.metadata, { "image/png": { width: 840 } });
  }
  assertEquals(sent[0].content.transient.display_id, sent[1].content.transient.display_id);
});

Deno.test("a notebook that has gone, or that there never was, does not stop the work", async () => {
  const plot = await curvesPlot(["relu"]);
  await livePlot({ broadcast: () => Promise.reject(new Error("gone")) }).update(plot);
  await livePlot().update(plot);
});
