/**
 * The permission to reach a queue. Which host that is, no list in deno.json can say: the command is started once more,
 * with its own permissions and this one.
 *
 * @module
 */
import { datasetHosts } from "../datasets/mod.ts";
import { PROJECT_FOLDER } from "../project.ts";

/** How a command is started again. */
export interface RestartOptions {
  /** Its file in `cli`. */
  readonly file: string;
  readonly args: readonly string[];
  /** The name of its permissions in deno.json (default: `search`). */
  readonly permissions?: string;
}

/**
 * Makes sure that the queue's host may be reached: undefined where it may, or where there is no queue, else the exit code
 * of the command that was started again. Throws a UserError where the URL is no address of a queue.
 */
export async function withQueueAccess(
  url: string | undefined,
  { file, args, permissions = "search" }: RestartOptions,
): Promise<number | undefined> {
  if (url === undefined) return undefined;
  const { queueAddress } = await import("../queue/mod.ts");
  const { host, port } = queueAddress(url);
  const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  if ((await Deno.permissions.query({ name: "net", host: target })).state === "granted") {
    endWithParent();
    return undefined;
  }
  const hosts = permissions === "search" ? [...datasetHosts(), target] : [target];
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--config", `${PROJECT_FOLDER}deno.json`, `--permission-set=${permissions}`],
      ...[`--allow-net=${hosts.join(",")}`, `${PROJECT_FOLDER}lib/cli/${file}`, ...args],
    ],
    env: { [PARENT]: String(Deno.pid) },
  }).spawn();
  Deno.addSignalListener("SIGINT", () => {}); // the terminal sends it to both
  Deno.addSignalListener("SIGTERM", () => process.kill("SIGTERM"));
  const { code } = await process.status;
  return code;
}

/** Where a command that was started again finds the process that did. */
const PARENT = "AFOS_PARENT";

/** Ends this process, as an interruption would, when the one that has started it again was killed. */
function endWithParent(): void {
  const parent = Number(Deno.env.get(PARENT));
  if (Deno.ppid !== parent) return;
  const watch = setInterval(() => {
    if (Deno.ppid === parent) return;
    clearInterval(watch);
    Deno.kill(Deno.pid, "SIGTERM");
  }, 1000);
  Deno.unrefTimer(watch);
}
