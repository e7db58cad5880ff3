import { assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { PROJECT_FOLDER } from "../project.ts";

type Task = keyof typeof config.tasks;
type Permissions = Readonly<Record<string, boolean | readonly string[]>>;

/** The permissions of a task. */
function permissionsOf(task: Task): Permissions {
  const [, name] = /-P=(\S+)/.exec(config.tasks[task].command)!;
  return config.permissions[name as keyof typeof config.permissions];
}

/** What tasks may not do. Files are read and written wherever the user says. */
const REFUSED: readonly { task: Task; permissions: readonly string[] }[] = [
  { task: "study", permissions: ["run", "net", "ffi", "sys"] },
  { task: "friedman", permissions: ["net", "sys"] },
];

for (const { task, permissions } of REFUSED) {
  Deno.test(`deno task ${task} has no permission for ${permissions.join(", ")}`, () => {
    const granted = permissionsOf(task);
    assertEquals(permissions.filter((name) => name in granted), []);
  });
}

for (const task of ["study", "friedman", "search", "evaluate", "reproduce"] as const) {
  Deno.test(`deno task ${task} reads named variables of the environment only`, async () => {
    const { env, net = [] } = permissionsOf(task);
    assertEquals(Array.isArray(env) && Array.isArray(net), true);
    const [, name] = /-P=(\S+)/.exec(config.tasks[task].command)!;
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-prompt", `-P=${name}`, "lib/cli/testdata/read_environment.ts"],
      cwd: PROJECT_FOLDER,
      env: { A_SECRET: "known", NO_COLOR: "1" },
    }).output();
    assertEquals(new TextDecoder().decode(stdout), "NotCapable\n");
  });
}
