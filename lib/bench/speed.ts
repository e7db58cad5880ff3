/**
 * `deno task bench`: how fast phi and the networks of evaluations are trained here, beside Keras and PyTorch where a
 * Python with them is given; what a function costs beside ReLU, what random changes of images cost, how many trials a search
 * makes, what memory is held, and how fast expressions are handled. Contenders run by turns, each in processes of its own.
 *
 * @module
 */
import { runCommand, UsageError } from "../cli/command.ts";
import { augmentationCost } from "./augmentation.ts";
import { expressionSpeed, memoryOfModels, raceOfFunctions, searchSpeed } from "./costs.ts";
import { compareFrameworks, compareNetworks } from "./frameworks.ts";
import { checkPython } from "./measure.ts";
import { stepTimes } from "./step.ts";

const code = await runCommand({
  name: "bench",
  summary:
    "Measures how fast phi is trained (32 × 32 × 3, batches of 64, dropout), beside Keras and PyTorch if wanted; and " +
    "what searches cost.",
  usage: [
    "",
    "--python /path/to/python --rounds 3",
    "--part networks --network resnet50,cct --batch 32",
    "--part functions --functions 100",
  ],
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
    network: {
      kind: "text",
      placeholder: "NAMES",
      description: "Networks of --part networks or step, with commas between",
    },
    batch: { kind: "integer", minimum: 1, default: 64, description: "Batch size of --part networks or step" },
    function: {
      kind: "text",
      placeholder: "FUNCTION",
      default: "relu",
      description: "Function of --part step: a name of the catalogue, or a formula",
    },
    part: {
      kind: "choice",
      choices: ["frameworks", "networks", "step", "functions", "augmentation", "search", "memory", "expressions"],
      description:
        "Measures only this: phi beside other frameworks, the five networks beside them (only if asked for, it takes " +
        "long), where a step's time goes (only if asked for), functions beside ReLU, random changes of images, " +
        "searches, memory, expressions",
    },
  },
  async run({ python, rounds, seconds, functions, trials, network, batch, part, function: name }) {
    if (network !== undefined && part !== "networks" && part !== "step") {
      throw new UsageError("--network is for --part networks and --part step");
    }
    if (python !== undefined) await checkPython(python);
    const wanted = (name: string) => part === undefined || part === name;
    if (wanted("frameworks")) await compareFrameworks({ python, rounds, seconds });
    const names = network?.split(",").map((name) => name.trim()) ?? [];
    if (part === "networks") await compareNetworks({ python, rounds, seconds, names, batch });
    if (part === "step") await stepTimes({ names, batch, function: name });
    if (wanted("functions") && functions > 0) await raceOfFunctions(functions);
    if (wanted("augmentation")) await augmentationCost({ seconds });
    if (wanted("search")) await searchSpeed(trials);
    if (wanted("memory")) await memoryOfModels(200);
    if (wanted("expressions")) expressionSpeed();
  },
}, { args: Deno.args });
Deno.exit(code);
