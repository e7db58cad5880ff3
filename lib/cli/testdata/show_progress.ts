/**
 * Shows progress on stderr as a search does, for tests: it measures, then runs four trials, and after the second one
 * makes its terminal, where it has one, as wide as the argument says.
 *
 * @module
 */
import process from "node:process";
import type { Trial } from "../../study/mod.ts";
import { progressDisplay, trialProgress } from "../progress.ts";

const trial = (number: number): Trial => ({
  number,
  label: "search",
  formula: "max(x,0.1*x)*sigmoid(x)+sinh(x)*exp(tanh(x))*softplus(x)*softplus(x)*softplus(x)*softplus(x)",
  identity: String(number),
  recipe: {},
  seed: 1,
  test: false,
  epochs: [],
  outcome: { kind: "complete", fitness: number, validationAccuracy: 0.5, validationLoss: 1 },
  startedAt: "2026-11-25T00:00:00.000Z",
  seconds: 1,
  attempts: 1,
});

async function makeTerminal(columns: string): Promise<void> {
  const resized = new Promise((resolve) => process.stderr.once("resize", resolve));
  await new Deno.Command("stty", { args: ["cols", columns], stdin: "inherit" }).output();
  await resized;
}

{
  using display = progressDisplay();
  display.show({ name: "measuring how long it takes" });
  display.log("a line of the preparation");
}
{
  using progress = trialProgress("search", { total: 4, best: true });
  for (let i = 0; i < 4; i++) {
    progress.onEvent({ kind: "ended", trial: trial(i), progress: { total: 4, ended: i + 1, running: 0 } });
    await new Promise((resolve) => setTimeout(resolve, 700));
    if (i === 1 && process.stderr.isTTY && Deno.args.length > 0) await makeTerminal(Deno.args[0]);
  }
}
console.log("the end");
