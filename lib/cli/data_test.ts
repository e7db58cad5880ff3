import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { datasetSource } from "../datasets/sets/catalog.ts";
import { datasetFolder, loadDataset } from "../datasets/load.ts";
import { zip } from "../datasets/testdata/archives.ts";
import { picture } from "../datasets/testdata/pictures.ts";
import { colourOf } from "../datasets/testdata/small_sets.ts";
import { cacheFolder } from "../project.ts";

interface DataOptions {
  readonly cache?: string;
  /** The text on stderr that is answered with Ctrl-C. */
  readonly interrupt?: string;
}

/** Runs the command in a process of its own; without other programs and without the network it can fetch nothing. */
async function data(args: string[], { cache = cacheFolder(), interrupt }: DataOptions = {}) {
  const script = fileURLToPath(new URL("data.ts", import.meta.url));
  const permissions = [
    "--no-prompt",
    "--allow-read",
    "--allow-env",
    "--allow-ffi",
    "--allow-sys",
    `--allow-write=${cache}`,
  ];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissions, script, ...args],
    env: { AFOS_CACHE: cache, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const out = new Response(child.stdout).text();
  let err = "";
  for await (const piece of child.stderr.pipeThrough(new TextDecoderStream())) {
    const before = err;
    err += piece;
    if (interrupt && err.includes(interrupt) && !before.includes(interrupt)) child.kill("SIGINT");
  }
  return { code: (await child.status).code, out: await out, err };
}

Deno.test("--help names what there is", async () => {
  const { code, out, err } = await data(["--help"]);
  assertEquals([code, err], [0, ""]);
  for (const part of ["--list", "--get NAME", "--verify", "AFOS_CACHE"]) assertStringIncludes(out, part);
});

/** Numbers of images and sizes as published; Colorectal Histology has no parts, and is split by slides. */
const LISTED = [
  /^cifar-10 +50000 +– +10000 +10 +32 × 32 × 3 +no +unknown$/m,
  /^imagenette +9469 +– +3925 +10 +160 × 160 × 3 +no +ImageNet terms$/m,
  /^mnist +60000 +– +10000 +10 +28 × 28 × 1 +no +CC BY-SA 3.0$/m,
  /^fashion-mnist +60000 +– +10000 +10 +28 × 28 × 1 +no +MIT$/m,
  /^beans +1034 +133 +128 +3 +500 × 500 × 3 +no +MIT$/m,
  /^colorectal-histology +3217 +741 +1042 +8 +150 × 150 × 3 +no +CC BY 4.0$/m,
  /^cotton-weed-id15 +3358 +1043 +786 +15 +224 × 224 × 3 +no \(--from\) +CC BY-NC 4.0$/m,
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
    assertMatch(missing.err, /CottonWeedID15 is missing: .*--from PATH`\n$/);
    const path = `${cache}/archive.zip`;
    await Deno.writeFile(path, Uint8Array.of(0x50, 0x4b, 3, 4));
    const refused = await data(["--get", "cotton-weed-id15", "--from", path], { cache });
    assertEquals([refused.code, refused.out], [1, ""]);
    assertStringIncludes(refused.err, `error: ${path} is damaged: it is no whole zip archive`);
    assertMatch((await data(["--list"], { cache })).out, /^cotton-weed-id15 .* no \(--from\) +CC BY-NC/m);
    const { classes } = datasetSource("cotton-weed-id15").facts;
    const entries = Array.from({ length: 5_187 }, (_, i) => ({ path: `${classes[i % classes.length]}/${i}.jpg` }));
    await Deno.writeFile(path, zip(entries));
    const named = await data(["--get", "cotton-weed-id15", "--from", path], { cache });
    assertEquals([named.code, named.out], [0, `CottonWeedID15 is whole in ${path}\n`]);
    assertMatch((await data(["--list"], { cache })).out, /^cotton-weed-id15 .* yes +CC BY-NC/m);
    assertEquals((await data(["--verify", "cotton-weed-id15"], { cache })).out, "cotton-weed-id15: whole\n");
    await Deno.writeFile(path, zip(entries.slice(1)));
    const damaged = await data(["--verify", "cotton-weed-id15"], { cache });
    assertEquals([damaged.code, damaged.out.split("\n")[0]], [1, "cotton-weed-id15: damaged"]);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

Deno.test("pictures of one's own need no fetching; what was decoded of them is verified", async () => {
  const cache = await Deno.makeTempDir();
  const pictures = await Deno.makeTempDir();
  try {
    for (const [label, name] of ["a", "b"].entries()) {
      await Deno.mkdir(`${pictures}/${name}`);
      const bytes = await picture(colourOf(label, 1), { format: "png" });
      for (const image of [1, 2, 3]) await Deno.writeFile(`${pictures}/${name}/${image}.png`, bytes);
    }
    const name = `folder:${pictures}`;
    const got = await data(["--get", name], { cache });
    assertEquals([got.code, got.err], [0, ""]);
    assertEquals(got.out, `${name} needs no fetching: its pictures are read where they are\n`);
    assertEquals(await data(["--verify", name], { cache }), { code: 0, out: `${name}: whole\n`, err: "" });
    await Deno.writeTextFile(`${pictures}/b/1.heic`, "");
    await Deno.writeTextFile(`${pictures}/.DS_Store`, "");
    const out = `${name}: whole\n` +
      `  left out of ${pictures}: files that are not called JPEG, PNG, TIFF, WebP, GIF or BMP: 1 (1 .heic: b/1.heic)\n` +
      `  left out of ${pictures}: hidden, or the system's own: 1 (.DS_Store)\n`;
    assertEquals(await data(["--verify", name], { cache }), { code: 0, out, err: "" });
    for (const file of ["b/1.heic", ".DS_Store"]) await Deno.remove(`${pictures}/${file}`);
    await loadDataset(name, { seed: 1, imageSize: 8, cacheFolder: cache });
    assertEquals(await data(["--verify", name], { cache }), { code: 0, out: `${name}: whole\n`, err: "" });
    const folder = datasetFolder(name, { cacheFolder: cache });
    const [decoded] = [...Deno.readDirSync(folder)].map((file) => file.name).filter((name) => name.endsWith(".images"));
    const path = `${folder}/${decoded}`;
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.map((byte, i) => i === 20 ? byte ^ 1 : byte));
    assertEquals(await data(["--verify", name], { cache }), {
      code: 1,
      out: `${name}: damaged\n  ${path} is damaged: delete it, and it is decoded anew\n`,
      err: "error: decoded images are damaged\n",
    });
    await Deno.remove(path);
    for (let i = 4; i < 20; i++) await Deno.writeTextFile(`${pictures}/a/${i}.png`, "no picture");
    const bad = await data(["--verify", name], { cache });
    assertEquals(bad.code, 1);
    const lines = bad.out.trimEnd().split("\n");
    assertEquals([lines.length, lines[0], lines.at(-1)], [12, `${name}: damaged`, "  and 6 more"]);
    assertStringIncludes(lines[1], `  ${pictures}/a/10.png can't be decoded (`);
    assertStringIncludes(bad.err, "error: put whole pictures in the place of the damaged ones");
    const none = await data(["--get", `${name}/none`], { cache });
    assertEquals([none.code, none.out], [1, ""]);
    assertStringIncludes(none.err, `${pictures}/none is no folder`);
  } finally {
    await Deno.remove(cache, { recursive: true });
    await Deno.remove(pictures, { recursive: true });
  }
});

