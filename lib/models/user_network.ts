/**
 * Networks by name or by the path of a user's own module, which exports a builder.
 *
 * @module
 */
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { LayersModel } from "../engine/mod.ts";
import { UserError } from "../user_error.ts";
import { buildNetwork } from "./catalog.ts";
import type { NetworkOptions } from "./network.ts";

/** Builds a network; its output are logits, shape [batch, classes]. */
export type NetworkBuilder = (options: NetworkOptions) => LayersModel;

/** Whether a network is named by the path of a module, not by a name of the catalogue. */
export function isNetworkPath(network: string): boolean {
  return /\.m?[tj]s$/.test(network);
}

/**
 * The builder of a network: of the catalogue's, or the export `build` (or the default export) of the module with an
 * absolute path. The engine must be loaded. Throws a UserError for a module that cannot be loaded or exports no function.
 */
export async function networkBuilder(network: string): Promise<NetworkBuilder> {
  if (!isNetworkPath(network)) return (options) => buildNetwork(network, options);
  const refuse = (got: string, cause?: unknown): never => {
    throw new UserError(
      `Cannot use network ${network}: expected a module that exports a function \`build\` ` +
        `(options: { activation, imageSize, channels, classes, seed }) => model, got ${got}`,
      { cause },
    );
  };
  if (!isAbsolute(network)) refuse("a path that is not absolute");
  let module: Record<string, unknown>;
  try {
    module = await import(pathToFileURL(network).href);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), error);
  }
  const build = module.build ?? module.default;
  return typeof build === "function"
    ? build as NetworkBuilder
    : refuse(`exports ${Object.keys(module).join(", ") || "nothing"}`);
}
