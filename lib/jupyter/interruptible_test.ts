import { assert, assertEquals, assertRejects } from "@std/assert";
import { prepareJupyter } from "./environment.ts";
import { interruptible } from "./interruptible.ts";

const URL_TEXT = JSON.stringify(new URL("./interruptible.ts", import.meta.url).href);

/** What a process of its own (a SIGINT would end the tests' one) prints of interruptible work, interrupted twice. */
async function interruptedTwice(work: string): Promise<string> {
  const code = `    const { interruptible } = await import(${URL_TEXT});
    const interrupt = () => process.kill(Deno.pid, "SIGINT");
    const aborted = (signal) => new Promise((done) => signal.addEventListener("abort", done));
    const never = new Promise(() => setTimeout(() => {}, 5_000));
    setTimeout(() => console.log("waited"), 1_000);
    setTimeout(interrupt, 20);
    const work = async (signal) => { await aborted(signal); setTimeout(interrupt, 20); ${work} };
    await interruptible(work).then(console.log, (error) => console.log(String(error)));
    await new Promise((done) => setTimeout(done, 100));
    console.log("alive");
    Deno.exit();`;
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", code], stderr: "inherit" }).output();
  return new TextDecoder().decode(stdout);
}

const INTERRUPTED = "Interrupted: run this cell again to go on; a study goes on where it stopped\nalive\n";

/** What the work does after a stop, and what comes of it. */
const ENDS: readonly { name: string; work: string; printed: string }[] = [
  { name: "returns", work: "return 1", printed: INTERRUPTED },
  { name: "throws the signal's reason", work: "signal.throwIfAborted()", printed: INTERRUPTED },
  { name: "fails", work: "throw new RangeError('disk full')", printed: "RangeError: disk full\nalive\n" },
  { name: "does not end, when there is a second one", work: "await never", printed: INTERRUPTED },
];

for (const { name, work, printed } of ENDS) {
  Deno.test(`SIGINT ends work that ${name}`, async () => assertEquals(await interruptedTwice(work), printed));
}

Deno.test("work that ends or fails by itself does so, and leaves no listener", async () => {
  assertEquals(await interruptible(() => Promise.resolve(5)), 5);
  await assertRejects(() => interruptible(() => Promise.reject(new TypeError("boom"))), TypeError, "boom");
});

/** Runs three cells; interrupts the kernel, as the stop button does, while the second runs. Prints what came of it. */
const CLIENT = `
import json, sys, time
from jupyter_client.manager import start_new_kernel
first, second, third = json.loads(sys.argv[1])
manager, client = start_new_kernel(kernel_name="deno", startup_timeout=60)
def outputs(cell, on_output=None):
    texts = []
    def hook(message):
        content = message["content"]
        texts.append(content.get("text") or content.get("ename") or content.get("data", {}).get("text/plain") or "")
        if on_output: on_output(texts[-1])
    reply = client.execute_interactive(cell, timeout=60, output_hook=hook)
    return reply["content"]["status"], [text for text in texts if text]
try:
    status = outputs(first)[0]
    stopped = outputs(second, lambda text: manager.interrupt_kernel() if "started" in text else None)
    time.sleep(0.5)
    print(json.dumps({"first": status, "stopped": stopped, "alive": manager.is_alive(), "third": outputs(third)}))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
`;

Deno.test("Jupyter's stop button ends the cell, and the kernel keeps its variables", async () => {
  const { python, env } = await prepareJupyter();
  const cells = [
    `const { interruptible } = await import(${URL_TEXT}); let steps = 0; const kept = "kept";`,
    `const result = await interruptible(async (signal) => {
       console.log("started");
       while (!signal.aborted) { steps++; await new Promise((done) => setTimeout(done, 20)); }
     });`,
    `const result = kept; console.log(result, steps > 0);`,
  ];
  const { stdout, stderr, success } = await new Deno.Command(python, {
    args: ["-I", "-c", CLIENT, JSON.stringify(cells)],
    env,
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  const { first, stopped: [status, texts], alive, third } = JSON.parse(new TextDecoder().decode(stdout));
  assertEquals([first, status, alive], ["ok", "error", true]);
  assert(texts.join(" ").includes("Interrupted"), texts.join(" "));
  assertEquals(third, ["ok", ["kept true\n"]]);
});
