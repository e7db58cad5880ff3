import { assertEquals } from "@std/assert";
import { notebookBroadcast, progressLine } from "./progress.ts";

Deno.test("In a notebook the first text makes an output and the next ones change it", async () => {
  const sent: { type: string; text: unknown; id: unknown }[] = [];
  const line = progressLine({
    interval: 0,
    // deno-lint-ignore no-explicit-any -- the content is Jupyter's
    broadcast: (type, content: any) => {
      sent.push({ type, text: content.data["text/plain"], id: content.transient.display_id });
      return Promise.resolve();
    },
  });
  line.update("a");
  line.update("a");
  line.update("b");
  await line.flush();
  assertEquals(sent.map(({ type, text }) => [type, text]), [["display_data", "a"], ["update_display_data", "b"]]);
  assertEquals(sent[0].id, sent[1].id);
});

Deno.test("What comes too fast is left out, but not the last", async () => {
  const lines: string[] = [];
  const line = progressLine({ interval: 60_000, log: (text) => lines.push(text) });
  for (let i = 0; i < 100; i++) line.update(String(i));
  assertEquals(lines, ["0"]);
  await line.flush();
  await line.flush();
  assertEquals(lines, ["0", "99"]);
});

Deno.test("A notebook that has gone does not stop the work", async () => {
  const line = progressLine({ interval: 0, broadcast: () => Promise.reject(new Error("gone")) });
  line.update("a");
  await line.flush();
});

Deno.test("A test runs in no notebook", () => assertEquals(notebookBroadcast(), undefined));
