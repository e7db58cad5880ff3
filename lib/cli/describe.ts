/**
 * `deno task describe`: says what an activation function is, and draws it where that is asked for.
 *
 * @module
 */
import {
  derivative,
  encodeGenome,
  format,
  type Interval,
  LEFT_OUT,
  type Limit,
  parse,
  type Properties,
  properties,
  rejectionReason,
  resolveActivation,
  simplify,
  written,
} from "../activation/mod.ts";
import { curvesPlot } from "../plots/mod.ts";
import { runCommand, UsageError } from "./command.ts";
import { checkPlotFile } from "./output_file.ts";
import { userPath } from "./user_path.ts";

const number = (value: number) => `${Number(value.toPrecision(6))}`.replace("Infinity", "∞");

function limitText(limit: Limit): string {
  switch (limit.kind) {
    case "value":
      return number(limit.value);
    case "plus infinity":
      return "∞";
    case "minus infinity":
      return "−∞";
    case "asymptote": {
      const [slope, intercept] = [limit.slope, limit.intercept].map((value) => Number(value.toPrecision(6)));
      return `${format(simplify(parse(`${slope} * x + ${intercept}`)))} (asymptote)`;
    }
    case "none":
      return "none found";
  }
}

function intervalText({ from, to, open }: Interval): string {
  if (from === to) return `x = ${number(from)}`;
  const [left, right] = [["left", "both"], ["right", "both"]].map((kinds) => kinds.includes(open ?? "") ? "<" : "≤");
  if (from === -Infinity) return to === Infinity ? "all x" : `x ${right} ${number(to)}`;
  if (to === Infinity) return `x ${left === "<" ? ">" : "≥"} ${number(from)}`;
  return `${number(from)} ${left} x ${right} ${number(to)}`;
}

/** Places and intervals: `x = 1, 2` and `x ≤ 0`. */
function intervalTexts(intervals: readonly Interval[], more: boolean): string {
  const pieces = intervals.filter(({ from, to }) => from !== to).map(intervalText);
  const places = intervals.filter(({ from, to }) => from === to).map(({ from }) => number(from));
  const texts = [...pieces, ...places.length > 0 ? [`x = ${places.join(", ")}`] : []];
  return `${texts.join("; ")}${more ? " and more" : ""}`;
}

/** So many breaks between branches are told. */
const MOST_BREAKS = 4;

function monotonyText({ monotony: { kind, breaks }, flat }: Properties): string {
  if (kind === "neither") return "no";
  const constant = flat.map(intervalText).join("; ");
  const known = breaks.toSorted((a, b) => Math.abs(a) - Math.abs(b)).slice(0, MOST_BREAKS).sort((a, b) => a - b);
  const more = breaks.length > MOST_BREAKS ? ", …" : "";
  return [
    kind,
    ...breaks.length > 0 ? [` on each side of x = ${known.map(number).join(", ")}${more}`] : [],
    ...kind !== "constant" && constant ? [`, constant for ${constant}`] : [],
  ].join("");
}

/** What is printed, name and text a line. */
function description(text: string): [string, string][] {
  const e = resolveActivation(text);
  const [value, slope] = [written(e), written(derivative(e))];
  const facts = properties(e);
  const { limits, minimum, zeros, moreZeros, equals, mirrors } = facts;
  const genes = encodeGenome(e);
  const rejected = rejectionReason(e);
  const known = [
    ...equals ? [`equals ${equals}`] : [],
    ...mirrors ? [`mirrors ${mirrors}: f(x) = ${mirrors}(-x)`] : [],
  ].join("; ") || "none";
  return [
    ["f(x)", value?.formula ?? LEFT_OUT],
    ["LaTeX", value?.latex ?? LEFT_OUT],
    ["f′(x)", slope?.formula ?? LEFT_OUT],
    ["LaTeX of f′", slope?.latex ?? LEFT_OUT],
    ["genes", genes?.join(" ") ?? "none found with 3 or 5 genes"],
    ["x → −∞", limitText(limits.minusInfinity)],
    ["x → ∞", limitText(limits.plusInfinity)],
    ["minimum", minimum ? `${number(minimum.value)} at ${intervalTexts(minimum.at, minimum.more)}` : "none found"],
    ["zeros", zeros.length > 0 ? intervalTexts(zeros, moreZeros) : "none found"],
    ["monotone", monotonyText(facts)],
    ["looked at", "x from −10⁹ to 10⁹: 1/64 apart up to ±50, by a twentieth of x beyond"],
    ["catalogue", known],
    ["in a search", rejected ? `rejected: ${rejected} in float32 on [−5, 5]` : "accepted"],
  ];
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "describe",
    summary: "Describes an activation function, and draws it and its derivative where --plot is given.",
    usage: ['"-x*erf(exp(-x))"', "gelu --plot gelu.svg"],
    flags: {
      plot: { kind: "text", placeholder: "PATH", description: "Draws it, to a file that ends in .svg or .png" },
      from: { kind: "number", default: -5, description: "Left end of the plot" },
      to: { kind: "number", default: 5, description: "Right end of the plot" },
    },
    operands: { minimum: 1, maximum: 1 },
    details: "The function is a name of the catalogue (relu, swish, eelu2 …) or a formula in x.",
    async run({ plot, from, to }, [text]) {
      if (!(from < to)) throw new UsageError(`Cannot use --from and --to: expected from < to, got ${from} and ${to}`);
      if (plot !== undefined) checkPlotFile(plot);
      const lines = description(text);
      const width = Math.max(...lines.map(([name]) => name.length));
      for (const [name, value] of lines) console.log(`${name.padEnd(width)}  ${value}`);
      if (plot === undefined) return;
      const f = resolveActivation(text);
      const path = userPath(plot);
      const name = written(f)?.formula ?? "f";
      await (await curvesPlot([{ name, f }], { from, to, title: `f(x) = ${name}` })).save(path);
      console.log(`${"plot".padEnd(width)}  ${path}`);
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
