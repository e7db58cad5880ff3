import { assertEquals, assertRejects } from "@std/assert";
import { savePlot } from "./save.ts";

Deno.test("A plot is written, into a new folder if need be; anything else is not", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await savePlot("<svg/>\n", `${folder}/new/plot.svg`);
    assertEquals(await Deno.readTextFile(`${folder}/new/plot.svg`), "<svg/>\n");
    await assertRejects(() => savePlot("<p>", `${folder}/page.svg`), RangeError, "expected SVG text");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
