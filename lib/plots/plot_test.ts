import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import sharp from "sharp";
import { UserError } from "../user_error.ts";
import { curvesPlot } from "./curves_plot.ts";
import { DARK, INK, type Theme } from "./palette.ts";
import { JUPYTER_DISPLAY } from "./plot.ts";

const sine = (theme?: Theme) => curvesPlot([{ name: "sin", f: Math.sin }], { title: "Sine", theme });

/** The pixels of a PNG, as red, green, blue, alpha. */
async function pixels(png: Uint8Array) {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray(4 * (y * info.width + x), 4 * (y * info.width + x) + 4)];
  return { width: info.width, height: info.height, at };
}

const rgba = (colour: string) => [...[1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16)), 255];

/** How many pixels of the heading's line are dark on light, or light on dark. */
async function inked(png: Uint8Array): Promise<number> {
  const { at } = await pixels(png);
  const card = at(100, 10);
  let count = 0;
  for (let y = 32; y < 64; y++) {
    for (let x = 32; x < 120; x++) if (Math.abs(at(x, y)[0] - card[0]) > 128) count++;
  }
  return count;
}

Deno.test("a plot shows itself: SVG, a PNG of it, and words for front ends without pictures", async () => {
  assertEquals(JUPYTER_DISPLAY, Symbol.for("Jupyter.display"));
  const plot = await sine();
  const bundle = await plot[JUPYTER_DISPLAY]();
  assertEquals(Object.keys(bundle), ["image/svg+xml", "image/png", "text/plain"]);
  assertEquals([`${plot}`, bundle["text/plain"]], [plot.svg, "(a plot: Sine)"]);
  const [root, ...shown] = bundle["image/svg+xml"].split(">");
  assert(!/ (width|height)=/.test(root) && root.includes("max-width: 840px") && root.includes("viewBox"), root);
  assertEquals(shown.join(">"), plot.svg.split(">").slice(1).join(">"));
  assertEquals(Uint8Array.fromBase64(bundle["image/png"]), await plot.png());
});

Deno.test("the PNG has twice the plot's size, a background of its own, and text that needs no font of the machine", async () => {
  for (
    const { theme, card } of [
      { theme: undefined, card: INK.card },
      { theme: "light", card: INK.card },
      { theme: "dark", card: DARK.get(INK.card)! },
    ] as const
  ) {
    const plot = await sine(theme);
    const png = await plot.png();
    const { width, height, at } = await pixels(png);
    const [, high] = /viewBox="0 0 840 (\d+)"/.exec(plot.svg)!;
    assertEquals([width, height], [1680, 2 * Number(high)]);
    assertEquals(at(100, 10), rgba(card));
    // "Sine" in bold 16 px, twice its size
    const ink = await inked(png);
    assert(ink > 200 && ink < 1500, `${ink} pixels`);
  }
});

Deno.test("equal plots give equal bytes, others give others", async () => {
  const digest = async (title: string) => {
    const plot = await curvesPlot(["relu"], { title });
    return createHash("sha256").update(await plot.png()).digest("hex");
  };
  assertEquals(await digest("a"), await digest("a"));
  assertNotEquals(await digest("a"), await digest("b"));
});

Deno.test("a plot is saved as the ending says, into a new folder if need be", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const plot = await sine();
    await plot.save(`${folder}/new/plot.svg`);
    assertEquals(await Deno.readTextFile(`${folder}/new/plot.svg`), plot.svg);
    await plot.save(`${folder}/plot.PNG`);
    assertEquals(await Deno.readFile(`${folder}/plot.PNG`), await plot.png());
    await assertRejects(() => plot.save(`${folder}/plot.pdf`), UserError, "ends in .svg or .png but got");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
