/**
 * Where the built activation operations lie, and whether they are there. The file's name follows from all sources and
 * headers and from the processor: another one gets a library of its own.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { cpus } from "node:os";
import { sha256 } from "../sha256.ts";

/** What is known of the library. */
export type KernelState =
  | { readonly kind: "built"; readonly path: string }
  /** Set-up could not build it here. */
  | { readonly kind: "impossible"; readonly reason: string }
  | { readonly kind: "missing" }
  /** It holds other bytes than when it was built. */
  | { readonly kind: "damaged" };

/** The source that asks the processor what it can do. */
export const PROCESSOR_SOURCE = "processor.cc";

/** The sources that are compiled for this processor. */
export const SOURCES = [
  "activation_operations.cc",
  "filter_gradient.cc",
  "filter_gradient_operation.cc",
  "mask_operations.cc",
  "operations.cc",
  "primitives.cc",
  "program.cc",
  "random_mask.cc",
  "thread_pool.cc",
];

let key: string | undefined;

/** The library's path in the folder of TensorFlow's libraries. */
export function kernelFile(libraryFolder: string): string {
  if (key === undefined) {
    const hash = createHash("sha256").update(cpus()[0]?.model ?? "");
    const files = [...Deno.readDirSync(new URL(".", import.meta.url))].map(({ name }) => name);
    const sources = files.filter((name) => /\.(cc|h)$/.test(name) && !name.endsWith("_test.cc")).sort();
    for (const name of [...sources, "build.ts"]) {
      hash.update(Deno.readTextFileSync(new URL(name, import.meta.url)));
    }
    key = hash.digest("hex").slice(0, 12);
  }
  return `${libraryFolder}/activation-${key}.so`;
}

/** The path of the file that holds the library's SHA-256. */
export function kernelDigestFile(libraryFolder: string): string {
  return `${kernelFile(libraryFolder)}.sha256`;
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Whether the library is there for this processor and these sources; its bytes are not read. */
export function kernelState(libraryFolder: string): KernelState {
  const path = kernelFile(libraryFolder);
  if (exists(path)) return { kind: "built", path };
  if (exists(`${path}.failed`)) return { kind: "impossible", reason: Deno.readTextFileSync(`${path}.failed`) };
  return { kind: "missing" };
}

/** As {@linkcode kernelState}, but also whether the library is as it was built. */
export async function checkKernel(libraryFolder: string): Promise<KernelState> {
  const state = kernelState(libraryFolder);
  if (state.kind !== "built") return state;
  const digest = kernelDigestFile(libraryFolder);
  const whole = exists(digest) && await sha256(state.path) === await Deno.readTextFile(digest);
  return whole ? state : { kind: "damaged" };
}
