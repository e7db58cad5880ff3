import { assert, assertEquals, assertRejects } from "@std/assert";
import type { DatasetSource, Progress } from "../dataset.ts";
import { lockFolder } from "../fetch/lock_folder.ts";
import { inspectDataset, loadDataset } from "../load.ts";
import { serveFiles } from "../testdata/file_server.ts";
import { PUBLISHED, smallSource, temporaryFolder, writeFiles } from "../testdata/idx_files.ts";
import { smallBeans, smallCifar, sourceOf } from "../testdata/small_sets.ts";

const names = (folder: string) =>
  [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => !/^(lock|verified\.json)$/.test(name)).sort();

/** Prepares a set, and stops it when a step's text begins so, or when "bytes" come. */
async function stopAt(what: string, { source, folder }: { source: DatasetSource; folder: string }): Promise<void> {
  const stop = new AbortController();
  const reason = new Error("Interrupted");
  let stopped = false;
  const onProgress = (event: Progress) => {
    if (!(event.kind === "step" ? event.text.startsWith(what) : what === "bytes")) return;
    stopped = true;
    stop.abort(reason);
  };
  const prepare = () => source.prepare(folder, { network: true, imageSize: 8, onProgress, signal: stop.signal });
  assertEquals(await assertRejects(prepare), reason);
  assert(stopped, `${what}: never reached`);
}

Deno.test("stopped while it is downloaded: what has come stays, and is gone on from", async () => {
  await using folder = await temporaryFolder();
  const set = smallCifar();
  const [[name, bytes]] = Object.entries(set.archives);
  await using server = serveFiles(set.archives, [{ kind: "stalls", after: 100 }, { kind: "good" }]);
  const source = sourceOf(set, { urls: [server.url] });
  await stopAt("bytes", { source, folder: folder.path });
  assertEquals(names(folder.path), [`${name}.partial`]);
  await source.prepare(folder.path, { network: true });
  assertEquals(server.requests, [name, `${name} bytes=100-`]);
  assertEquals(await Deno.readFile(`${folder.path}/${name}`), bytes);
});

Deno.test("stopped while it is unpacked: nothing is left behind", async () => {
  await using folder = await temporaryFolder();
  await writeFiles(folder.path, PUBLISHED);
  await stopAt("unpacking", { source: smallSource(), folder: folder.path });
  assertEquals(names(folder.path), Object.keys(PUBLISHED).sort());
});

for (const step of ["decoding", "decoded "]) {
  Deno.test(`stopped at "${step.trim()}": nothing is left behind`, async () => {
    await using folder = await temporaryFolder();
    const set = await smallBeans();
    await writeFiles(folder.path, set.archives);
    await stopAt(step, { source: sourceOf(set), folder: folder.path });
    assertEquals(names(folder.path), Object.keys(set.archives).sort());
  });
}

Deno.test("stopped while another process works in the folder", async () => {
  await using folder = await temporaryFolder();
  const set = smallCifar();
  await writeFiles(folder.path, set.archives);
  using _ = await lockFolder(folder.path, {});
  await stopAt("waiting", { source: sourceOf(set), folder: folder.path });
});

Deno.test("a signal that is aborted already: nothing is done", async () => {
  await using cache = await temporaryFolder();
  const reason = new Error("Interrupted");
  const options = { cacheFolder: cache.path, signal: AbortSignal.abort(reason), fetch: false };
  assertEquals(await assertRejects(() => loadDataset("beans", { ...options, seed: 1 })), reason);
  assertEquals(await assertRejects(() => inspectDataset("beans", options)), reason);
  assertEquals(names(cache.path), []);
});
