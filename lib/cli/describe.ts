/**
 * `deno task describe`: says what an activation function is, and draws it. It parses arguments, calls the library and
 * prints.
 *
 * @module
 */
import { dirname } from "node:path";
import {
  derivative,
  encodeGenome,
  evaluate,
  type Expression,
  format,
  latex,
  parse,
  properties,
  rejectionReason,
  resolveActivation,
  simplify,
} from "../activation/mod.ts";
import type { Limit } from "../activation/mod.ts";
import { curvesPlot } from "../plots/mod.ts";
import { PROJECT_FOLDER } from "../project.ts";
import { runCommand, UsageError } from "./command.ts";
import { userPath } from "./user_path.ts";

const number = (value: number) => `${Number(value.toPrecision(6))}`;

function limitText(limit: Limit): string {
  switch (limit.kind) {
    case "value":
      return number(limit.value);
    case "plus infinity":
      return "∞";
    case "minus infinity":
      return "−∞";
    case "asymptote":
      return `${format(asymptote(limit))} (asymptote)`;
    case "none":
      return "no limit";
  }
}

function asymptote({ slope, intercept }: { slope: number; intercept: number }): Expression {
  return simplify(parse(`${slope} * x + ${intercept}`));
}

/** What is printed, name and text a line. */
function description(text: string): [string, string][] {
  const e = resolveActivation(text);
  const slope = simplify(derivative(e));
  const { limits, minimum, zeros, monotone, equals, mirrors } = properties(e);
  const genes = encodeGenome(e);
  const rejected = rejectionReason(e);
  const known = [
    ...equals ? [`equals ${equals}`] : [],
    ...mirrors ? [`mirrors ${mirrors}: f(x) = ${mirrors}(-x)`] : [],
  ].join("; ") || "none";
  return [
    ["f(x)", format(e)],
    ["LaTeX", latex(e)],
    ["f′(x)", format(slope)],
    ["LaTeX of f′", latex(slope)],
    ["genes", genes?.join(" ") ?? "none found with 3 or 5 genes"],
    ["x → −∞", limitText(limits.minusInfinity)],
    ["x → ∞", limitText(limits.plusInfinity)],
    ["minimum", minimum ? `${number(minimum.value)} at x = ${number(minimum.x)}` : "none"],
    ["zeros", zeros.length > 0 ? zeros.map(number).join(", ") : "none"],
    ["monotone", monotone === "neither" ? "no" : monotone],
    ["catalogue", known],
    ["in a search", rejected ? `rejected: ${rejected} in float32 on [−5, 5]` : "accepted"],
  ];
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "describe",
    summary: "Describes an activation function, and draws it and its derivative.",
    usage: ['"-x*erf(exp(-x))"', "gelu --plot gelu.svg"],
    flags: {
      plot: {
        kind: "text",
        placeholder: "PATH",
        default: `${PROJECT_FOLDER}data/plots/activation.svg`,
        description: "File that the plot (SVG) is written to",
      },
      from: { kind: "number", default: -5, description: "Left end of the plot" },
      to: { kind: "number", default: 5, description: "Right end of the plot" },
    },
    operands: { minimum: 1, maximum: 1 },
    details: "The function is a name of the catalogue (relu, swish, eelu2 …) or a formula in x.",
    async run({ plot, from, to }, [text]) {
      if (!(from < to)) throw new UsageError(`Cannot use --from and --to: expected from < to, got ${from} and ${to}`);
      const lines = description(text);
      const width = Math.max(...lines.map(([name]) => name.length));
      for (const [name, value] of lines) console.log(`${name.padEnd(width)}  ${value}`);
      const e = resolveActivation(text);
      const slope = derivative(e);
      const curve = {
        name: format(e),
        value: (x: number) => evaluate(e, x),
        derivative: (x: number) => evaluate(slope, x),
      };
      const path = userPath(plot);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeTextFile(path, await curvesPlot([curve], { from, to, title: `f(x) = ${format(e)}` }));
      console.log(`${"plot".padEnd(width)}  ${path}`);
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
