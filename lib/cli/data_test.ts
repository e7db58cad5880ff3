import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
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

Deno.test("an empty cache: listed, verified, and a fetch that fails in one line", async () => {
  const cache = await Deno.makeTempDir();
  try {
    const listed = await data(["--list"], { cache });
    assertEquals([listed.code, listed.err], [0, ""]);
    assertMatch(listed.out, /^fashion-mnist +60000 +10000 +10 +28 × 28 × 1 +no +MIT$/m);
    const all = await data(["--verify"], { cache });
    assertEquals(all, { code: 0, out: "fashion-mnist: missing\n", err: "" });
    const one = await data(["--verify", "fashion-mnist"], { cache });
    assertEquals([one.code, one.out], [1, "fashion-mnist: missing\n"]);
    assertMatch(one.err, /^error: .*deno task data --get NAME.*\n$/);

    await Deno.mkdir(`${cache}/fashion-mnist`);
    await Deno.writeTextFile(`${cache}/fashion-mnist/train-labels-idx1-ubyte`, "short");
    const damaged = await data(["--verify"], { cache });
    assertEquals([damaged.code, damaged.out.split("\n")[0]], [1, "fashion-mnist: damaged"]);
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

const MISTAKES: readonly { args: string[]; message: string }[] = [
  { args: [], message: "Expected one of --list, --get NAME and --verify, got 0 of them" },
  { args: ["--list", "--verify"], message: "got 2 of them" },
  { args: ["--lst"], message: "Unknown flag --lst; did you mean --list?" },
  { args: ["--get"], message: "Cannot use --get: expected NAME, got none" },
  { args: ["--get", "mnst"], message: "Unknown data set mnst: expected fashion-mnist" },
  { args: ["--verify", "mnst"], message: "Unknown data set mnst: expected fashion-mnist" },
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
