/**
 * Compiles the activation operations of this folder for this machine's processor.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { COMPILERS, findProgram, ProgramError, runProgram } from "../command.ts";
import { sha256 } from "../sha256.ts";
import { checkKernel, kernelDigestFile, kernelFile, type KernelState, PROCESSOR_SOURCE, SOURCES } from "./state.ts";

/** Options of {@linkcode buildKernel}. */
export interface BuildOptions {
  /** The folder of TensorFlow's libraries and of `include`, where the built library goes. */
  readonly libraryFolder: string;
  /** Called with a line for each thing that is being done. */
  readonly log: (line: string) => void;
}

/** How all sources are compiled. Loops are vectorised only where no floating-point exception must be kept. */
export const COMPILER_FLAGS = ["-std=c++17", "-fPIC", "-fvisibility=hidden"].concat(
  ["-O3", "-march=native", "-mprefer-vector-width=512", "-fno-math-errno", "-fno-trapping-math"],
);

const source = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What the compiler may use of this processor, by the names of `__builtin_cpu_supports`. */
const FEATURES =
  /^#define __(AVX2|FMA|BMI2?|GFNI|AVX512(?:F|VL|BW|DQ|CD|VBMI|VBMI2|IFMA|VNNI|BITALG|VPOPCNTDQ|BF16))__ 1$/gm;

/** The features that code for this processor uses. Throws a ProgramError where it is not one that the code is for. */
async function processorFeatures(compiler: string): Promise<string[]> {
  if (Deno.build.arch !== "x86_64") {
    throw new ProgramError(`it takes an x86-64 processor, this is ${Deno.build.arch}`);
  }
  const macros = await runProgram([compiler, "-march=native", "-dM", "-E", "-x", "c++", "/dev/null"]);
  const features = [...macros.matchAll(FEATURES)].map(([, name]) => name.toLowerCase());
  if (!features.includes("fma")) throw new ProgramError("it takes a processor with fused multiply-add (FMA)");
  return features;
}

const WORK_PREFIX = "kernel-";

async function compile(compiler: string, { libraryFolder }: BuildOptions): Promise<void> {
  for (const { name } of [...Deno.readDirSync(libraryFolder)]) { // of set-ups that were killed
    if (name.startsWith(WORK_PREFIX)) await Deno.remove(`${libraryFolder}/${name}`, { recursive: true });
  }
  const features = (await processorFeatures(compiler)).map((feature) => `has("${feature}")`).join(" && ");
  const folder = await Deno.makeTempDir({ dir: libraryFolder, prefix: WORK_PREFIX });
  try {
    const compiled = async (name: string, flags: readonly string[]) => {
      const object = `${folder}/${name}.o`;
      await runProgram([compiler, ...flags, "-DNDEBUG", "-c", source(name), "-o", object]);
      return object;
    };
    const headers = ["-isystem", `${libraryFolder}/include`];
    const objects = await Promise.all([
      compiled(PROCESSOR_SOURCE, ["-fPIC", `-DAFOS_FEATURES=${features}`]),
      ...SOURCES.map((name) => compiled(name, [...COMPILER_FLAGS, ...headers])),
    ]);
    const library = `${folder}/library.so`;
    await runProgram([
      ...[compiler, "-shared", ...objects, "-o", library, `-L${libraryFolder}`, "-l:libtensorflow_framework.so.2"],
      ...["-Wl,-rpath,$ORIGIN", "-Wl,--no-undefined"],
    ]);
    await Deno.writeTextFile(kernelDigestFile(libraryFolder), await sha256(library));
    await Deno.rename(library, kernelFile(libraryFolder));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Builds the library where it is not there, or damaged. Where it cannot be built it says why, once, and that is
 * remembered. Only one process at a time may call it for a folder.
 */
export async function buildKernel(options: BuildOptions): Promise<KernelState> {
  const { libraryFolder, log } = options;
  const before = await checkKernel(libraryFolder);
  if (before.kind === "built") return before;
  log("building the activation operations for this processor");
  const refuse = async (reason: string): Promise<KernelState> => {
    await Deno.remove(kernelFile(libraryFolder)).catch(() => {});
    log(`activations will be computed by TensorFlow's own operations, more slowly: ${reason}`);
    await Deno.writeTextFile(`${kernelFile(libraryFolder)}.failed`, reason);
    return { kind: "impossible", reason };
  };
  const compiler = await findProgram(COMPILERS);
  if (!compiler) return await refuse("there is no C++ compiler (g++)");
  try {
    await compile(compiler, options);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return await refuse(error.message);
  }
  return await checkKernel(libraryFolder);
}
