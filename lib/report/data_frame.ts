/**
 * Data frames of results. It is the only importer of danfojs, which it loads with the first data frame (half a second,
 * as danfojs brings the pure JavaScript TensorFlow.js with it; no native engine). It knows nothing of what the rows
 * mean.
 *
 * @module
 */
import process from "node:process";
import type { CellValue, Table } from "./cells.ts";
import { htmlTable } from "./html_table.ts";
import { textTable } from "./text_table.ts";

/** The danfojs library. */
export type Danfo = typeof import("danfojs-node");

/** A data frame of danfojs. */
export type DataFrame = InstanceType<Danfo["DataFrame"]>;

/** A row: values by column name. */
export type Row = Readonly<Record<string, CellValue>>;

let loading: Promise<Danfo> | undefined;

async function importDanfo(): Promise<Danfo> {
  const { noDeprecation } = process;
  process.noDeprecation = true; // one of its dependencies uses punycode, and would say so on every run
  try {
    const danfo = await import("danfojs-node");
    // On the class below data frames and series: what danfojs derives from a frame is of another class than the frame.
    Object.defineProperty(danfo.NDframe.prototype, Symbol.for("Jupyter.display"), {
      value(this: Table) {
        const values = this.values.map((row) => Array.isArray(row) ? row : [row]);
        const table = { columns: this.columns, values };
        return { "text/html": htmlTable(table), "text/plain": textTable(table) };
      },
    });
    return danfo;
  } finally {
    process.noDeprecation = noDeprecation;
  }
}

/** The danfojs library, for what {@linkcode dataFrame} does not offer (merge, concat, readCSV); loaded once. */
export function loadDanfo(): Promise<Danfo> {
  return loading ??= importDanfo();
}

/** danfojs writes a column as a property of the frame, and breaks where the frame has an accessor of that name. */
function isTaken(name: string, prototype: object): boolean {
  if (name.startsWith("$")) return true;
  for (let p: object | null = prototype; p !== null; p = Object.getPrototypeOf(p)) {
    if (Object.getOwnPropertyDescriptor(p, name)?.get) return true;
  }
  return false;
}

/**
 * Makes a danfojs data frame from rows. Its columns are those of `columns`, else those of all rows in the order of
 * their first appearance; what a row lacks is `null`. As the last value of a notebook's cell a data frame, also one
 * that danfojs made from it by sorting or grouping, shows itself as an HTML table.
 *
 * Throws a RangeError for a column name that danfojs uses itself (`columns`, `values`, `index`, `shape`, …).
 */
export async function dataFrame(
  rows: readonly Row[],
  options: { readonly columns?: readonly string[] } = {},
): Promise<DataFrame> {
  const columns = [...new Set(options.columns ?? rows.flatMap(Object.keys))];
  const { DataFrame } = await loadDanfo();
  for (const name of columns) {
    if (isTaken(name, DataFrame.prototype)) {
      throw new RangeError(
        `Cannot make a data frame: expected column names that danfojs does not use itself, got "${name}"; rename it`,
      );
    }
  }
  return new DataFrame(rows.map((row) => columns.map((column) => row[column] ?? null)), { columns });
}
