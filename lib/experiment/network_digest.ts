/**
 * What a user's own network depends on: the texts of its module and of all local modules that it imports, but for the
 * lab's own. It does not run them.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { PROJECT_FOLDER } from "../project.ts";
import { UserError } from "../user_error.ts";

/** What `deno info --json` says of a module. */
interface ModuleGraph {
  readonly modules: readonly { readonly specifier: string; readonly error?: string }[];
}

const LAB = `${PROJECT_FOLDER}lib/`;

/**
 * SHA-256 of the module with an absolute path and of what it imports. Throws a UserError where one of them cannot be
 * found or read.
 */
export async function networkDigest(path: string): Promise<string> {
  const refuse = (reason: string): never => {
    throw new UserError(`Cannot use network ${path}: ${reason.trim().split("\n")[0]}`);
  };
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--quiet", path],
    cwd: PROJECT_FOLDER,
    env: { NO_COLOR: "1" },
  }).output();
  if (code !== 0) refuse(new TextDecoder().decode(stderr).replace(/^error: /, ""));
  const { modules }: ModuleGraph = JSON.parse(new TextDecoder().decode(stdout));
  const wrong = modules.find(({ error }) => error !== undefined);
  if (wrong) refuse(wrong.error!);
  const local = modules.flatMap(({ specifier }) => specifier.startsWith("file:") ? [fileURLToPath(specifier)] : []);
  const hash = createHash("sha256");
  for (const file of local.sort()) {
    // what the lab changes is not the network's, but a network among the lab's files is
    if (file === path || !file.startsWith(LAB)) hash.update(Deno.readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}
