import { assertEquals, assertStringIncludes } from "@std/assert";

const MODULE = new URL("interrupt.ts", import.meta.url).href;

/**
 * Runs a process that says "ready", waits for the signal, and says what aborted it; then it ends, or waits for ever where
 * `stubborn`. Sends the signals, each once the process has answered the one before.
 */
async function interrupted(signals: readonly Deno.Signal[], { stubborn = false } = {}) {
  const code = `import { Interruption, interruptSignal } from ${JSON.stringify(MODULE)};
    const signal = interruptSignal();
    const forever = setInterval(() => {}, 1e6);
    signal.addEventListener("abort", () => {
      console.log(signal.reason instanceof Interruption, signal.reason.message);
      if (!${stubborn}) Deno.exit(7);
    });
    console.log("ready");`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--no-config", "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  await new Blob([code]).stream().pipeTo(child.stdin);
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let out = "";
  for (const signal of signals) {
    const { value = "" } = await reader.read();
    out += value;
    child.kill(signal);
  }
  for (let read = await reader.read(); !read.done; read = await reader.read()) out += read.value;
  const err = await new Response(child.stderr).text();
  return { out, err, ...await child.status };
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`the first ${signal} aborts the signal with an Interruption, and the process ends as it wants to`, async () => {
    const { out, err, code } = await interrupted([signal]);
    assertEquals(out, "ready\ntrue nothing is lost; the same command goes on\n");
    assertStringIncludes(err, "stopping; press Ctrl-C again to stop at once");
    assertEquals(code, 7);
  });

  Deno.test(`after it, ${signal} ends at once a process that does not end`, async () => {
    const { err, code } = await interrupted(["SIGINT", signal], { stubborn: true });
    assertEquals([code, err.match(/stopping/g)?.length], [130, 1]);
  });
}
