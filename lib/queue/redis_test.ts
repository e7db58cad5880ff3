import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { UserError } from "../user_error.ts";
import { connectRedis, queueAddress } from "./redis.ts";
import { isThere, RedisServer, redisTest } from "./testdata/redis_server.ts";

const ADDRESSES: readonly [url: string, host: string, port: number, shown: string][] = [
  ["redis://gpu1", "gpu1", 6379, "redis://gpu1:6379"],
  ["redis://gpu1:6380/2", "gpu1", 6380, "redis://gpu1:6380"],
  ["redis://:secret@gpu1", "gpu1", 6379, "redis://gpu1:6379"],
  ["rediss://user:secret@gpu1.example", "gpu1.example", 6379, "rediss://gpu1.example:6379"],
  ["redis://[::1]:7000", "::1", 7000, "redis://::1:7000"],
];

for (const [url, host, port, shown] of ADDRESSES) {
  Deno.test(`the address in ${url}`, () => assertEquals(queueAddress(url), { host, port, shown }));
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

Deno.test("a server that is not there", async () => {
  await assertRejects(() => connectRedis("redis://127.0.0.1:1"), UserError, "Cannot reach redis://127.0.0.1:1: ");
});

redisTest("a server that wants a password", async () => {
  const url = (port: number, password = "") => `redis://${password && `:${password}@`}127.0.0.1:${port}`;
  await using server = await RedisServer.start({ flags: ["--requirepass", "s p"], password: "s p" });
  await assertRejects(() => connectRedis(url(server.port)), UserError, "set AFOS_QUEUE_PASSWORD");
  const error = await assertRejects(() => connectRedis(url(server.port, "wrong")), UserError, "WRONGPASS");
  assert(!error.message.includes("wrong@"));
  (await connectRedis(url(server.port, "s%20p"))).disconnect();
  Deno.env.set("AFOS_QUEUE_PASSWORD", "s p");
  try {
    (await connectRedis(url(server.port))).disconnect();
  } finally {
    Deno.env.delete("AFOS_QUEUE_PASSWORD");
  }
});

redisTest("what would be lost in a restart is said", async () => {
  await using server = await RedisServer.start({ flags: ["--appendonly", "no"] });
  const said: string[] = [];
  (await connectRedis(server.url, { log: (line) => said.push(line) })).disconnect();
  assertEquals(said, [
    `${server.url} keeps nothing on disk: start it with --appendonly yes, so that a restart loses no trials`,
  ]);
});

if (await isThere("openssl", { argument: "version" })) {
  redisTest("TLS, with a certificate of one's own", async ({ folder }) => {
    const [key, certificate] = [`${folder}/key.pem`, `${folder}/certificate.pem`];
    const { success } = await new Deno.Command("openssl", {
      args: [
        ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"],
        ...["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        ...["-keyout", key, "-out", certificate],
      ],
      stdout: "null",
      stderr: "null",
    }).output();
    assert(success);
    Deno.env.set("AFOS_QUEUE_CA", certificate);
    try {
      await using server = await RedisServer.start({
        flags: [
          "--tls-cert-file",
          certificate,
          "--tls-key-file",
          key,
          "--tls-ca-cert-file",
          certificate,
          "--tls-auth-clients",
          "no",
        ],
        tls: true,
      });
      const redis = await connectRedis(server.url);
      assertEquals(await redis.ping(), "PONG");
      redis.disconnect();
      Deno.env.delete("AFOS_QUEUE_CA");
      await assertRejects(() => connectRedis(server.url), UserError, `Cannot reach ${server.url}`);
    } finally {
      Deno.env.delete("AFOS_QUEUE_CA");
    }
  });
}
