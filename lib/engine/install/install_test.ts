/**
 * Set-up in a clone of its own, in a folder whose name has a comma and a space: parts are damaged, and must be repaired
 * without a download. Nothing here has a network or Python.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { cacheFolder, PROJECT_FOLDER } from "../../project.ts";
import { findProgram, runProgram } from "../command.ts";
import { kernelFile } from "../kernel/state.ts";
import { LIBRARIES, LIBRARY_FILES, readLibrary } from "./installation.ts";

const ENGINE = "./lib/engine/mod.ts";

/** A clone with the packages, TensorFlow's library and the kernel of this one, but no addon. Big files are links. */
async function makeClone(parent: string): Promise<string> {
  const clone = `${parent}/a, b`;
  const cache = `${clone}/data/cache/tensorflow`;
  await Deno.mkdir(cache, { recursive: true });
  const copied = ["deno.json", "deno.lock", "package.json", "lib"].map((name) => PROJECT_FOLDER + name);
  await runProgram(["cp", "-r", ...copied, clone]);
  await runProgram(["cp", "-al", `${PROJECT_FOLDER}node_modules`, clone]);
  const library = [...LIBRARIES, "include"].map((name) => `${cacheFolder()}/tensorflow/${name}`);
  await runProgram(["cp", "-al", ...library, cache]);
  const kernel = kernelFile(`${cacheFolder()}/tensorflow`);
  await runProgram(["cp", kernel, `${kernel}.sha256`, cache]);
  await Deno.writeTextFile(`${cache}/installation.json`, JSON.stringify({ files: readLibrary() }));
  const [addon] = await find(clone, "tfjs_binding.node");
  for (const path of [addon, `${addon}.json`]) await Deno.remove(path);
  return clone;
}

async function find(folder: string, name: string): Promise<string[]> {
  const arguments_ = [`${folder}/node_modules/.deno`, "-name", name, "-path", "*tfjs-node-gpu*"];
  return (await runProgram(["find", ...arguments_])).trim().split("\n");
}

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs code that imports the clone's engine; `programs` are all that it finds by name. */
async function run(clone: string, code: string, options: { bin: string; readOnly?: boolean }): Promise<Answer> {
  const { bin, readOnly = false } = options;
  const command = [Deno.execPath(), "eval", "--ext=ts", `import * as engine from "${ENGINE}";\n${code}`];
  const remount = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"';
  const [program, ...args] = readOnly ? ["unshare", "-m", "sh", "-c", remount, clone, ...command] : command;
  const { PATH: path, ...rest } = Deno.env.toObject();
  delete rest.AFOS_CACHE;
  const { code: exit, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd: clone,
    clearEnv: true,
    env: { ...rest, NO_COLOR: "1", PATH: readOnly ? path : bin },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code: exit, out: text(stdout), err: text(stderr) };
}

const INSTALL = "await engine.installNative({ log: (line) => console.log(line) })";
const REPORT = "console.log(JSON.stringify(await engine.engineReport()))";
const COMPUTE = `const tf = await engine.loadEngine({ engine: "tensorflow" });
const inputs = { x: tf.tensor1d([2, 3]) };
const program = engine.traceProgram(() => ({ outputs: { sum: tf.sum(inputs.x) } }), { inputs, variables: [] });
using loaded = engine.loadPrograms({ p: program }, { variables: [], optimizer: { kind: "momentum", momentum: 0 } });
console.log(loaded.run("p", { x: { shape: [2], values: Float32Array.of(4, 5) } }).sum);`;

const inode = (path: string) => Deno.statSync(path).ino;

