/**
 * What the tests of the plots ask of every SVG text. It knows nothing of what a plot shows.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { DOMParser } from "linkedom";

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

/** Makes sure that the text is a well-formed SVG document of finite numbers, and reads it. */
export function parseSvg(svg: string): ParsedSvg {
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
