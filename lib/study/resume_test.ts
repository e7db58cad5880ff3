import { assert, assertEquals, assertGreater, assertStringIncludes } from "@std/assert";
import { random } from "../random.ts";
import { readLines } from "./protocol.ts";
import { listStudies, openStudy } from "./studies.ts";
import { repeatable, waitForEnd, withFolder } from "./testdata/toy.ts";

/** Starts a toy search in a process of its own. */
function search(path: string, { workers = 2, milliseconds = 15 } = {}): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--allow-read",
      "--allow-write",
      `--allow-run=${Deno.execPath()}`,
      new URL("testdata/toy_search.ts", import.meta.url).href,
      path,
      String(workers),
      String(milliseconds),
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

function trials(path: string) {
  using study = openStudy(path, { access: "read" });
  return study.trials().map(repeatable);
}

/** Waits until a search has said that so many trials have started. */
async function firstStarts(process: Deno.ChildProcess, count: number): Promise<void> {
  const lines = readLines(process.stdout);
  for (let i = 0; i < count; i++) await lines.next();
  await lines.return(undefined);
}

/** The process ids of the workers that a search says it has. */
async function firstWorkers(process: Deno.ChildProcess, count: number): Promise<number[]> {
  const pids = new Set<number>();
  for await (const line of readLines(process.stdout)) {
    pids.add(Number(line));
    if (pids.size === count) break;
  }
  return [...pids];
}

Deno.test("a search killed at ten random moments and resumed ends as one that was not", () =>
  withFolder(async (folder) => {
    const whole = `${folder}/whole.sqlite`;
    assert((await search(whole).output()).success);
    const expected = trials(whole);
    assertGreater(expected.length, 15);
    const rng = random(11);
    let interrupted = 0;
    for (let i = 0; i < 10; i++) {
      const path = `${folder}/killed${i}.sqlite`;
      const process = search(path);
      await firstStarts(process, rng.integer(16));
      await new Promise((done) => setTimeout(done, 20 * rng.next()));
      try {
        process.kill("SIGKILL");
      } catch {
        // it was faster
      }
      await process.stderr.cancel();
      if ((await process.status).code !== 0) interrupted++;
      const { stderr, success } = await search(path, { workers: 1 + i % 3 }).output();
      assert(success, new TextDecoder().decode(stderr));
      assertEquals(trials(path), expected);
    }
    assertGreater(interrupted, 0);
    const summaries = listStudies(folder);
    assertEquals(summaries.length, 11);
    for (const summary of summaries) {
      assert(summary.kind === "study");
      assertEquals([summary.trials.running, summary.trials.interrupted], [0, 0]);
    }
  }));

Deno.test("workers end when their parent is killed, and what it had begun is shown as interrupted", () =>
  withFolder(async (folder) => {
    const path = `${folder}/s.sqlite`;
    const process = search(path, { workers: 3, milliseconds: 20_000 });
    const pids = await firstWorkers(process, 3);
    const [running] = listStudies(folder);
    assert(running.kind === "study");
    assertEquals(running.trials.running, 3);
    process.kill("SIGKILL");
    for (const pid of pids) await waitForEnd(pid);
    await process.stderr.cancel();
    await process.status;
    const [left] = listStudies(folder);
    assert(left.kind === "study");
    assertEquals([left.trials.running, left.trials.interrupted, left.trials.complete], [0, 3, 0]);
  }));

Deno.test("a second process on the same study is refused, and told which one has it", () =>
  withFolder(async (folder) => {
    const path = `${folder}/s.sqlite`;
    const first = search(path, { milliseconds: 2000 });
    await firstWorkers(first, 2);
    const second = await search(path, { milliseconds: 2000 }).output();
    assertEquals(second.code, 2);
    assertStringIncludes(new TextDecoder().decode(second.stderr), `process ${first.pid} is using it`);
    first.kill("SIGKILL");
    await first.stderr.cancel();
    await first.status;
    openStudy(path).close();
  }));
