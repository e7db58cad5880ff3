import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import { UserError } from "../user_error.ts";
import { chooseEngine } from "./tensorflow.ts";
import { engineInfo, loadEngine } from "./tensorflow.ts";

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Runs a script of the lab in a process of its own. */
async function run(command: readonly string[], env: Record<string, string>) {
  const permissions = ["--allow-read", "--allow-write", "--allow-env", "--allow-run", "--allow-sys", "--allow-ffi"];
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...permissions, ...command],
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
  });
  const { code, stdout, stderr } = await process.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

/** A cache folder in which something stands in the place of TensorFlow's installation. */
async function withCache(record: string | undefined, body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/tensorflow`);
    if (record !== undefined) await Deno.writeTextFile(`${folder}/tensorflow/installation.json`, record);
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("TensorFlow computes in this process", async () => {
  const tf = await loadEngine({ engine: "tensorflow" });
  const product = tf.tidy(() => [...tf.matMul(tf.tensor2d([[2, 3]]), tf.tensor2d([[5], [7]])).dataSync()]);
  assertEquals(product, [31]);
  const { name, version, device } = engineInfo();
  assertEquals(name, "tensorflow");
  assertMatch(version, /^2\.\d+\.\d+/);
  assertMatch(device, /^[cg]pu$/);
});

Deno.test("the flag decides before the environment variable, and that before the default", () => {
  const before = Deno.env.get("AFOS_ENGINE");
  try {
    Deno.env.delete("AFOS_ENGINE");
    assertEquals(chooseEngine(), "tensorflow");
    Deno.env.set("AFOS_ENGINE", "javascript");
    assertEquals(chooseEngine(), "javascript");
    assertEquals(chooseEngine("tensorflow"), "tensorflow");
    Deno.env.set("AFOS_ENGINE", "cuda");
    assertThrows(() => chooseEngine(), UserError, 'in AFOS_ENGINE: expected tensorflow or javascript, got "cuda"');
  } finally {
    if (before === undefined) Deno.env.delete("AFOS_ENGINE");
    else Deno.env.set("AFOS_ENGINE", before);
  }
});

const RECORDS: readonly (readonly [name: string, record: string | undefined])[] = [
  ["there is none", undefined],
  ["its record is cut off", '{"source": "whe'],
  ["its record is empty", "{}"],
  ["its record is no object", "null"],
  ["its record names other files", JSON.stringify({ files: [{ path: "lib.so", bytes: 9, sha256: "00" }] })],
];

for (const [name, record] of RECORDS) {
  Deno.test(`setup --check says so where ${name}, and changes nothing`, () =>
    withCache(record, async (folder) => {
      const { code, out, err } = await run([script("../cli/setup.ts"), "--check"], { AFOS_CACHE: folder });
      assertEquals([code, err], [1, ""]);
      assertStringIncludes(out, "TensorFlow  not set up\n");
      assertEquals([...Deno.readDirSync(folder)].map((entry) => entry.name), ["tensorflow"]);
    }));

  Deno.test(`loading says what to do where ${name}`, () =>
    withCache(record, async (folder) => {
      const { out } = await run([script("install/probe.ts")], { AFOS_CACHE: folder });
      const { kind, reason } = JSON.parse(out);
      assertEquals(kind, "failed");
      assertStringIncludes(reason, "TensorFlow is not set up here, and training needs it: run `deno task setup`");
    }));
}
