/**
 * What the tests of the plots ask of every SVG text.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { DOMParser } from "linkedom";
import type { Plot } from "../plot.ts";
import { textWidth } from "../text_width.ts";

/** What a test reads in a plot. */
export interface ParsedSvg {
  /** The texts that can be seen, in the order of the document. */
  readonly texts: readonly string[];
  /** The texts of the `title` elements. */
  readonly titles: readonly string[];
  /** The path data of the lines, one string a line. */
  readonly lines: readonly string[];
  /** How many circles stand in the panels. */
  readonly dots: number;
}

/** The room of a label, in pixels of the figure. */
export interface LabelBox {
  /** What it says. */
  readonly text: string;
  /** [left, top, right, bottom]. */
  readonly box: readonly [number, number, number, number];
}

const TOKEN = /<!--[^]*?-->|<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|[^<]+/y;
const TEXT = /^(?:[^&<]|&(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)*$/i;

/** Makes sure that the text is well-formed: tags balance, attributes are quoted, `&` and `<` are escaped. */
export function assertWellFormed(xml: string): void {
  const open: string[] = [];
  let at = 0;
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < xml.length;) {
    const match = TOKEN.exec(xml);
    assert(match, `Expected a tag or text at character ${at}, got ${xml.slice(at, at + 60)}`);
    const [text, closing, name, attributes, empty] = match;
    if (closing) assertEquals(open.pop(), name);
    else if (name && !empty) open.push(name);
    const names = [...(attributes ?? "").matchAll(/([\w:-]+)="[^"]*"/g)].map((m) => m[1]);
    assertEquals(new Set(names).size, names.length, `Expected an attribute once, got ${text}`);
    assertMatch(name ? attributes : text, TEXT);
    at = TOKEN.lastIndex;
  }
  assertEquals(open, []);
}

/** Makes sure that the plot is a well-formed SVG document of finite numbers, and reads it. */
export function parseSvg({ svg }: Plot): ParsedSvg {
  assertWellFormed(svg.trim());
  const document = new DOMParser().parseFromString(svg, "image/svg+xml");
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  assertEquals(document.documentElement.getAttribute("xmlns"), "http://www.w3.org/2000/svg");
  for (const element of all("*")) {
    for (const attribute of element.attributes) {
      assert(!/NaN|Infinity|undefined|null/.test(attribute.value), `${attribute.name}="${attribute.value}"`);
    }
  }
  const texts = (selector: string) => all(selector).map(({ textContent }) => textContent);
  return {
    texts: texts("text"),
    titles: texts("title"),
    lines: all('[aria-label="line"] path').map((path) => path.getAttribute("d")),
    dots: all('[aria-label="dot"] circle').length,
  };
}

/** What {@linkcode labelBoxes} needs of a node of linkedom. */
interface Node {
  readonly tagName: string;
  readonly textContent: string;
  readonly parentElement: Node | null;
  getAttribute(name: string): string | null;
}

/** The attribute of the node, or of the nearest node around it that has it. */
function inherited(node: Node | null, name: string): string | null {
  return node === null ? null : node.getAttribute(name) ?? inherited(node.parentElement, name);
}

/** Takes a point of a node's inside to the inside of the node around it. */
function outwards(node: Node, [x, y]: readonly [number, number]): [number, number] {
  const steps = [...(node.getAttribute("transform") ?? "").matchAll(/(translate|rotate)\(([^)]*)\)/g)].reverse();
  let point: [number, number] = [x, y];
  for (const [, kind, numbers] of steps) {
    const [a, b = 0] = numbers.split(/[\s,]+/).map(Number);
    const [sine, cosine] = [Math.sin(a * Math.PI / 180), Math.cos(a * Math.PI / 180)];
    point = kind === "translate"
      ? [point[0] + a, point[1] + b]
      : [point[0] * cosine - point[1] * sine, point[0] * sine + point[1] * cosine];
  }
  const offset = (name: string) => node.tagName.toLowerCase() === "svg" ? Number(node.getAttribute(name) ?? 0) : 0;
  return [point[0] + offset("x"), point[1] + offset("y")];
}

/** The boxes of all labels, by the guesses of text_width.ts, the heading left out. */
export function labelBoxes({ svg }: Plot): LabelBox[] {
  const document = new DOMParser().parseFromString(svg, "image/svg+xml");
  const labels = [...document.querySelectorAll("text")] as unknown as (Node & { querySelector(name: string): Node })[];
  return labels.flatMap((node) => {
    const title = node.querySelector("title")?.textContent ?? "";
    const text = node.textContent.slice(0, node.textContent.length - title.length);
    const size = Number(inherited(node, "font-size"));
    if (size >= 16 || text === "") return [];
    const length = (name: string) => {
      const value = node.getAttribute(name) ?? "0";
      return value.endsWith("em") ? parseFloat(value) * size : Number(value);
    };
    const anchor = inherited(node, "text-anchor") ?? "start";
    const width = textWidth(text, size);
    const left = length("x") - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
    const baseline = length("y") + length("dy");
    const corners = [[left, baseline - 0.75 * size], [left + width, baseline + 0.2 * size]].map(([x, y]) => {
      let point: [number, number] = [x, y];
      for (let at: Node | null = node; at !== null; at = at.parentElement) point = outwards(at, point);
      return point;
    });
    const [xs, ys] = [0, 1].map((i) => corners.map((corner) => corner[i]));
    return [{ text, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const }];
  });
}

/** Makes sure that no label covers another, and none leaves the figure. */
export function assertLabelsApart(plot: Plot): void {
  const [, width, height] = /viewBox="0 0 (\d+) ([\d.]+)"/.exec(plot.svg)!.map(Number);
  const boxes = labelBoxes(plot);
  for (const [i, { text, box: [left, top, right, bottom] }] of boxes.entries()) {
    const inside = left >= 0 && top >= 0 && right <= width && bottom <= height;
    assert(inside, `"${text}" leaves the figure: ${[left, top, right, bottom]} in ${width} × ${height}`);
    for (const other of boxes.slice(i + 1)) {
      const [l, t, r, b] = other.box;
      const apart = right <= l + 1 || r <= left + 1 || bottom <= t + 1 || b <= top + 1;
      assert(apart, `"${text}" at ${[left, top, right, bottom]} covers "${other.text}" at ${other.box}`);
    }
  }
}
