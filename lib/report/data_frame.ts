/**
 * Data frames of danfojs, for notebooks that sort, group or join; a table alone is that of `tableOf`. danfojs is loaded with the
 * first data frame (half a second, as it brings the pure JavaScript TensorFlow.js with it; no native engine).
 *
 * @module
 */
import process from "node:process";
import { cellsOf, type Row, type Table } from "./cells.ts";
import { htmlTable } from "./tables.ts";
import { textTable } from "./text_table.ts";

/** The danfojs library. */
export type Danfo = typeof import("danfojs-node");

/** A data frame of danfojs. */
export type DataFrame = InstanceType<Danfo["DataFrame"]>;

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
  const { columns, values } = cellsOf(rows, options);
  const { DataFrame } = await (loading ??= importDanfo());
  const taken = columns.find((name) => isTaken(name, DataFrame.prototype));
  if (taken !== undefined) {
    throw new RangeError(
      `Cannot make a data frame: expected column names that danfojs does not use itself, got "${taken}"; rename it`,
    );
  }
  return new DataFrame(values.map((row) => [...row]), { columns: [...columns] });
}
