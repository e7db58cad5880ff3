import { assert, assertEquals, assertThrows } from "@std/assert";
import { queueAddress } from "./queue_address.ts";
import { UserError } from "./user_error.ts";

const ADDRESSES: readonly [url: string, host: string, port: number, shown: string][] = [
  ["redis://gpu1", "gpu1", 6379, "redis://gpu1:6379"],
  ["redis://gpu1:6380/2", "gpu1", 6380, "redis://gpu1:6380"],
  ["redis://:secret@gpu1", "gpu1", 6379, "redis://gpu1:6379"],
  ["rediss://user:secret@gpu1.example", "gpu1.example", 6379, "rediss://gpu1.example:6379"],
  ["redis://[::1]:7000", "::1", 7000, "redis://[::1]:7000"],
];

for (const [url, host, port, shown] of ADDRESSES) {
  Deno.test(`the address in ${url}`, () => {
    const address = queueAddress(url);
    assertEquals([address.host, address.port, address.shown], [host, port, shown]);
  });
}

const NO_ADDRESSES: readonly [url: string, says: string][] = [
  ["gpu1", 'got "gpu1"'],
  ["", 'got ""'],
  ["http://gpu1", "got http://"],
  ["redis://", "got no host"],
  ["redis://gpu1/first", 'the database "first"'],
  ["redis://user:secret@:x", 'got "redis://:x"'],
];

for (const [url, says] of NO_ADDRESSES) {
  Deno.test(`no address: ${url}`, () => {
    const error = assertThrows(() => queueAddress(url), UserError, says);
    assert(!error.message.includes("secret"));
  });
}

Deno.test("who enters, by what, where, and whether it is encrypted", () => {
  const { username, password, database, isTls } = queueAddress("rediss://us%40er:se%3Acret@gpu1/3");
  assertEquals([username, password, database, isTls], ["us@er", "se:cret", 3, true]);
});
