import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { inspectDataset } from "../datasets/mod.ts";
import { readRecipe } from "../training/mod.ts";
import { UserError } from "../user_error.ts";
import { labVersion } from "./lab_version.ts";
import { kindOf, type Machine, precisionsOf, readMachine } from "./machine.ts";
import { type Belongings, localRecipe, matchNeed, type Need, needOf } from "./need.ts";

const ENGINE = { name: "tensorflow", version: "2.21.0", device: "cpu", kernel: true, bfloat16: false } as const;
const MACHINE: Machine = {
  lab: "0.1.0+12345678",
  engine: ENGINE,
  processor: "a processor",
  precisions: precisionsOf(ENGINE),
  threads: 1,
  datasets: {},
  networks: [],
};
const { digest } = await inspectDataset("fashion-mnist");
const RECIPE = readRecipe({ imageSize: 14, dataset: "fashion-mnist", dataDigest: digest, kernel: true, threads: 1 });
const BELONGINGS: Belongings = { networks: new Map(), folders: [] };

function need(changes: Partial<Need> = {}): Promise<Need> {
  const options = { lab: MACHINE.lab, kind: kindOf(MACHINE), networkDigest: () => Promise.resolve("ab") };
  return needOf(RECIPE, options).then((need) => ({ ...need, ...changes }));
}

Deno.test("a machine of the coordinator's kind, with the same images, does", async () => {
  const given = await need();
  assertEquals(await matchNeed(given, { machine: MACHINE, belongings: BELONGINGS }), {
    kind: "matched",
    dataset: "fashion-mnist",
    digest,
  });
  const { kind: _, ...any } = given;
  const other = { ...MACHINE, processor: "another", engine: { ...ENGINE, version: "2.20.0" } };
  assertEquals((await matchNeed(any, { machine: other, belongings: BELONGINGS })).kind, "matched");
});

const REFUSED: readonly { what: string; changes?: Partial<Need>; machine?: Partial<Machine>; says: string }[] = [
  {
    what: "another version",
    machine: { lab: "0.1.0+0" },
    says: "the lab's version to be 0.1.0+12345678, here it is 0.1.0+0",
  },
  { what: "another engine", changes: { engine: "javascript" }, says: "the engine to be javascript" },
  {
    what: "another engine's version",
    machine: { engine: { ...ENGINE, version: "2.9.1" } },
    says: "here it is tensorflow 2.9.1",
  },
  { what: "another processor", machine: { processor: "B" }, says: "here it is tensorflow 2.21.0 cpu with kernel, B" },
  { what: "threads", changes: { threads: 2 }, says: "(--threads) to be 2, here it is 1" },
  { what: "kernel", changes: { kernel: false, kind: undefined }, says: "(--kernel) to be off, here it is on" },
  {
    what: "precision",
    changes: { precision: "bfloat16" },
    machine: { precisions: ["float32"] },
    says: "they need bfloat16",
  },
  {
    what: "other images",
    changes: { dataDigest: "00ff" },
    says: `have the digest ${digest.slice(0, 12)}, they need 00ff`,
  },
  { what: "no images", changes: { dataset: "folder:/no/such" }, says: "/no/such" },
  { what: "an unknown set", changes: { dataset: "imagenet-21k" }, says: "imagenet-21k" },
  { what: "a network of one's own", changes: { networkDigest: "cd" }, says: "digest cd: copy its module here" },
  { what: "a need of later times", changes: { fitness: "x" } as Partial<Need>, says: "not known here" },
  { what: "no need", changes: { imageSize: "large" } as unknown as Partial<Need>, says: "not known here" },
];

for (const { what, changes, machine, says } of REFUSED) {
  Deno.test(`a worker leaves trials alone: ${what}`, async () => {
    const match = await matchNeed(await need(changes), { machine: { ...MACHINE, ...machine }, belongings: BELONGINGS });
    assert(match.kind === "refused", JSON.stringify(match));
    assertStringIncludes(match.reason, says);
  });
}

Deno.test("a network of one's own travels by its digest, and becomes the worker's file", async () => {
  const recipe = readRecipe({ ...RECIPE, network: "/home/a/net.ts" });
  const given = await needOf(recipe, { lab: MACHINE.lab, kind: undefined, networkDigest: () => Promise.resolve("ab") });
  assertEquals(given.networkDigest, "ab");
  assert(!JSON.stringify(given).includes("/home/a"));
  const networks = new Map([["ab", "/srv/b/net.ts"]]);
  const match = await matchNeed(given, { machine: MACHINE, belongings: { networks, folders: [] } });
  assert(match.kind === "matched");
  assertEquals(localRecipe(recipe, { need: given, match }).network, "/srv/b/net.ts");
});

Deno.test("a job that is not what its queue says is refused", async () => {
  const given = await need();
  const match = await matchNeed(given, { machine: MACHINE, belongings: BELONGINGS });
  assert(match.kind === "matched");
  assertEquals(localRecipe(RECIPE, { need: given, match }), RECIPE);
  const wrong: readonly [record: unknown, says: string][] = [
    [{ ...RECIPE, threads: 4 }, "Expected a recipe with threads 1, got 4"],
    [{ ...RECIPE, dataset: "folder:/etc" }, "Expected a recipe with dataset fashion-mnist, got folder:/etc"],
    [{ ...RECIPE, network: "/tmp/evil.ts" }, "Expected a network of the lab's"],
    [{ ...RECIPE, epochs: -1 }, "expected epochs to be an integer of at least 1"],
    [{ ...RECIPE, code: "Deno.exit()" }, "unknown setting code"],
    ["text", "expected an object"],
  ];
  for (const [record, says] of wrong) {
    assertThrows(() => localRecipe(record, { need: given, match }), UserError, says);
  }
});

Deno.test("what is announced is read, and nothing else is taken for a machine", () => {
  assertEquals(readMachine(JSON.parse(JSON.stringify(MACHINE))), MACHINE);
  for (const record of [undefined, {}, { ...MACHINE, engine: "tensorflow" }, { ...MACHINE, threads: 0 }]) {
    assertEquals(readMachine(record), undefined);
  }
});

Deno.test("the lab's version changes with the sources that train, not with tests", async () => {
  const folder = `${await Deno.makeTempDir()}/`;
  try {
    const rooms = ["activation", "datasets", "engine", "models", "training", "study"];
    for (const room of rooms) await Deno.mkdir(`${folder}lib/${room}`, { recursive: true });
    await Deno.writeTextFile(`${folder}deno.json`, '{"version": "0.1.0"}');
    for (const file of ["random.ts", "schema.ts", "study/worker.ts", "training/train.ts"]) {
      await Deno.writeTextFile(`${folder}lib/${file}`, "1");
    }
    const before = labVersion(folder);
    assert(/^0\.1\.0\+[0-9a-f]{8}$/.test(before));
    await Deno.writeTextFile(`${folder}lib/training/train_test.ts`, "2");
    await Deno.writeTextFile(`${folder}lib/study/study.ts`, "2");
    assertEquals(labVersion(folder), before);
    await Deno.writeTextFile(`${folder}lib/training/train.ts`, "2");
    assert(labVersion(folder) !== before);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  await assertRejects(() => Promise.resolve().then(() => labVersion("/no/such/")), Deno.errors.NotFound);
});
