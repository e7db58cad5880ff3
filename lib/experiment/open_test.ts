import { assertRejects } from "@std/assert";
import { SettingsError } from "../schema.ts";
import { openEvaluation } from "./evaluation.ts";
import { openSearch } from "./search.ts";

/** Options that are refused before anything is set up, and what is said of them. */
const WRONG: readonly (readonly [open: (options: never) => Promise<unknown>, options: unknown, message: string])[] = [
  [openSearch, { learningrate: 0.1 }, "Cannot search: unknown setting learningrate; did you mean learningRate?"],
  [openSearch, { preset: "fast" }, 'Cannot search: expected preset to be quick or paper or afos, got "fast"'],
  [openSearch, { epochs: 0 }, "Cannot search: expected epochs to be an integer of at least 1, got 0"],
  [openSearch, { population: 4 }, "Cannot search: unknown setting population"],
  [openSearch, { baselines: ["relu", "rulu"] }, "expected baselines to be a list of different values"],
  [openSearch, { finalists: -1 }, "expected finalists to be an integer of at least 0, got -1"],
  [openSearch, { optimizer: "adam", momentum: 0.9 }, "expected momentum to be 0 with Adam, got 0.9"],
  [openEvaluation, { function: ["relu"] }, "Cannot evaluate: unknown setting function; did you mean functions?"],
  [openEvaluation, { seeds: 0 }, "Cannot evaluate: expected seeds to be an integer of at least 1, got 0"],
  [openEvaluation, { budget: "huge" }, 'Cannot evaluate: expected budget to be quick or medium or full, got "huge"'],
];

for (const [open, options, message] of WRONG) {
  Deno.test(`${open.name} refuses ${JSON.stringify(options)}`, async () => {
    await assertRejects(() => open({ folder: "/none", ...options as object } as never), SettingsError, message);
  });
}
