import { assert, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { download, DownloadError, type DownloadProblem } from "./download.ts";

import { type Behaviour, serveFiles } from "../testdata/file_server.ts";
import { hash, temporaryFolder } from "../testdata/idx_files.ts";

const BYTES = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) >> 3);
const FILE = { name: "file", bytes: BYTES.length, sha256: hash(BYTES) };
const LIMITS = { retryDelay: 1, retries: 2, connectTimeout: 400, stallTimeout: 400 };
const OTHER = BYTES.map((byte) => byte ^ 1);

/** The names in a folder. */
const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

/** What servers do, what was there before, and which requests lead to the whole file. */
const SUCCESSES: readonly { what: string; behaviours: Behaviour[]; before?: Uint8Array; requests: string[] }[] = [
  { what: "in one go", behaviours: [{ kind: "good" }], requests: ["file"] },
  {
    what: "over two broken connections",
    behaviours: [{ kind: "breaks", after: 50_000 }, { kind: "breaks", after: 30_000 }, { kind: "good" }],
    requests: ["file", "file bytes=50000-", "file bytes=80000-"],
  },
  {
    what: "after a server that stalls",
    behaviours: [{ kind: "stalls", after: 50_000 }, { kind: "good" }],
    requests: ["file", "file bytes=50000-"],
  },
  {
    what: "over connections that break more often than it is taken up without a byte",
    behaviours: [...Array(7).fill({ kind: "breaks", after: 25_000 }), { kind: "good" }],
    requests: ["file", ...[1, 2, 3, 4, 5, 6, 7].map((i) => `file bytes=${25_000 * i}-`)],
  },
  {
    what: "after a pause of the network, once bytes have come",
    behaviours: [{ kind: "breaks", after: 50_000 }, { kind: "silent" }, { kind: "good" }],
    requests: ["file", "file bytes=50000-", "file bytes=50000-"],
  },
  {
    what: "after a server that is busy",
    behaviours: [{ kind: "status", status: 503 }, { kind: "status", status: 429 }, { kind: "good" }],
    requests: ["file", "file", "file"],
  },
  {
    what: "after a server that is busy once bytes have come",
    behaviours: [{ kind: "breaks", after: 50_000 }, { kind: "status", status: 408 }, { kind: "good" }],
    requests: ["file", "file bytes=50000-", "file bytes=50000-"],
  },
  {
    what: "after answers without a length that end too early",
    behaviours: [{ kind: "ends", after: 50_000 }, { kind: "ends", after: 30_000 }, { kind: "good" }],
    requests: ["file", "file bytes=50000-", "file bytes=80000-"],
  },
  {
    what: "after the page of a network that wants a login",
    behaviours: [{ kind: "breaks", after: 50_000 }, { kind: "page" }, { kind: "good" }],
    requests: ["file", "file bytes=50000-", "file bytes=50000-"],
  },
  {
    what: "after an answer of another length, once bytes have come",
    behaviours: [{ kind: "breaks", after: 50_000 }, { kind: "gives", bytes: BYTES.slice(0, 9) }, { kind: "good" }],
    requests: ["file", "file bytes=50000-", "file bytes=50000-"],
  },
  {
    what: "after whole answers instead of a range that break, which cost nothing of what was there",
    behaviours: [{ kind: "no ranges", after: 170_000 }, { kind: "no ranges", after: 10 }, { kind: "good" }],
    before: BYTES.slice(0, 150_000),
    requests: Array(3).fill("file bytes=150000-"),
  },
  {
    what: "from the start where what was there is wrong and the server gives no ranges",
    behaviours: [{ kind: "no ranges" }],
    before: OTHER.slice(0, 150_000),
    requests: ["file bytes=150000-"],
  },
  {
    what: "going on from what an earlier process left",
    behaviours: [{ kind: "good" }],
    before: BYTES.slice(0, 150_000),
    requests: ["file bytes=150000-"],
  },
  {
    what: "without a request where all bytes are there",
    behaviours: [{ kind: "good" }],
    before: BYTES,
    requests: [],
  },
  {
    what: "from the start where the server gives no ranges",
    behaviours: [{ kind: "no ranges" }],
    before: BYTES.slice(0, 150_000),
    requests: ["file bytes=150000-"],
  },
  {
    what: "from the start where the server refuses the range",
    behaviours: [{ kind: "status", status: 416 }, { kind: "good" }],
    before: BYTES.slice(0, 150_000),
    requests: ["file bytes=150000-", "file"],
  },
  {
    what: "from the start where the server gives another range",
    behaviours: [{ kind: "shifted" }, { kind: "good" }],
    before: BYTES.slice(0, 150_000),
    requests: ["file bytes=150000-", "file"],
  },
  {
    what: "from the start where what was there is wrong",
    behaviours: [{ kind: "good" }],
    before: OTHER.slice(0, 150_000),
    requests: ["file bytes=150000-", "file"],
  },
  {
    what: "from the start where what was there is too long",
    behaviours: [{ kind: "good" }],
    before: new Uint8Array(BYTES.length + 1),
    requests: ["file"],
  },
];

