/**
 * `deno task test:export`: exports functions, imports the modules into the real frameworks, and compares values and
 * gradients with the lab's own tensors. It needs a Python that has the frameworks, which the ordinary tests do without.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { catalog } from "../../activation/catalog.ts";
import { runTape, tapeOf } from "../../activation/compile/tape.ts";
import { derivative } from "../../activation/derivative.ts";
import { format } from "../../activation/format.ts";
import { expanded } from "../../activation/operators.ts";
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
  composedFunction,
  type ExportedFunction,
  MERGED_FUNCTIONS,
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

/** Two arrays of each function: values and derivatives, or first and second derivatives. */
type Outputs = readonly [ArrayLike<number>, ArrayLike<number>];

/** Names of the functions that the modules are given: words of Python, its built-in names, and what modules use. */
const NAMES = ("print len float int str dict list tuple set type object super property classmethod staticmethod " +
  "isinstance id min max sum abs pow range map filter input open iter next hash vars all any match case where value " +
  "slope curvature computed forward backward call jvp f g d e x t1 layer none true self cls ctx np torch jax jnp " +
  "keras ops math config args kwargs upstream primals ValueError Exception").split(" ");

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

/** What float64 gives: values and derivatives, or first and second derivatives. */
function exact(functions: readonly ExportedFunction[], { order, at }: {
  readonly order: 0 | 1;
  readonly at: "points" | "half";
}): Outputs[] {
  return functions.map(({ expression, [at]: points }) => {
    const value = expanded(expression);
    const slope = derivative(value);
    const run = (points: ArrayLike<number>) =>
      runTape(tapeOf(order === 0 ? [value, slope] : [slope, derivative(slope)]), points) as [
        Float64Array,
        Float64Array,
      ];
    const [first, second] = run(points);
    if (order === 0) return [first, second];
    // at a kink of the derivative there is no second one
    const [left, right] = [-1e-7, 1e-7].map((step) =>
      run(Float64Array.from(points, (x) => x + step * Math.max(1, Math.abs(x))))[1]
    );
    const isKink = (i: number) => Math.abs(left[i] - right[i]) > 1e-3 * Math.max(1, Math.abs(second[i]));
    return [first, second.map((curvature, i) => isKink(i) ? NaN : curvature)];
  });
}

/** What is compared in a mode, and how closely. */
function reference(mode: string): { order: 0 | 1; at: "points" | "half"; tolerance: number; most: number } {
  if (mode.startsWith("second")) return { order: 1, at: "points", tolerance: 1e-4, most: 1e30 };
  if (mode.startsWith("half")) return { order: 0, at: "half", tolerance: 2 ** -9, most: 60000 };
  return { order: 0, at: "points", tolerance: 1e-9, most: 1e300 };
}

/** What the framework gives, by mode. */
async function theirs(functions: readonly ExportedFunction[], { python, framework: { target, backend } }: {
  readonly python: string;
  readonly framework: Framework;
}): Promise<Record<string, Outputs[]>> {
  const folder = await Deno.makeTempDir();
  const write = async (module: string, text: string) => {
    await Deno.writeTextFile(`${folder}/${module}.py`, text);
    return module;
  };
  try {
    const described = [];
    for (const { name, expression, points, half } of functions) {
      const module = await write(`module_${name}`, exportActivation(expression, { to: target, name }));
      described.push({ name, module, points: [...points], half: [...half] });
    }
    const unnamed = [];
    for (const [i, expression] of UNNAMED.entries()) {
      unnamed.push(await write(`unnamed${i}`, exportActivation(expression, { to: target })));
    }
    const named: Record<string, string> = {};
    for (const name of NAMES) {
      try {
        named[name] = await write(`named_${name}`, exportActivation(catalog.swish, { to: target, name }));
      } catch (error) {
        if (!(error instanceof UserError)) throw error; // refused
      }
    }
    await Deno.writeTextFile(`${folder}/job.json`, JSON.stringify({ target, functions: described, unnamed, named }));
    const env = { PYTHONDONTWRITEBYTECODE: "1", ...(backend ? { KERAS_BACKEND: backend } : {}) };
    const output = await runProgram([python, SCRIPT, `${folder}/job.json`], { env });
    const modes: Record<string, [string, string][]> = JSON.parse(output.trim().split("\n").at(-1)!);
    const floats = (text: string) => new Float64Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
    return Object.fromEntries(
      Object.entries(modes).map(([mode, all]) => [mode, all.map(([f, df]) => [floats(f), floats(df)] as const)]),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The greatest difference beside the tolerance's scale, and where; of values up to `most`. */
function worst(expected: Outputs, actual: Outputs, { points, most = Infinity }: {
  readonly points: Float32Array;
  readonly most?: number;
}): { error: number; at: string } {
  let found = { error: 0, at: "" };
  for (const [i, what] of ["first", "second"].entries()) {
    for (const [point, value] of Array.from(expected[i]).entries()) {
      if (!(Math.abs(value) <= most)) continue;
      const got = actual[i][point];
      const difference = Object.is(value, got) ? 0 : Math.abs(got - value) / Math.max(1, Math.abs(value));
      const error = Number.isNaN(difference) || got === undefined ? Infinity : difference;
      if (error > found.error) found = { error, at: `${what} at ${points[point]}: expected ${value}, got ${got}` };
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
      `operator and for random functions, where float32 can tell; the greatest difference allowed is ${TOLERANCE} (times\n` +
      "the value above 1). Second derivatives, forward mode, float16 and float64 are compared with float64, saved models\n" +
      "(Keras, TorchScript, torch.export) with what was saved; modules are tried under names that Python uses itself.",
    async run({ python, only, functions: count, seed }) {
      const program = python.includes("/") ? userPath(python) : python;
      const functions = [
        ...CATALOGUE_FUNCTIONS,
        ...OPERATOR_FUNCTIONS,
        ...MERGED_FUNCTIONS,
        composedFunction(),
        ...randomFunctions(count, { seed }),
      ];
      const expected = await ours(functions);
      let failed = 0;
      for (const name of only === undefined ? Object.keys(FRAMEWORKS) : [only]) {
        const started = performance.now();
        const modes = await theirs(functions, { python: program, framework: FRAMEWORKS[name] })
          .catch((error: Error) => {
            throw new UserError(`Cannot try ${name} with ${program}: ${error.message}`);
          });
        for (const [mode, actual] of Object.entries(modes)) {
          const isPlain = !/^(second|half|double)/.test(mode);
          const { order, at, tolerance, most: largest } = reference(mode);
          const truths = isPlain ? expected : exact(functions, { order, at });
          const results = functions.map(({ name, points, half }, i) =>
            !isPlain && name.startsWith("random") ? { error: 0, at: "" } : worst(truths[i], actual[i], {
              points: at === "half" ? half : points,
              most: isPlain ? Infinity : largest,
            })
          );
          const wrong = results.flatMap((result, i) =>
            result.error > (isPlain ? TOLERANCE : tolerance) ? [{ i, result }] : []
          );
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
