import { assertEquals, assertRejects } from "@std/assert";
import { findProgram, ProgramError, runProgram } from "./command.ts";

const deno = (code: string) => [Deno.execPath(), "eval", "--quiet", code];

Deno.test("runProgram gives what a program prints", async () => {
  assertEquals(await runProgram(deno("console.log(Deno.env.get('NAME'))"), { env: { NAME: "a b" } }), "a b\n");
});

const FAILING: readonly (readonly [name: string, command: readonly string[], message: string])[] = [
  [
    "the line that tells why",
    deno("console.error('Error: no network\\n  at x\\n  at y\\nbye'); Deno.exit(3)"),
    "Error: no network",
  ],
  ["the end, where no line tells why", deno("console.log('a\\nb\\nc\\nd'); Deno.exit(1)"), "1: b / c / d"],
  ["the exit code, where there is no output", deno("Deno.exit(9)"), "ended with exit code 9"],
  ["that there is no such program", ["no-such-program"], "no-such-program was not found"],
];

for (const [name, command, message] of FAILING) {
  Deno.test(`a program that fails: runProgram says ${name}`, async () => {
    await assertRejects(() => runProgram(command), ProgramError, message);
  });
}

Deno.test("runProgram ends a program that takes too long", async () => {
  await assertRejects(
    () => runProgram(deno("setTimeout(() => {}, 60_000)"), { timeout: 300 }),
    ProgramError,
    "took longer than 0.3 s",
  );
});

Deno.test("findProgram gives the first that runs", async () => {
  assertEquals(await findProgram(["no-such-program", Deno.execPath()]), Deno.execPath());
  assertEquals(await findProgram(["no-such-program"]), undefined);
});

Deno.test("a signal ends the program, and its reason is thrown", async () => {
  const reason = new Error("Interrupted");
  const stop = new AbortController();
  setTimeout(() => stop.abort(reason), 100);
  // that both end at all shows it: nobody waits for them
  assertEquals(await assertRejects(() => runProgram(["sleep", "100000"], { signal: stop.signal })), reason);
  assertEquals(await assertRejects(() => runProgram(["sleep", "100000"], { signal: stop.signal })), reason);
});