Deno.test("files that lie where they belong are listed before they were fetched; another edition is told apart", async () => {
  const cache = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${cache}/beans`);
    for (const name of ["train.zip", "validation.zip", "test.zip"]) {
      await Deno.writeFile(`${cache}/beans/${name}`, zip([{ path: "notes.txt" }]));
    }
    assertMatch((await data(["--list"], { cache })).out, /^beans .* another edition +MIT$/m);
    const { code, out, err } = await data(["--verify", "beans"], { cache });
    assertEquals([code, out.split("\n")[0]], [1, "beans: another edition"]);
    assertStringIncludes(out, `${cache}/beans/train.zip is a good file, but not the published one`);
    assertStringIncludes(err, "`deno task data --get NAME --from PATH`");
    const from = `${cache}/pictures`;
    await Deno.mkdir(from);
    const refused = await data(["--get", "beans", "--from", from], { cache });
    assertEquals([refused.code, refused.out], [1, ""]);
    assertStringIncludes(refused.err, `${from} has no images of Beans: expected files as they are published`);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

Deno.test("Ctrl-C ends a fetch with exit code 130", async () => {
  const cache = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${cache}/mnist`);
    using lock = await Deno.open(`${cache}/mnist/lock`, { create: true, write: true });
    await lock.lock(true); // as a process that is fetching
    const { code, out, err } = await data(["--get", "mnist"], { cache, interrupt: "waiting for another process" });
    assertEquals([code, out], [130, ""]);
    assertMatch(err, /\ninterrupted; to go on: deno task data --get mnist\n$/);
    assertEquals([...Deno.readDirSync(`${cache}/mnist`)].map(({ name }) => name), ["lock"]);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

const MISTAKES: readonly { args: string[]; message: string }[] = [
  { args: [], message: "Expected one of --list, --get NAME and --verify, got 0 of them" },
  { args: ["--list", "--verify"], message: "got 2 of them" },
  { args: ["--lst"], message: "Unknown flag --lst; did you mean --list?" },
  { args: ["--get"], message: "Cannot use --get: expected NAME, got none" },
  { args: ["--get", "mnst"], message: 'Unknown data set "mnst": expected cifar-10, imagenette, mnist, ' },
  { args: ["--verify", "mnst"], message: 'Unknown data set "mnst": expected cifar-10, imagenette, mnist, ' },
  { args: ["--list", "--from", "x.zip"], message: "Cannot use --from without --get" },
  { args: ["--get", "beans", "--subset"], message: "Cannot use --subset without --from" },
  { args: ["--get", "mnist", "--archive", "x.zip"], message: "Unknown flag --archive" },
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
