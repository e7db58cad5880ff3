/**
 * The places where an expression changes its form: where the arguments of a maximum, minimum or selection cross, and
 * where what stands in an absolute value, a sign or a rectifier changes its sign.
 *
 * @module
 */
import { runTape, type Tape, tapeOf } from "../compile/tape.ts";
import { type Expression, sub } from "../expression.ts";

/** Where crossings are looked for: every 1/16 to ±6, then further and further apart out to ±2e5, and close to 0. */
const GRID = (() => {
  const right = [
    ...Array.from({ length: 6 }, (_, i) => 10 ** (i - 7)),
    ...Array.from({ length: 96 }, (_, i) => (i + 1) / 16),
    ...Array.from({ length: 75 }, (_, i) => 6 * 1.15 ** (i + 1)),
  ].sort((a, b) => a - b);
  return Float64Array.from([...right.toReversed().map((x) => -x), 0, ...right]);
})();

/** Where the grid is dense, and how many crossings of a condition further out come of an oscillation that it misses. */
const DENSE = 6;
const MOST = 6;

/** What changes its sign at a border, for each operator that has one. */
function conditionsOf(e: Expression): Expression[] {
  const seen = new Set<Expression>();
  const found: Expression[] = [];
  const visit = (part: Expression): void => {
    if (part.kind !== "call" || seen.has(part)) return;
    seen.add(part);
    part.args.forEach(visit);
    const [a, b] = part.args;
    if (["max", "min", "where"].includes(part.operator)) found.push(sub(a, b));
    else if (["abs", "sign", "relu"].includes(part.operator)) found.push(a);
  };
  visit(e);
  return found;
}

/** An interval in which a condition may change its sign, or come close to 0. */
interface Bracket {
  readonly condition: number;
  readonly left: number;
  readonly right: number;
}

/** The values of each bracket's condition at a place of its own. */
function valuesAt(tape: Tape, brackets: readonly Bracket[], places: readonly number[]): number[] {
  const results = runTape(tape, places);
  return brackets.map(({ condition }, i) => results[condition][i]);
}

/** Where the condition, above 0 at the bracket's ends, or below, comes closest to 0 or goes furthest beyond. */
function dip(tape: Tape, brackets: readonly Bracket[]): number[] {
  const signs = valuesAt(tape, brackets, brackets.map(({ left }) => left)).map(Math.sign);
  let current = brackets;
  for (let i = 0; i < 50; i++) {
    const third = ({ left, right }: Bracket, share: number) => left + (right - left) * share;
    const [a, b] = [1 / 3, 2 / 3].map((share) =>
      valuesAt(tape, current, current.map((bracket) => third(bracket, share)))
    );
    current = current.map((bracket, j) =>
      signs[j] * a[j] < signs[j] * b[j]
        ? { ...bracket, right: third(bracket, 2 / 3) }
        : { ...bracket, left: third(bracket, 1 / 3) }
    );
  }
  return current.map(({ left, right }) => (left + right) / 2);
}

/** Where the sign changes in each bracket, to the last digit. */
function crossings(tape: Tape, brackets: readonly Bracket[]): number[] {
  const signs = valuesAt(tape, brackets, brackets.map(({ left }) => left)).map(Math.sign);
  let current = brackets;
  for (let i = 0; i < 60; i++) {
    const middles = current.map(({ left, right }) => (left + right) / 2);
    const values = valuesAt(tape, current, middles);
    current = current.map((bracket, j) =>
      Math.sign(values[j]) === signs[j] ? { ...bracket, left: middles[j] } : { ...bracket, right: middles[j] }
    );
  }
  return current.map(({ right }) => right);
}

/** The intervals of the grid in which a condition changes its sign or dips towards 0, and the points where it is 0. */
function signChanges(values: Float64Array, condition: number) {
  const changes: Bracket[] = [];
  const dips: Bracket[] = [];
  const zeros: number[] = [];
  for (let i = 1; i < GRID.length; i++) {
    const [before, value, after] = [values[i - 1], values[i], values[i + 1]];
    if (value === 0 && before !== 0 && after !== 0) zeros.push(GRID[i++]); // nothing to look for on either side
    else if (Math.sign(before) !== Math.sign(value) && !Number.isNaN(before + value)) {
      changes.push({ condition, left: GRID[i - 1], right: GRID[i] });
    } else if (
      Math.sign(after) === Math.sign(value) && Math.abs(value) < Math.abs(before) && Math.abs(value) <= Math.abs(after)
    ) dips.push({ condition, left: GRID[i - 1], right: GRID[i + 1] });
  }
  return { changes, dips, zeros };
}

/**
 * The borders in ascending order, those within 1e-12 of 0 as 0. A pair of crossings between two points of a grid is
 * found where the condition comes closest to 0 between them.
 */
export function bordersOf(e: Expression): number[] {
  const conditions = conditionsOf(e);
  if (conditions.length === 0) return [];
  const tape = tapeOf(conditions);
  const changes: Bracket[] = [];
  const dips: Bracket[] = [];
  const places: number[] = [];
  for (const [condition, values] of runTape(tape, GRID).entries()) {
    const found = signChanges(values, condition);
    const isFar = ({ left, right }: Bracket) => Math.max(Math.abs(left), Math.abs(right)) > DENSE + 1;
    const oscillates = [...found.changes, ...found.dips].filter(isFar).length > MOST;
    const kept = (brackets: readonly Bracket[]) => oscillates ? brackets.filter((one) => !isFar(one)) : brackets;
    changes.push(...kept(found.changes));
    dips.push(...kept(found.dips));
    places.push(...found.zeros);
  }
  const middles = dips.length > 0 ? dip(tape, dips) : [];
  const beyond = valuesAt(tape, dips, middles);
  const outside = valuesAt(tape, dips, dips.map(({ left }) => left));
  for (const [i, middle] of middles.entries()) {
    if (Math.sign(beyond[i]) === Math.sign(outside[i])) continue;
    changes.push({ ...dips[i], right: middle }, { ...dips[i], left: middle });
  }
  if (changes.length > 0) places.push(...crossings(tape, changes));
  const sorted = places.map((x) => Math.abs(x) < 1e-12 ? 0 : x).sort((a, b) => a - b);
  return sorted.filter((x, i) => i === 0 || Math.abs(x - sorted[i - 1]) > 1e-12 * Math.abs(x));
}
