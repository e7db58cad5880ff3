import { assertEquals } from "@std/assert";
import { livePlot } from "./live_plot.ts";

Deno.test("a live plot is one output, whose picture changes", async () => {
  const sent: { type: string; svg: unknown; id: unknown }[] = [];
  const plot = livePlot({
    // deno-lint-ignore no-explicit-any -- the content is Jupyter's
    broadcast: (type, content: any) => {
      sent.push({ type, svg: content.data["image/svg+xml"], id: content.transient.display_id });
      return Promise.resolve();
    },
  });
  await plot.update("<svg>1</svg>");
  await plot.update("<svg>2</svg>");
  assertEquals(sent.map(({ type, svg }) => [type, svg]), [
    ["display_data", "<svg>1</svg>"],
    ["update_display_data", "<svg>2</svg>"],
  ]);
  assertEquals(sent[0].id, sent[1].id);
});

Deno.test("a notebook that has gone, or that there never was, does not stop the work", async () => {
  await livePlot({ broadcast: () => Promise.reject(new Error("gone")) }).update("<svg/>");
  await livePlot().update("<svg/>");
});
