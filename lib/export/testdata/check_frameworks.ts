/**
 * `deno task test:export`: exports functions, imports the modules into the real frameworks, and compares values and
 * gradients with the lab's own tensors. It needs a Python that has the frameworks, which the ordinary tests do without.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { format } from "../../activation/format.ts";
import { parse } from "../../activation/parse.ts";
import { activationTensor } from "../../activation/compile/tensor.ts";
import { runCommand } from "../../cli/command.ts";
import { userPath } from "../../cli/user_path.ts";
import { runProgram } from "../../engine/command.ts";
import { loadEngine } from "../../engine/tensorflow.ts";
import { UserError } from "../../user_error.ts";
import { exportActivation } from "../export_activation.ts";
import {
  CATALOGUE_FUNCTIONS,
  type ExportedFunction,
  OPERATOR_FUNCTIONS,
  randomFunctions,
  TOLERANCE,
} from "./exported_functions.ts";

/** A framework to try: a target, and for Keras its backend. */
interface Framework {
  readonly target: "numpy" | "pytorch" | "jax" | "keras";
  readonly backend?: "tensorflow" | "jax" | "torch";
}

const FRAMEWORKS: Readonly<Record<string, Framework>> = {
  numpy: { target: "numpy" },
  pytorch: { target: "pytorch" },
  jax: { target: "jax" },
  "keras-tensorflow": { target: "keras", backend: "tensorflow" },
  "keras-jax": { target: "keras", backend: "jax" },
  "keras-torch": { target: "keras", backend: "torch" },
};

/** Functions that all modules call f, if they are given no name; a saved model must tell them apart. */
const UNNAMED = ["x * erf(x)", "x * tanh(exp(x))"].map((text) => parse(text));

const SCRIPT = fileURLToPath(new URL("check_modules.py", import.meta.url));

type Outputs = readonly [values: Float32Array, slopes: Float32Array];

/**
 * What the lab's own tensors give. TensorFlow's single operations for some functions take the other side at a kink (the
 * slope of SELU at 0), so that the portable engine is asked.
 */
async function ours(functions: readonly ExportedFunction[]): Promise<Outputs[]> {
  const tf = await loadEngine({ engine: "javascript" });
  return functions.map(({ expression, points }) =>
    tf.tidy(() => {
      const f = activationTensor(expression);
      const x = tf.tensor1d(points);
      return [f(x).dataSync() as Float32Array, tf.grad(f)(x).dataSync() as Float32Array] as const;
    })
  );
}

/** What the framework gives, by mode. */
async function theirs(functions: readonly ExportedFunction[], { python, framework: { target, backend } }: {
  readonly python: string;
  readonly framework: Framework;
}): Promise<Record<string, Outputs[]>> {
  const folder = await Deno.makeTempDir();
  try {
    const described = [];
    for (const { name, expression, points } of functions) {
      const module = `module_${name}`;
      await Deno.writeTextFile(`${folder}/${module}.py`, exportActivation(expression, { to: target, name }));
      described.push({ name, module, points: [...points] });
    }
    const unnamed = [];
    for (const [i, expression] of UNNAMED.entries()) {
      const module = `unnamed${i}`;
      await Deno.writeTextFile(`${folder}/${module}.py`, exportActivation(expression, { to: target }));
      unnamed.push(module);
    }
    await Deno.writeTextFile(`${folder}/job.json`, JSON.stringify({ target, functions: described, unnamed }));
    const env = { PYTHONDONTWRITEBYTECODE: "1", ...(backend ? { KERAS_BACKEND: backend } : {}) };
    const output = await runProgram([python, SCRIPT, `${folder}/job.json`], { env });
    const modes: Record<string, [string, string][]> = JSON.parse(output.trim().split("\n").at(-1)!);
    const floats = (text: string) => new Float32Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
    return Object.fromEntries(
      Object.entries(modes).map(([mode, all]) => [mode, all.map(([f, df]) => [floats(f), floats(df)] as const)]),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The greatest difference beside the tolerance's scale, and where. */
function worst(expected: Outputs, actual: Outputs, points: Float32Array): { error: number; at: string } {
  let found = { error: 0, at: "" };
  for (const [i, what] of ["f", "f′"].entries()) {
    for (const [point, value] of expected[i].entries()) {
      const got = actual[i][point];
      const difference = Object.is(value, got) ? 0 : Math.abs(got - value) / Math.max(1, Math.abs(value));
      const error = Number.isNaN(difference) || got === undefined ? Infinity : difference;
      if (error > found.error) found = { error, at: `${what}(${points[point]}): expected ${value}, got ${got}` };
    }
  }
  return found;
}

/** Runs the command and returns its exit code. */
function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "test:export",
    summary: "Imports exported functions into the real frameworks and compares values and gradients with the lab's.",
    usage: ["--python PATH", "--python PATH --only pytorch"],
    flags: {
      python: {
        kind: "text",
        placeholder: "PATH",
        default: "python3",
        description: "A Python that has torch, jax, numpy, keras and tensorflow, or those of --only",
      },
      only: { kind: "choice", choices: Object.keys(FRAMEWORKS), description: "Tries one of them" },
      functions: { kind: "integer", minimum: 0, default: 20, description: "Random functions beside the others" },
      seed: { kind: "integer", minimum: 0, default: 4, description: "Seed of the random functions" },
    },
    details: "For the environment: python3 -m venv ENV; ENV/bin/pip install torch jax numpy keras tensorflow-cpu.\n" +
      "Forward and gradient are compared at 807 points in [-100, 100] for the catalogue, and in [-5, 5] for each\n" +
      `operator and for random functions, where float32 can tell; the greatest difference allowed is ${TOLERANCE} (times the value above 1).`,
    async run({ python, only, functions: count, seed }) {
      const program = python.includes("/") ? userPath(python) : python;
      const functions = [...CATALOGUE_FUNCTIONS, ...OPERATOR_FUNCTIONS, ...randomFunctions(count, { seed })];
      const expected = await ours(functions);
      let failed = 0;
      for (const name of only === undefined ? Object.keys(FRAMEWORKS) : [only]) {
        const started = performance.now();
        const modes = await theirs(functions, { python: program, framework: FRAMEWORKS[name] })
          .catch((error: Error) => {
            throw new UserError(`Cannot try ${name} with ${program}: ${error.message}`);
          });
        for (const [mode, actual] of Object.entries(modes)) {
          const results = functions.map(({ points }, i) => worst(expected[i], actual[i], points));
          const wrong = results.flatMap((result, i) => result.error > TOLERANCE ? [{ i, result }] : []);
          const most = results.reduce((a, b) => Math.max(a, b.error), 0);
          console.log(
            `${name}, ${mode}: ${functions.length - wrong.length} of ${functions.length} functions agree, ` +
              `greatest difference ${most.toExponential(1)}`,
          );
          for (const { i, result } of wrong) {
            console.log(`  ${functions[i].name} = ${format(functions[i].expression)}: ${result.at}`);
          }
          failed += wrong.length;
        }
        console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
      }
      return failed > 0 ? 1 : 0;
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
