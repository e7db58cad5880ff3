import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { datasetSource } from "../datasets/catalog.ts";
import { zip } from "../datasets/testdata/archives.ts";
import { cacheFolder } from "../project.ts";

/** Runs the command in a process of its own; without other programs and without the network it can fetch nothing. */
async function data(args: string[], { cache = cacheFolder() } = {}) {
  const script = fileURLToPath(new URL("data.ts", import.meta.url));
  const permissions = ["--no-prompt", "--allow-read", "--allow-env", `--allow-write=${cache}`];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissions, script, ...args],
    env: { AFOS_CACHE: cache, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("--help names what there is", async () => {
  const { code, out, err } = await data(["--help"]);
  assertEquals([code, err], [0, ""]);
  for (const part of ["--list", "--get NAME", "--verify", "AFOS_CACHE"]) assertStringIncludes(out, part);
});

/** Numbers of images and sizes: ../shared/reference/datasets.md. */
const LISTED = [
  /^cifar-10 +50000 +– +10000 +10 +32 × 32 × 3 +no +unknown$/m,
  /^imagenette +9469 +– +3925 +10 +160 × 160 × 3 +no +ImageNet terms$/m,
  /^mnist +60000 +– +10000 +10 +28 × 28 × 1 +no +CC BY-SA 3.0$/m,
  /^fashion-mnist +60000 +– +10000 +10 +28 × 28 × 1 +no +MIT$/m,
  /^beans +1034 +133 +128 +3 +500 × 500 × 3 +no +MIT$/m,
  /^colorectal-histology +3000 +1000 +1000 +8 +150 × 150 × 3 +no +CC BY 4.0$/m,
  /^cotton-weed-id15 +3358 +1043 +786 +15 +224 × 224 × 3 +no \(--archive\) +CC BY-NC 4.0$/m,
  /^tiny-imagenet +100000 +– +10000 +200 +64 × 64 × 3 +no +ImageNet terms$/m,
];

Deno.test("an empty cache: listed, verified, and a fetch that fails in one line", async () => {
  const cache = await Deno.makeTempDir();
  try {
    const listed = await data(["--list"], { cache });
    assertEquals([listed.code, listed.err], [0, ""]);
    for (const line of LISTED) assertMatch(listed.out, line);
    assertEquals(listed.out.trimEnd().split("\n").length, 1 + LISTED.length);
    const all = await data(["--verify"], { cache });
    assertEquals([all.code, all.err], [0, ""]);
    assertEquals(
      all.out.trimEnd().split("\n").map((line) => line.split(": ")[1]),
      Array(LISTED.length).fill("missing"),
    );
    const one = await data(["--verify", "fashion-mnist"], { cache });
    assertEquals([one.code, one.out], [1, "fashion-mnist: missing\n"]);
    assertMatch(one.err, /^error: .*deno task data --get NAME.*\n$/);

    await Deno.mkdir(`${cache}/fashion-mnist`);
    await Deno.writeTextFile(`${cache}/fashion-mnist/train-labels-idx1-ubyte`, "short");
    const damaged = await data(["--verify"], { cache });
    assertEquals(damaged.code, 1);
    assertMatch(damaged.out, /^fashion-mnist: damaged$/m);
    assertStringIncludes(damaged.out, `${cache}/fashion-mnist/train-labels-idx1-ubyte is damaged`);

    const installed = await Deno.stat("/usr/share/datasets/fashion-mnist").then(() => true, () => false);
    if (installed) return; // Debian's package would be taken
    const fetched = await data(["--get", "fashion-mnist"], { cache });
    assertEquals([fetched.code, fetched.out], [1, ""]);
    const lines = fetched.err.trimEnd().split("\n");
    assert(lines.at(-1)!.startsWith("error: Fashion-MNIST is missing ("), fetched.err);
    assertEquals(lines.filter((line) => /^ +at /.test(line)), []);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

Deno.test("an archive that the user names is remembered", async () => {
  const cache = await Deno.makeTempDir();
  try {
    const missing = await data(["--get", "cotton-weed-id15"], { cache });
    assertEquals([missing.code, missing.out], [1, ""]);
    assertMatch(missing.err, /CottonWeedID15 is missing: .*--archive PATH`\n$/);
    const path = `${cache}/archive.zip`;
    await Deno.writeFile(path, Uint8Array.of(0x50, 0x4b, 3, 4));
    const refused = await data(["--get", "cotton-weed-id15", "--archive", path], { cache });
    assertEquals([refused.code, refused.out], [1, ""]);
    assertStringIncludes(refused.err, `error: ${path} is damaged: it is no whole zip archive`);
    assertMatch((await data(["--list"], { cache })).out, /^cotton-weed-id15 .* no \(--archive\) +CC BY-NC/m);
    const { classes } = datasetSource("cotton-weed-id15").facts;
    const entries = Array.from({ length: 5_187 }, (_, i) => ({ path: `${classes[i % classes.length]}/${i}.jpg` }));
    await Deno.writeFile(path, zip(entries));
    const named = await data(["--get", "cotton-weed-id15", "--archive", path], { cache });
    assertEquals([named.code, named.out], [0, `CottonWeedID15 is whole in ${cache}/cotton-weed-id15\n`]);
    assertMatch((await data(["--list"], { cache })).out, /^cotton-weed-id15 .* yes +CC BY-NC/m);
    assertEquals((await data(["--verify", "cotton-weed-id15"], { cache })).out, "cotton-weed-id15: whole\n");
    await Deno.writeFile(path, zip(entries.slice(1)));
    const damaged = await data(["--verify", "cotton-weed-id15"], { cache });
    assertEquals([damaged.code, damaged.out.split("\n")[0]], [1, "cotton-weed-id15: damaged"]);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

const MISTAKES: readonly { args: string[]; message: string }[] = [
  { args: [], message: "Expected one of --list, --get NAME and --verify, got 0 of them" },
  { args: ["--list", "--verify"], message: "got 2 of them" },
  { args: ["--lst"], message: "Unknown flag --lst; did you mean --list?" },
  { args: ["--get"], message: "Cannot use --get: expected NAME, got none" },
  { args: ["--get", "mnst"], message: "Unknown data set mnst: expected cifar-10, imagenette, mnist, " },
  { args: ["--verify", "mnst"], message: "Unknown data set mnst: expected cifar-10, imagenette, mnist, " },
  { args: ["--list", "--archive", "x.zip"], message: "Cannot use --archive without --get" },
  { args: ["--get", "mnist", "--archive", "x.zip"], message: "mnist is downloaded: expected no --archive" },
  { args: ["--list", "x"], message: "Unexpected argument x" },
];

Deno.test("mistakes: one line, exit code 2", async () => {
  for (const { args, message } of MISTAKES) {
    const { code, out, err } = await data(args);
    assertEquals([code, out], [2, ""], args.join(" "));
    assertMatch(err, /^error: .*deno task data --help\n$/);
    assertStringIncludes(err, message);
  }
});
