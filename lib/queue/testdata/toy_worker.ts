/**
 * A worker in a process of its own, to be killed. Arguments: address, path of a file to which it adds a line for each
 * trial that it begins, lease in seconds. A formula may ask it to misbehave.
 *
 * @module
 */
import { InlineExecutor } from "../../study/mod.ts";
import { QueueWorker } from "../queue_worker.ts";
import { score } from "./toys.ts";

const [url, begun, lease] = Deno.args;

const executor = new InlineExecutor(async (job, options) => {
  await Deno.writeTextFile(begun, `${Deno.pid} ${job.formula}\n`, { append: true });
  if (job.formula === "poison") Deno.kill(Deno.pid, "SIGKILL");
  const { milliseconds = 0 } = job.recipe as { milliseconds?: number };
  for (let waited = 0; waited < milliseconds; waited += 20) {
    await new Promise((done) => setTimeout(done, 20));
    options.signal.throwIfAborted();
  }
  return score(job, options);
});

const stop = new AbortController();
Deno.addSignalListener("SIGTERM", () => stop.abort());
await new QueueWorker({
  url,
  executor,
  machine: {},
  kind: "toy",
  refusal: () => undefined,
  lease: Number(lease),
  log: console.log,
}).run({ signal: stop.signal });
