import { assertEquals } from "@std/assert";
import { htmlDisplay, JUPYTER_DISPLAY, svgDisplay } from "./display.ts";

Deno.test("A display gives its contents by MIME type under Jupyter's symbol", () => {
  assertEquals(JUPYTER_DISPLAY, Symbol.for("Jupyter.display"));
  assertEquals(svgDisplay("<svg/>")[JUPYTER_DISPLAY](), { "image/svg+xml": "<svg/>", "text/plain": "(a plot)" });
  assertEquals(htmlDisplay("<p>", { text: "p" })[JUPYTER_DISPLAY](), { "text/html": "<p>", "text/plain": "p" });
});
