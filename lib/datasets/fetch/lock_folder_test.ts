import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Progress } from "../dataset.ts";
import { UserError } from "../../user_error.ts";
import { temporaryFolder } from "../testdata/idx_files.ts";
import { lockFolder } from "./lock_folder.ts";

const WAITING: Progress = { kind: "step", text: "waiting for another process that is fetching the same" };

Deno.test("a folder is made, with its parents; one at a time works in it, and the next is told that it waits", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/cache/set`;
  const told: Progress[] = [];
  const first = await lockFolder(path, { onProgress: (progress) => told.push(progress) });
  assertEquals(told, []);
  let isSecond = false;
  const second = lockFolder(path, { onProgress: (progress) => told.push(progress) }).then((lock) => {
    isSecond = true;
    return lock;
  });
  while (told.length === 0) await new Promise((done) => setTimeout(done, 5));
  await new Promise((done) => setTimeout(done, 150)); // it has looked once more
  assertEquals([told, isSecond], [[WAITING], false]);
  first.close();
  using _ = await second;
  assert((await Deno.stat(`${path}/lock`)).isFile);
});

Deno.test("what another process locked is free once that is killed", async () => {
  await using folder = await temporaryFolder();
  const code = `using lock = Deno.openSync(${JSON.stringify(`${folder.path}/lock`)}, { create: true, write: true });
    lock.lockSync(true);
    console.log("locked");
    setInterval(() => {}, 1e6);`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", `${code} await new Promise(() => {});`],
    stdout: "piped",
  }).spawn();
  assertEquals(new TextDecoder().decode((await child.stdout.getReader().read()).value), "locked\n");
  const lock = lockFolder(folder.path, {
    onProgress: (progress) => {
      assertEquals(progress, WAITING);
      child.kill("SIGKILL");
    },
  });
  (await lock).close();
  assertEquals((await child.status).signal, "SIGKILL");
});

Deno.test("waiting can be ended", async () => {
  await using folder = await temporaryFolder();
  using _ = await lockFolder(folder.path, {});
  const controller = new AbortController();
  const onProgress = () => controller.abort(new Error("Ctrl-C"));
  await assertRejects(() => lockFolder(folder.path, { onProgress, signal: controller.signal }), Error, "Ctrl-C");
});

Deno.test("a folder that cannot be made, or written to, is the user's to change", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/file`, "");
  const message = "AFOS_CACHE can name another cache folder";
  await assertRejects(() => lockFolder(`${folder.path}/file/set`, {}), UserError, message);
  await Deno.mkdir(`${folder.path}/set/lock`, { recursive: true });
  await assertRejects(() => lockFolder(`${folder.path}/set`, {}), UserError, message);
});
