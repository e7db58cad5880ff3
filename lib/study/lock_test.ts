import { assert, assertEquals, assertThrows } from "@std/assert";
import { isLocked, type LockOutcome, tryLock } from "./lock.ts";
import { kill, withFolder } from "./testdata/toy.ts";
import { UserError } from "../user_error.ts";

function locked(outcome: LockOutcome): Disposable {
  assert(outcome.kind === "locked");
  return outcome.lock;
}

/** Locks a file in a process of its own, and resolves once it holds the lock. */
async function lockElsewhere(path: string): Promise<Deno.ChildProcess> {
  const module = new URL("lock.ts", import.meta.url).href;
  const code = `import { tryLock } from ${JSON.stringify(module)};
    globalThis.outcome = tryLock(${JSON.stringify(path)});
    console.log(outcome.kind);
    setInterval(() => {}, 1e6);`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode(code));
  await input.close();
  const { value } = await child.stdout.getReader().read();
  assertEquals(new TextDecoder().decode(value), "locked\n");
  return child;
}

Deno.test("a lock is held until it is given back, and the file stays", () =>
  withFolder((folder) => {
    const path = `${folder}/lock`;
    assertEquals(isLocked(path), false); // no file yet
    {
      using _lock = locked(tryLock(path));
      assertEquals([isLocked(path), isLocked(path)], [true, true]);
      assertEquals(Deno.readTextFileSync(path), `${Deno.pid}\n`);
    }
    assertEquals([isLocked(path), Deno.statSync(path).isFile], [false, true]);
    locked(tryLock(path))[Symbol.dispose]();
  }));

Deno.test("another process's lock is refused with its id, and is gone when it is killed", () =>
  withFolder(async (folder) => {
    const path = `${folder}/lock`;
    Deno.writeTextFileSync(path, "4194305 and what a longer id of an earlier holder left\n");
    const child = await lockElsewhere(path);
    assertEquals(tryLock(path), { kind: "held", pid: child.pid });
    assert(isLocked(path));
    kill(child.pid);
    await child.status;
    assertEquals(isLocked(path), false);
    using _lock = locked(tryLock(path));
    assertEquals(Deno.readTextFileSync(path), `${Deno.pid}\n`);
  }));

Deno.test("a link is not locked, and its target is left as it is, also where there is none", () =>
  withFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/target`, "precious");
    for (const target of ["target", "nowhere"]) {
      Deno.symlinkSync(`${folder}/${target}`, `${folder}/${target}.lock`);
      assertThrows(() => tryLock(`${folder}/${target}.lock`), UserError, "got a link: remove it");
    }
    assertEquals(Deno.readTextFileSync(`${folder}/target`), "precious");
    assertThrows(() => Deno.statSync(`${folder}/nowhere`), Deno.errors.NotFound);
  }));

Deno.test("where no file can be, the error is the system's", () =>
  withFolder((folder) => {
    assertThrows(() => tryLock(`${folder}/missing/lock`), Deno.errors.NotFound);
    assertEquals(isLocked(`${folder}/missing/lock`), false);
  }));