for (const { what, behaviours, before, requests } of SUCCESSES) {
  Deno.test(`a download succeeds ${what}`, async () => {
    await using folder = await temporaryFolder();
    await using server = serveFiles({ file: BYTES }, behaviours);
    if (before) await Deno.writeFile(`${folder.path}/file.partial`, before);
    const progress: number[] = [];
    await download([`${server.url}file`], {
      ...LIMITS,
      file: FILE,
      folder: folder.path,
      onProgress: (bytes) => progress.push(bytes),
    });
    assertEquals(await Deno.readFile(`${folder.path}/file`), BYTES);
    assertEquals(names(folder.path), ["file"]);
    assertEquals(server.requests, requests);
    if (requests.length > 0) assertEquals(progress.at(-1), BYTES.length);
  });
}

/** What a server does, the failure, and how many bytes are left to go on from. */
const FAILURES: readonly {
  behaviour: Behaviour;
  /** What it does from the second request on (default: the same). */
  then?: Behaviour;
  failure: DownloadProblem;
  text: string;
  left: number;
}[] = [
  {
    behaviour: { kind: "status", status: 404 },
    failure: { kind: "status", status: 404 },
    text: "(not found)",
    left: 0,
  },
  {
    behaviour: { kind: "status", status: 503 },
    failure: { kind: "status", status: 503 },
    text: "status 503",
    left: 0,
  },
  {
    behaviour: { kind: "breaks", after: 0 },
    failure: { kind: "broken", bytes: 0, expected: FILE.bytes },
    text: "broke off at 0 of 200000 bytes",
    left: 0,
  },
  {
    behaviour: { kind: "breaks", after: 1_000 },
    then: { kind: "breaks", after: 0 },
    failure: { kind: "broken", bytes: 1_000, expected: FILE.bytes },
    text: "broke off at 1000 of 200000 bytes",
    left: 1_000,
  },
  {
    behaviour: { kind: "gives", bytes: OTHER },
    failure: { kind: "checksum", sha256: hash(OTHER), expected: FILE.sha256 },
    text: `expected SHA-256 ${FILE.sha256}, got ${hash(OTHER)}`,
    left: 0,
  },
  {
    behaviour: { kind: "gives", bytes: BYTES.slice(0, 10) },
    failure: { kind: "size", bytes: 10, expected: FILE.bytes },
    text: "expected 200000 bytes, got 10",
    left: 0,
  },
  {
    behaviour: { kind: "page" },
    failure: { kind: "page" },
    text: "gave a web page instead of the file",
    left: 0,
  },
  {
    behaviour: { kind: "silent" },
    failure: { kind: "unreachable", reason: "no answer in 0.4 s" },
    text: "unreachable (no answer in 0.4 s)",
    left: 0,
  },
];

for (const { behaviour, then = behaviour, failure, text, left } of FAILURES) {
  Deno.test(`a download fails where the server ${JSON.stringify(behaviour).slice(0, 40)}: ${failure.kind}`, async () => {
    await using folder = await temporaryFolder();
    await using server = serveFiles({ file: BYTES }, [behaviour, then]);
    const url = `${server.url}file`;
    const run = () => download([url], { ...LIMITS, file: FILE, folder: folder.path });
    const error = await assertRejects(run, DownloadError, text);
    assertEquals(error.failures as readonly unknown[], [{ url, ...failure }]);
    assertEquals(names(folder.path), left > 0 ? ["file.partial"] : []);
    if (left > 0) assertEquals(Deno.statSync(`${folder.path}/file.partial`).size, left);
  });
}

Deno.test("mirrors are tried in order, and go on where another broke off", async () => {
  await using folder = await temporaryFolder();
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const refusing = `http://127.0.0.1:${closed.addr.port}/`;
  closed.close();
  await using missing = serveFiles({}, [{ kind: "good" }]);
  await using broken = serveFiles({ file: BYTES }, [{ kind: "breaks", after: 20_000 }, {
    kind: "status",
    status: 500,
  }]);
  await using wrong = serveFiles({ file: BYTES }, [{ kind: "gives", bytes: BYTES.slice(0, 10) }]);
  await using good = serveFiles({ file: BYTES }, [{ kind: "good" }]);
  await using unused = serveFiles({ file: BYTES }, [{ kind: "good" }]);
  const servers = [missing, broken, wrong, good, unused];
  const urls = [refusing, ...servers.map(({ url }) => url)].map((url) => `${url}file`);
  await download(urls, { ...LIMITS, file: FILE, folder: folder.path });
  assertEquals(await Deno.readFile(`${folder.path}/file`), BYTES);
  const resumed = "file bytes=20000-";
  const busy = Array(LIMITS.retries).fill(resumed);
  assertEquals(servers.map(({ requests }) => requests), [["file"], ["file", ...busy], [resumed], [resumed], []]);
  await Deno.remove(`${folder.path}/file`);
  const run = () => download(urls.slice(0, 2), { ...LIMITS, file: FILE, folder: folder.path });
  const { failures } = await assertRejects(run, DownloadError, "is unreachable (");
  assertEquals(failures.map(({ kind }) => kind), ["unreachable", "status"]);
});

