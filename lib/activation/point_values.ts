/**
 * The values of expressions at fixed points, where many expressions share parts: a part is computed once.
 *
 * @module
 */
import { loopOf } from "./loop.ts";
import { Memo } from "./memo.ts";
import type { Step, Tape } from "./tape.ts";

/** Rows that are worth their memory; then all are forgotten, and written over. */
const MOST = 3000;

/** Values of steps at fixed points, remembered from tape to tape. */
export class PointValues {
  private readonly rows: Float64Array[] = [];
  /** The row of a step by its operator, its factor and the rows of its arguments. */
  private readonly known = new Memo<number>();

  /** The fixed points. */
  constructor(private readonly xs: Float64Array) {}

  /** The results of all steps, each times its factor; valid until the next call. */
  run({ steps }: Tape, factorOf: (step: Step, index: number) => number = () => 1): readonly Float64Array[] {
    if (this.known.size > MOST) this.known.clear();
    const places: number[] = [];
    for (const [index, step] of steps.entries()) places.push(this.place(step, places, factorOf(step, index)));
    return places.map((place) => this.rows[place]);
  }

  private place(step: Step, places: readonly number[], factor: number): number {
    if (step.kind === "variable") return this.row(["x"], (row) => row.set(this.xs));
    if (step.kind === "constant") return this.row([step.value], (row) => row.fill(step.value));
    const args = step.args.map((arg) => places[arg]);
    return this.row([step.operator.name, factor, ...args], (row) => {
      loopOf(step.operator)(row, ...args.map((arg) => this.rows[arg]));
      if (factor !== 1) { for (let i = 0; i < row.length; i++) row[i] *= factor; }
    });
  }

  private row(parts: readonly (string | number)[], fill: (row: Float64Array) => void): number {
    return this.known.of(parts, () => {
      const place = this.known.size;
      fill(this.rows[place] ??= new Float64Array(this.xs.length));
      return place;
    });
  }
}
