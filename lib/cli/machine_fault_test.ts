import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { cacheFolder, PROJECT_FOLDER } from "../project.ts";

/** Whether file systems of one's own can be mounted here: full and read-only ones. */
const canMount = Deno.build.os === "linux" &&
  new Deno.Command("unshare", { args: ["-rm", "true"], stderr: "null" }).outputSync().success;

const SIZES = "--population 3 --generations 1 --train-images 320 --validation-images 50 --finalists 1 --final-seeds 1";
const SEARCH = `"$DENO" task --quiet search ${SIZES} --workers 1 --study s --folder`;

/**
 * Runs a script for `sh` in an empty folder, in which all may be mounted; `$FOLDER` names it. There the folder `a,b`
 * is a cache, with all that the real one has.
 */
async function script(text: string) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/a,b`);
    for await (const { name } of Deno.readDir(cacheFolder())) {
      await Deno.symlink(`${cacheFolder()}/${name}`, `${folder}/a,b/${name}`);
    }
    const output = await new Deno.Command(canMount ? "unshare" : "sh", {
      args: [...canMount ? ["-rm", "sh"] : [], "-c", text],
      env: { FOLDER: folder, DENO: Deno.execPath(), AFOS_CACHE: `${folder}/a,b`, NO_COLOR: "1" },
      cwd: PROJECT_FOLDER,
    }).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code: output.code, out: decode(output.stdout), err: decode(output.stderr) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const mounted = { ignore: !canMount };

// a cache elsewhere has the engine set up for it
Deno.test.afterAll(async () => {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "setup"],
    cwd: PROJECT_FOLDER,
  }).output();
  assert(success, new TextDecoder().decode(stderr));
});

Deno.test("a cache folder with a comma in its path works", async () => {
  const { code, out, err } = await script(`${SEARCH} "$FOLDER" --json`);
  assertEquals(code, 0, err);
  assertEquals(JSON.parse(out).trials.failed, 0);
});

Deno.test(
  "a disk that is full ends the search with the reason; with more room it ends as an unbroken one",
  mounted,
  async () => {
    const trials = `"$DENO" task --quiet study export s --format json --folder`;
    const { code, out, err } = await script(`
    mkdir "$FOLDER/disk" && mount -t tmpfs -o size=48k tmpfs "$FOLDER/disk"
    ${SEARCH} "$FOLDER/disk" >/dev/null && exit 9
    mount -o remount,size=10m "$FOLDER/disk"
    ${SEARCH} "$FOLDER/disk" >/dev/null && ${trials} "$FOLDER/disk"
    echo ---
    ${SEARCH} "$FOLDER/whole" >/dev/null && ${trials} "$FOLDER/whole"
  `);
    assertEquals(code, 0, err);
    assertStringIncludes(err, "database or disk is full: make room");
    const [broken, whole] = out.split("---").map((text) =>
      JSON.parse(text).trials.map(({ number, formula, outcome }: Record<string, unknown>) => ({
        number,
        formula,
        outcome,
      }))
    );
    assertEquals(broken, whole);
  },
);

Deno.test("a study that is deleted in mid-run ends the search with the reason", async () => {
  const { code, out, err } = await script(`
    ${SEARCH} "$FOLDER/gone" & search=$!
    until [ -f "$FOLDER/gone/s.sqlite" ]; do sleep 0.1; done
    rm -r "$FOLDER/gone"
    wait $search
  `);
  assertEquals([code, out], [1, ""], err);
  assertStringIncludes(err, "/gone/s.sqlite: its file is gone: bring it back, or begin a new study");
  assertEquals(err.includes("bug"), false);
});

Deno.test("a disk that is full when a study is opened is said to be full, and the study stays", mounted, async () => {
  const { code, err } = await script(`
    mkdir "$FOLDER/disk" && mount -t tmpfs -o size=1m tmpfs "$FOLDER/disk"
    ${SEARCH} "$FOLDER/disk" >/dev/null || exit 8
    rm "$FOLDER/disk/s.sqlite.lock"
    cat /dev/zero > "$FOLDER/disk/fill"
    ${SEARCH} "$FOLDER/disk" && exit 9
    "$DENO" task --quiet study show s --folder "$FOLDER/disk" >/dev/null
  `);
  assertEquals(code, 0, err);
  assertStringIncludes(err, "s.sqlite: No space left on device (os error 28): make room");
});

for (
  const { what, mount, says } of [
    { what: "full", mount: "mount -o remount,size=4k", says: "Cannot train here: No space left on device" },
    { what: "read-only", mount: "mount -o remount,ro", says: "Cannot write to the cache folder" },
  ]
) {
  Deno.test(`a ${what} cache ends the search with the reason, and no function has failed`, mounted, async () => {
    const { code, out, err } = await script(`
      mkdir "$FOLDER/cache" && mount -t tmpfs tmpfs "$FOLDER/cache"
      for file in "$AFOS_CACHE"/*; do ln -s "$file" "$FOLDER/cache"; done
      export AFOS_CACHE="$FOLDER/cache"
      ${mount} "$FOLDER/cache"
      ${SEARCH} "$FOLDER"
    `);
    assertEquals([code, out], [1, ""], err);
    assertStringIncludes(err, says);
    assertEquals(err.includes("bug"), false);
  });
}
