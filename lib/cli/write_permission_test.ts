import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { datasetSource } from "../datasets/mod.ts";
import { zip } from "../datasets/testdata/archives.ts";
import { picture } from "../datasets/testdata/pictures.ts";
import { cacheFolder, PROJECT_FOLDER } from "../project.ts";
import config from "../../deno.json" with { type: "json" };

/** Runs a task as a user does, with a cache folder. */
async function task(args: string[], { cache }: { cache: string }) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", ...args],
    cwd: PROJECT_FOLDER,
    env: {
      AFOS_CACHE: cache,
      NO_COLOR: "1",
    },
    stdin: "null",
  });
  const { code, stdout, stderr } = await child.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err };
}

for (const name of ["cache", "a cache", "a, cache"]) {
  Deno.test(`deno task data reads, decodes and writes where the cache folder is called "${name}"`, async () => {
    const root = await Deno.makeTempDir();
    try {
      const cache = `${root}/${name}`;
      const pictures = `${root}/pictures`;
      for (const [label, kind] of ["a", "b"].entries()) {
        await Deno.mkdir(`${pictures}/${kind}`, { recursive: true });
        for (const n of [1, 2, 3]) {
          await Deno.writeFile(`${pictures}/${kind}/${n}.jpg`, await picture([90 * label, n, 7]));
        }
      }
      const verified = await task(["data", "--verify", `folder:${pictures}`], { cache });
      assertEquals([verified.code, verified.out], [0, `folder:${pictures}: whole\n`], verified.err);
      const { classes } = datasetSource("cotton-weed-id15").facts;
      const entries = Array.from({ length: 5_187 }, (_, i) => ({ path: `${classes[i % classes.length]}/${i}.jpg` }));
      await Deno.writeFile(`${root}/cotton.zip`, zip(entries));
      const got = await task(["data", "--get", "cotton-weed-id15", "--from", `${root}/cotton.zip`], { cache });
      assertEquals([got.code, got.out], [0, `CottonWeedID15 is whole in ${root}/cotton.zip\n`], got.err);
      const listed = await task(["data", "--list"], { cache });
      assertEquals([listed.code, listed.out.trimEnd().split("\n").length], [0, 9], listed.err);
      assertMatch(listed.out, /^cotton-weed-id15 .* yes +CC BY-NC/m);
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  });
}

Deno.test("deno task setup --check works with what it may do", async () => {
  const { code, out, err } = await task(["setup", "--check"], { cache: cacheFolder() });
  assertEquals([code, err], [0, ""], out);
  assertMatch(out, /^data +fashion-mnist: found$/m);
});

Deno.test("what sets up or fetches data may not write, run or read variables at will", () => {
  const { data, setup } = config.permissions;
  for (const name of ["env", "run", "ffi"] as const) assertEquals(Array.isArray(data[name]), true, name);
  assertEquals(["write" in data, "sys" in data, "write" in setup], [false, false, false]);
  // what sets up runs pip, compilers and the addon's installer, which have all rights
  for (const name of ["data", "setup"] as const) {
    assertStringIncludes(config.tasks[name].command, "write_permission.ts");
  }
});