Deno.test("set-up repairs what is damaged, and nothing else, in a folder with a comma in its name", async (t) => {
  const parent = await Deno.makeTempDir({ dir: cacheFolder(), prefix: "install-test-" });
  try {
    const clone = await makeClone(parent);
    const cache = `${clone}/data/cache/tensorflow`;
    const bin = `${parent}/bin`;
    await Deno.mkdir(bin);
    const path = Deno.env.get("PATH")!.split(":");
    for (const name of ["g++", "as", "ld"]) {
      const target = path.map((folder) => `${folder}/${name}`).find((file) => {
        try {
          return Deno.statSync(file).isFile;
        } catch {
          return false;
        }
      });
      await Deno.symlink(target!, `${bin}/${name}`);
    }
    const install = async (wanted: readonly string[]) => {
      const before = LIBRARY_FILES.map((file) => inode(`${cache}/${file}`));
      const { code, out, err } = await run(clone, INSTALL, { bin });
      assertEquals([code, err, out.trim().split("\n").filter((line) => line !== "")], [0, "", [...wanted]]);
      assertEquals(LIBRARY_FILES.map((file) => inode(`${cache}/${file}`)), before);
    };
    const report = async (options: { readOnly?: boolean } = {}) =>
      JSON.parse((await run(clone, REPORT, { bin, ...options })).out);
    const ADDON = "building tfjs-node-gpu's addon";
    const KERNEL = "building the activation operations for this processor";

    await t.step("without an addon, TensorFlow is not set up", async () => {
      assertEquals(await report(), { kind: "missing" });
    });
    await t.step("a missing compiler is noticed before anything is fetched", async () => {
      await Deno.rename(cache, `${cache}.away`);
      const empty = `${parent}/python`;
      await Deno.mkdir(empty);
      await Deno.symlink((await findPath("python3"))!, `${empty}/python3`);
      const { code, out, err } = await run(clone, INSTALL, { bin: empty });
      assertEquals(code, 1);
      assertStringIncludes(err, "install a C++ compiler (g++)");
      assert(!out.includes("downloading"), out);
      await Deno.rename(`${cache}.away`, cache);
    });
    await t.step("a missing addon is built; the library stays", () => install([ADDON]));
    await t.step("what is whole is kept", () => install([]));
    await t.step("the check says what it is, and changes nothing", async () => {
      const { kind, source, kernel, info } = await report();
      assertEquals([kind, source, kernel.kind, info.kernel], ["ready", "wheel", "built", true]);
    });
    await t.step("a graph is computed", async () => {
      assertEquals((await run(clone, COMPUTE, { bin })).out, "9\n");
      assertEquals([...Deno.readDirSync(`${clone}/data/cache`)].map(({ name }) => name).sort(), [
        "setup.lock",
        "tensorflow",
      ]);
    });
    await t.step("a damaged kernel is built again", async () => {
      await Deno.writeTextFile(kernelFile(cache), "damaged");
      await Deno.mkdir(`${cache}/kernel-killed`);
      assertEquals(await report(), { kind: "damaged", reason: "the activation operations are damaged" });
      await install([KERNEL]);
      assertEquals([...Deno.readDirSync(cache)].filter(({ name }) => name.startsWith("kernel-")), []);
    });
    await t.step("a damaged addon is built again", async () => {
      const [addon] = await find(clone, "tfjs_binding.node");
      await Deno.writeFile(addon, new Uint8Array(Deno.statSync(addon).size));
      assertEquals(await report(), { kind: "damaged", reason: "tfjs_binding.node is damaged" });
      await install([ADDON]);
    });
    await t.step("a lost record is written again", async () => {
      const kernel = kernelFile(`${cacheFolder()}/tensorflow`);
      await runProgram(["cp", kernel, `${kernel}.sha256`, cache]);
      await Deno.writeTextFile(`${cache}/installation.json`, "{}");
      assertEquals(await report(), { kind: "missing" });
      await install(["the record of TensorFlow's library is lost: the library is tried as it is"]);
      assertEquals((await report()).kind, "ready");
    });
    await t.step("a damaged library is said, and kept where no other can be fetched", async () => {
      const file = `${cache}/${LIBRARIES[1]}`;
      await Deno.rename(file, `${file}.away`);
      await Deno.writeTextFile(file, "damaged");
      assertEquals(await report(), { kind: "damaged", reason: `${LIBRARIES[1]} is damaged` });
      const { code, err } = await run(clone, INSTALL, { bin });
      assertEquals(code, 1);
      assertStringIncludes(err, "install python3 with pip");
      assertEquals(LIBRARY_FILES.filter((path) => !isFile(`${cache}/${path}`)), []);
      await Deno.rename(`${file}.away`, file);
    });
    await t.step("a clone that is moved is ready", async () => {
      await Deno.rename(clone, `${clone}.moved`);
      const { out } = await run(`${clone}.moved`, REPORT, { bin });
      await Deno.rename(`${clone}.moved`, clone);
      assertEquals(JSON.parse(out).kind, "ready");
    });
    await t.step({
      name: "a clone that cannot be written to trains where it is set up, and is refused in one line where it is not",
      ignore: !await canRemount(),
      fn: async () => {
        assertEquals((await report({ readOnly: true })).kind, "ready");
        assertEquals((await run(clone, COMPUTE, { bin, readOnly: true })).out, "9\n");
        assertEquals((await run(clone, INSTALL, { bin, readOnly: true })).code, 0);
        await Deno.remove((await find(clone, "tfjs_binding.node"))[0]);
        const { code, err } = await run(clone, INSTALL, { bin, readOnly: true });
        assertEquals(code, 1);
        assertStringIncludes(err, `the cache ${clone}/data/cache cannot be written to (Read-only file system`);
      },
    });
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

async function findPath(name: string): Promise<string | undefined> {
  const program = await findProgram([name]);
  return program && (await runProgram([program, "-c", "import sys; print(sys.executable)"])).trim();
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Whether this user may mount: in a namespace of its own, a folder is made read-only. */
async function canRemount(): Promise<boolean> {
  try {
    await runProgram(["unshare", "-m", "sh", "-c", "mount --bind /tmp /tmp && mount -o remount,ro,bind /tmp"]);
    return true;
  } catch {
    return false;
  }
}
