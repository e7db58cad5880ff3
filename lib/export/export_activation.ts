/**
 * A function as a module for a library or a language.
 *
 * @module
 */
import type { Expression } from "../activation/mod.ts";
import { SettingsError } from "../schema.ts";
import { checkName } from "./check_name.ts";
import { jaxModule } from "./jax.ts";
import { kerasModule } from "./keras.ts";
import { latexModule } from "./latex.ts";
import { type ModuleFacts, moduleFacts } from "./module.ts";
import { numpyModule } from "./numpy.ts";
import { pytorchModule } from "./pytorch.ts";
import { typescriptModule } from "./typescript.ts";

/** What a function can be exported for. */
export type ExportTarget = "latex" | "typescript" | "keras" | "pytorch" | "jax" | "numpy";

const MODULES: Readonly<Record<ExportTarget, (facts: ModuleFacts) => string>> = {
  latex: latexModule,
  typescript: typescriptModule,
  keras: kerasModule,
  pytorch: pytorchModule,
  jax: jaxModule,
  numpy: numpyModule,
};

/** All targets. */
export const EXPORT_TARGETS: readonly ExportTarget[] = Object.keys(MODULES) as ExportTarget[];

/** Options of {@linkcode exportActivation}. */
export interface ExportOptions {
  /** The target. */
  readonly to: ExportTarget;
  /** The function's name in the module; default: its name in the catalogue, or else `f`. */
  readonly name?: string;
}

/**
 * The text of a self-contained, documented module that computes the function, and its derivative by the rules of the
 * lab, in the form that is stable in float32. Throws a SettingsError for a target that there is not, and for a name that
 * cannot be used there.
 *
 * ```ts
 * import { assert } from "@std/assert";
 * import { catalog } from "../activation/catalog.ts";
 * import { exportActivation } from "./export_activation.ts";
 * assert(exportActivation(catalog.swish, { to: "numpy" }).includes("def dswish(x):"));
 * ```
 */
export function exportActivation(e: Expression, { to, name }: ExportOptions): string {
  if (!EXPORT_TARGETS.includes(to)) {
    throw new SettingsError(`Cannot export a function: expected to ${EXPORT_TARGETS.join(" | ")}, got ${to}`);
  }
  const write = (name?: string) => MODULES[to](moduleFacts(e, { name }));
  if (name !== undefined && to !== "latex") {
    checkName(name, { write, language: to === "typescript" ? "typescript" : "python" });
  }
  return write(name);
}
