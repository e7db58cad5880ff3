import { assert, assertEquals } from "@std/assert";
import { curvesPlot } from "./curves_plot.ts";
import { DARK, HUES, INK } from "./palette.ts";
import { DOMParser } from "linkedom";
import { parseSvg } from "./testdata/svg_assertions.ts";

const plot = (theme?: "auto" | "light" | "dark") =>
  curvesPlot([{ name: "sin", f: Math.sin, derivative: Math.cos }], { title: "Sine", theme });

/** The contrast ratio of WCAG 2.1 (1 to 21). */
function contrast(a: string, b: string): number {
  const [high, low] = [a, b].map((colour) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const value = parseInt(colour.slice(at, at + 2), 16) / 255;
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }).sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

Deno.test("By default the device's preference decides, by rules for every colour of the plot", async () => {
  const auto = await plot();
  parseSvg(auto);
  const { svg } = auto;
  const style = /<style>(.*?)<\/style>/s.exec(svg)![1];
  assert(style.startsWith("@media (prefers-color-scheme:dark){.afos-plot:not("));
  const used = new Set(
    [...svg.matchAll(/ (fill|stroke|color)="(#[0-9a-f]{6})"/g)].map(([, name, c]) => `${name}="${c}"`),
  );
  for (const colour of used) {
    if (DARK.has(/#\w+/.exec(colour)![0])) assert(style.includes(`[${colour}]`), colour);
  }
  assert(used.has(`color="${INK.muted}"`) && used.has(`fill="${INK.card}"`));
});

Deno.test("A page that says which theme it has decides in place of the device", async () => {
  const style = /<style>(.*?)<\/style>/s.exec((await plot()).svg)![1];
  // linkedom knows the selectors, but no media queries
  const [, byDevice, byPage] = /\{(\.afos-plot:not\(.*?\))\{.*?\}\}(:is\(.*?\) \.afos-plot)\{/.exec(style)!;
  const pages = [
    { page: "", device: true, dark: false },
    { page: 'data-jp-theme-light="true"', device: false, dark: false },
    { page: 'data-jp-theme-light="false"', device: true, dark: true },
    { page: 'data-vscode-theme-kind="vscode-light"', device: false, dark: false },
    { page: 'data-vscode-theme-kind="vscode-dark"', device: true, dark: true },
    { page: 'data-vscode-theme-kind="vscode-high-contrast"', device: true, dark: true },
    { page: 'data-vscode-theme-kind="vscode-high-contrast-light"', device: false, dark: false },
  ];
  for (const { page, device, dark } of pages) {
    const html = `<html><body ${page}><div><svg class="afos-plot"></svg></div></body></html>`;
    const document = new DOMParser().parseFromString(html, "text/html");
    const svg = document.querySelector("svg")!;
    assertEquals([svg.matches(byDevice), svg.matches(byPage)], [device, dark], page);
  }
});

Deno.test("A light plot has no rules, a dark one has the dark colours only", async () => {
  assert(!/<style|class="afos-plot"/.test((await plot("light")).svg));
  const plotted = await plot("dark");
  parseSvg(plotted);
  const { svg: dark } = plotted;
  assert(!dark.includes("<style") && dark.includes(`fill="${DARK.get(INK.card)}"`));
  for (const light of DARK.keys()) assert(!dark.includes(`"${light}"`), light);
});

Deno.test("Nothing is painted in a colour that stays dark on dark: no inline styles, no black by default", async () => {
  assert(!/style="[^"]*(color|fill|stroke)/.test((await plot()).svg));
});

for (const [theme, of] of [["light", (c: string) => c], ["dark", (c: string) => DARK.get(c) ?? c]] as const) {
  Deno.test(`Text is readable and series can be seen on a ${theme} background`, () => {
    const card = of(INK.card);
    for (const ink of [INK.text, INK.muted]) assert(contrast(of(ink), card) >= 4.5, ink);
    for (const hue of HUES) assert(contrast(of(hue), card) >= 2.2, hue);
    assertEquals(new Set(HUES.map(of)).size, HUES.length);
  });
}
