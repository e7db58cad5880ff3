/**
 * Tables for a terminal.
 *
 * @module
 */
import stringWidth from "string-width";
import { formatCells, type TableLike, type TableOptions } from "./cells.ts";

/** Options of {@linkcode textTable}. */
export interface TextTableOptions extends TableOptions {
  /** Most columns of the terminal that a line may take (default: as many as the cells need). */
  readonly width?: number;
  /** How many columns at the left name a row, and stand in front of what goes below (default: 1). */
  readonly keys?: number;
  /** Whether what is marked as the best with `* ` is bold too, unless NO_COLOR is set (default: `"plain"`). */
  readonly style?: "plain" | "bold";
}

/** A text column is not made narrower than that, where one of its words is longer. */
const LEAST_TEXT = 12;
const GAP = "  ";

interface Column {
  readonly align: "left" | "right";
  /** The header, then the cells. */
  readonly cells: readonly string[];
  readonly width: number;
  /** The least width: numbers are never broken, words where they must be. */
  readonly least: number;
}

const widest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, stringWidth(text)), 0);

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The text in lines of at most this width, broken between words, and within a word that is wider. */
export function wrapText(text: string, width: number): string[] {
  const lines = [""];
  const append = (part: string, space: string) => {
    const line = lines[lines.length - 1];
    const longer = line === "" ? part : `${line}${space}${part}`;
    if (line === "" || stringWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  };
  for (const word of text.split(" ")) {
    if (stringWidth(word) <= width) append(word, " ");
    else [...graphemes.segment(word)].forEach(({ segment }, i) => append(segment, i === 0 ? " " : ""));
  }
  return lines;
}

function pad(text: string, { width, align }: Column): string {
  const space = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "right" ? space + text : text + space;
}

const total = (columns: readonly { readonly width: number }[]) =>
  columns.reduce((sum, { width }) => sum + width, 0) + GAP.length * (columns.length - 1);

/** Blocks of columns that fit a line, each with the keys in front, made narrower from the widest on where needed. */
function fit(
  columns: readonly Column[],
  { width, keys }: { readonly width: number; readonly keys: number },
): Column[][] {
  if (total(columns) <= width) return [[...columns]];
  const front = columns.slice(0, keys);
  const narrow = (column: Column): Column => ({ ...column, width: column.least });
  const blocks = columns.slice(keys).reduce((blocks: Column[][], column) => {
    const longer = [...blocks.at(-1) ?? [], column];
    return blocks.length > 0 && total([...front, ...longer].map(narrow)) <= width
      ? [...blocks.slice(0, -1), longer]
      : [...blocks, [column]];
  }, []);
  return (blocks.length > 0 ? blocks : [[]]).map((block) => [...front, ...block]).map((block) => {
    let fitted = block;
    while (total(fitted) > width) {
      const most = fitted.filter((column) => column.width > column.least)
        .reduce((a: Column | undefined, b) => a !== undefined && a.width >= b.width ? a : b, undefined);
      if (most === undefined) break;
      fitted = fitted.map((column) => column === most ? { ...column, width: column.width - 1 } : column);
    }
    // Broken lines may leave room at their ends.
    return fitted.map((column) => ({
      ...column,
      width: widest(column.cells.flatMap((cell) => wrapText(cell, column.width))),
    }));
  });
}

/** The lines of a row; those of the header end at its bottom. */
function lines(columns: readonly Column[], { row, bold }: { readonly row: number; readonly bold: boolean }): string[] {
  const wrapped = columns.map((column) => wrapText(column.cells[row], column.width));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, i) =>
    columns.map((column, j) => {
      const line = wrapped[j][row === 0 ? i - height + wrapped[j].length : i] ?? "";
      const isBest = bold && row > 0 && line !== "" && column.cells[row].startsWith("* ");
      return isBest ? pad(line, column).replace(line, `\x1b[1m${line}\x1b[22m`) : pad(line, column);
    }).join(GAP).trimEnd());
}

/**
 * Formats a table as aligned columns under a ruled header, without index and without a newline at the end. Where the
 * columns are wider than `width`, words go to the next line, and if that is not enough further columns go below, with the
 * first one (or `keys`) in front again. Letters count as wide as a terminal shows them.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { textTable } from "./text_table.ts";
 * const text = textTable([{ name: "relu", score: 1.5 }, { name: "gelu", score: 10.25 }]);
 * assertEquals(text, "name  score\n────  ─────\nrelu   1.50\ngelu  10.25");
 * ```
 */
export function textTable(
  table: TableLike,
  { width = Infinity, keys = 1, style = "plain", ...options }: TextTableOptions = {},
): string {
  const { columns, rows } = formatCells(table, options);
  const bold = style === "bold" && !Deno.noColor;
  const measured = columns.map(({ name, align }, i): Column => {
    const body = rows.map((row) => row[i]);
    const words = (texts: readonly string[]) => widest(texts.flatMap((text) => text.split(" ")));
    const least = align === "right"
      ? Math.max(widest(body), words([name]))
      : Math.max(words([name]), Math.min(words(body), LEAST_TEXT));
    return { align, cells: [name, ...body], width: widest([name, ...body]), least };
  });
  return fit(measured, { width, keys }).map((block) =>
    [
      ...lines(block, { row: 0, bold }),
      block.map((column) => "─".repeat(column.width)).join(GAP),
      ...rows.flatMap((_, i) => lines(block, { row: i + 1, bold })),
    ].join("\n")
  ).join("\n\n");
}
