/**
 * `deno task bench`: how fast phi is trained here, in eager mode and by graphs, beside Keras and PyTorch where a Python
 * with them is given; what a function costs beside ReLU, what random changes of images cost, how many trials a search
 * makes, what memory is held, and how fast expressions are handled. Contenders run by turns, each in processes of its own.
 *
 * @module
 */
import { runCommand } from "../cli/command.ts";
import { augmentationCost } from "./augmentation.ts";
import { expressionSpeed, memoryOfModels, raceOfFunctions, searchSpeed } from "./costs.ts";
import { compareFrameworks } from "./frameworks.ts";
import { queueCosts } from "./queue.ts";

const code = await runCommand({
  name: "bench",
  summary:
    "Measures how fast phi is trained (32 × 32 × 3, batches of 64, dropout), beside Keras and PyTorch if wanted.",
  usage: ["", "--python /path/to/python --rounds 3", "--part functions --functions 100"],
  flags: {
    python: {
      kind: "text",
      placeholder: "PATH",
      description: "A Python with tensorflow, keras and torch; else only ours",
    },
    rounds: { kind: "integer", minimum: 1, default: 3, description: "How often each contender is measured" },
    seconds: { kind: "integer", minimum: 1, default: 4, description: "Seconds of each measurement" },
    functions: {
      kind: "integer",
      minimum: 0,
      default: 20,
      description: "Random functions that are compared with ReLU",
    },
    trials: { kind: "integer", minimum: 1, default: 16, description: "Trials of the searches that are measured" },
    part: {
      kind: "choice",
      choices: ["frameworks", "functions", "augmentation", "search", "memory", "expressions", "queue"],
      description:
        "Measures only this: other frameworks' speed, functions beside ReLU, random changes of images, searches, " +
        "memory, expressions; or a queue, for which redis-server must be here",
    },
  },
  async run({ python, rounds, seconds, functions, trials, part }) {
    const wanted = (name: string) => part === undefined || part === name;
    if (wanted("frameworks")) await compareFrameworks({ python, rounds, seconds });
    if (wanted("functions") && functions > 0) await raceOfFunctions(functions);
    if (wanted("augmentation")) await augmentationCost({ seconds });
    if (wanted("search")) await searchSpeed(trials);
    if (wanted("memory")) await memoryOfModels(200);
    if (wanted("expressions")) expressionSpeed();
    if (part === "queue") await queueCosts({ trials: 10_000, workers: 8 });
  },
}, { args: Deno.args });
Deno.exit(code);