Deno.test("an answer that is not the file leaves what is there", async () => {
  await using folder = await temporaryFolder();
  const before = BYTES.slice(0, 150_000);
  const path = `${folder.path}/file.partial`;
  const wrong: Behaviour[] = [
    { kind: "page" },
    { kind: "gives", bytes: BYTES.slice(0, 10) },
    { kind: "gives", bytes: OTHER },
    { kind: "no ranges", after: 170_000 },
    { kind: "status", status: 404 },
  ];
  for (const behaviour of wrong) {
    await using server = serveFiles({ file: BYTES }, [behaviour]);
    await Deno.writeFile(path, before);
    const run = () => download([`${server.url}file`], { ...LIMITS, file: FILE, folder: folder.path });
    await assertRejects(run, DownloadError);
    assertEquals(names(folder.path), ["file.partial"]);
    assertEquals(await Deno.readFile(path), before, JSON.stringify(behaviour).slice(0, 40));
  }
});

Deno.test("a server says how long it wants to be left alone; the pauses grow by themselves", async () => {
  const busy = (headers?: Record<string, string>): Behaviour => ({ kind: "status", status: 503, headers });
  for (
    const { behaviours, least } of [
      { behaviours: [busy({ "retry-after": "1" })], least: 1_000 },
      { behaviours: [busy(), busy(), busy()], least: 60 + 120 + 240 },
    ]
  ) {
    await using folder = await temporaryFolder();
    await using server = serveFiles({ file: BYTES }, [...behaviours, { kind: "good" }]);
    const start = performance.now();
    const waits: string[] = [];
    const onWait = (text: string) => waits.push(text);
    const options = { ...LIMITS, retries: 3, retryDelay: 60, onWait, file: FILE, folder: folder.path };
    await download([`${server.url}file`], options);
    const milliseconds = performance.now() - start;
    assertEquals(waits.length, behaviours.length);
    assert(
      waits[0].endsWith(`answered with status 503: trying again in ${behaviours.length > 1 ? 0.06 : 1} s`),
      waits[0],
    );
    assert(milliseconds >= least - 20, `${milliseconds} ms`);
  }
});

/** What happens meanwhile, and how many bytes are left to go on from. */
const ABORTED: readonly { behaviour: Behaviour; left: number }[] = [
  { behaviour: { kind: "silent" }, left: 0 },
  { behaviour: { kind: "stalls", after: 50_000 }, left: 50_000 },
  { behaviour: { kind: "status", status: 503 }, left: 0 }, // in the pause before it is tried again
];

for (const { behaviour, left } of ABORTED) {
  Deno.test(`a download is stopped where the server ${JSON.stringify(behaviour)}`, async () => {
    await using folder = await temporaryFolder();
    await using server = serveFiles({ file: BYTES }, [behaviour]);
    const stop = new AbortController();
    const reason = new Error("Interrupted");
    const options = { file: FILE, folder: folder.path, signal: stop.signal, connectTimeout: 20_000 };
    setTimeout(() => stop.abort(reason), 300);
    const error = await assertRejects(() => download([`${server.url}file`, `${server.url}file`], options));
    assertEquals(error, reason);
    assertEquals(server.requests.length, 1);
    const sizes = names(folder.path).map((name) => [name, Deno.statSync(`${folder.path}/${name}`).size]);
    assertEquals(sizes.filter(([, size]) => size !== 0), left > 0 ? [["file.partial", left]] : []);
  });
}

Deno.test("a download killed in the middle leaves no file that looks whole, and the next one goes on", async () => {
  await using folder = await temporaryFolder();
  await using server = serveFiles({ file: BYTES }, [{ kind: "stalls", after: 120_000 }, { kind: "good" }]);
  const url = `${server.url}file`;
  const script = fileURLToPath(new URL("../testdata/download_child.ts", import.meta.url));
  const permissions = ["--allow-net=127.0.0.1", `--allow-read=${folder.path}`, `--allow-write=${folder.path}`];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, script, url, folder.path, JSON.stringify(FILE)],
    stdin: "null",
  }).spawn();
  const size = () => {
    try {
      return Deno.statSync(`${folder.path}/file.partial`).size;
    } catch {
      return 0;
    }
  };
  const deadline = Date.now() + 20_000;
  while (size() < 120_000 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill("SIGKILL");
  const { signal } = await child.status;
  assertEquals(signal, "SIGKILL");
  assertEquals(names(folder.path), ["file.partial"]);
  assertEquals(size(), 120_000);
  await download([url], { ...LIMITS, file: FILE, folder: folder.path });
  assertEquals(server.requests, ["file", "file bytes=120000-"]);
  assertEquals(await Deno.readFile(`${folder.path}/file`), BYTES);
  assert(!names(folder.path).includes("file.partial"));
});
