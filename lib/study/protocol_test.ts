import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { encodeMessage, type FromWorker, readMessages } from "./protocol.ts";

/** The messages and the noise of bytes that come in pieces of the given size. */
async function read(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
): Promise<{ messages: FromWorker[]; noise: string[] }> {
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (let i = 0; i < bytes.length; i += size) controller.enqueue(bytes.slice(i, i + size));
      controller.close();
    },
  });
  const noise: string[] = [];
  const messages = await Array.fromAsync(
    readMessages<FromWorker>(stream, { onNoise: (line) => noise.push(line) }),
  );
  return { messages, noise };
}

function join(...parts: (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    parts.flatMap((part) => [...typeof part === "string" ? new TextEncoder().encode(part) : part]),
  );
}

const metrics = {
  epoch: 2,
  trainLoss: NaN,
  validationLoss: Infinity,
  validationAccuracy: -Infinity,
  seconds: 0.1,
  images: 32,
};
const EPOCH: FromWorker = { kind: "epoch", id: 7, metrics };
const FAILED: FromWorker = { kind: "failed", id: 8, reason: "two\nlines\x1e, ä and 🦕" };

Deno.test("messages survive, cut anywhere, with NaN, the infinities and any text", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "binary" }),
      fc.double(),
      fc.integer({ min: 1, max: 50 }),
      async (text, x, n) => {
        const sent: FromWorker[] = [
          { kind: "failed", id: 1, reason: text.toWellFormed() },
          { ...EPOCH, metrics: { ...metrics, trainLoss: x === 0 ? 0 : x } },
        ];
        assertEquals(await read(join(...sent.map(encodeMessage)), n), { messages: sent, noise: [] });
      },
    ),
    { seed: 5, numRuns: 60 },
  );
});

const TABLE = [
  { what: "lines between", bytes: ["one\n", encodeMessage(EPOCH), "two\n"], noise: ["one", "two"] },
  { what: "half a line before", bytes: ["half", encodeMessage(EPOCH)], noise: ["half"] },
  { what: "a line without its end", bytes: [encodeMessage(EPOCH), "end"], noise: ["end"] },
  { what: "an empty line", bytes: ["\n", encodeMessage(EPOCH)], noise: [] },
  {
    what: "a message that was cut off",
    bytes: [encodeMessage(EPOCH), encodeMessage(FAILED).slice(0, 20)],
    noise: [new TextDecoder().decode(encodeMessage(FAILED).slice(0, 20))],
  },
];

for (const { what, bytes, noise } of TABLE) {
  Deno.test(`what is no message is told apart: ${what}`, async () => {
    for (const size of [1, 5, 1000]) assertEquals(await read(join(...bytes), size), { messages: [EPOCH], noise });
  });
}
