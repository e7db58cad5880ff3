/**
 * The arrows of the house: which folder of `lib` may import which, and who may import which package. It reads the
 * import statements as `deno fmt` leaves them; it does not know what the modules do.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { dirname, join } from "node:path/posix";

/** The rooms whose door (`mod.ts`) a room may import; files beside the rooms (random.ts …) are open to all. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  statistics: [],
  activation: ["engine"],
  models: ["activation", "engine"],
  datasets: ["engine"],
  training: ["activation", "engine", "models", "datasets"],
  search: ["activation"],
  study: ["training"],
  plots: ["activation", "statistics"],
  report: ["activation", "plots", "statistics"],
  export: ["activation"],
  experiment: ["activation", "engine", "models", "datasets", "training", "search", "study", "statistics"],
  jupyter: ["engine", "search", "study", "plots", "experiment"],
  cli: [],
  std: [],
};

/** Files that may import more than their folder: the worker trains, the door and the benchmarks open everything. */
const MORE: readonly { readonly file: RegExp; readonly folders: readonly string[] }[] = [
  { file: /^study\/worker\.ts$/, folders: ["engine", "datasets"] },
  { file: /^(mod\.ts|bench\/.*)$/, folders: Object.keys(ARROWS) },
];

/** Packages and the only files that may import them; `value`: types are open to all. */
const PACKAGES: readonly { name: RegExp; files: RegExp; value?: boolean; tests: boolean }[] = [
  { name: /^@tensorflow\//, files: /^engine\//, value: true, tests: false },
  { name: /^jstat$/, files: /^statistics\/distributions\.ts$/, tests: true },
  { name: /^danfojs-node$/, files: /^report\//, tests: true },
  { name: /^@resvg\/|^dejavu-fonts-ttf$/, files: /^plots\/plot\.ts$/, tests: true },
  { name: /^sharp$/, files: /^datasets\/pictures\/decode_image\.ts$/, value: true, tests: true },
  { name: /^tar$/, files: /^datasets\/fetch\/tar\.ts$/, tests: true },
  { name: /^yauzl$/, files: /^datasets\/fetch\/zip\.ts$/, tests: true },
  { name: /^csv-parse$/, files: /^report\/csv_lines\.ts$/, tests: false },
  { name: /^@std\/cli$/, files: /^cli\//, tests: true },
];

interface Import {
  readonly specifier: string;
  /** Whether more than types is imported. */
  readonly value: boolean;
  /** Whether it is a call, made when the program comes to it. */
  readonly lazy: boolean;
}

/** The imports of a formatted module: statements begin a line, and comments and strings do not look like them. */
function importsOf(source: string): Import[] {
  const code = source.replace(/^\s*\*.*$|^\s*\/\/.*$/gm, "");
  const statements = code.matchAll(/^(?:import|export)\s(type\s)?([\w$*,{}\s]*?from\s)?"([^"]+)"/gm);
  const calls = code.matchAll(/(typeof\s+)?\bimport\(\s*"([^"]+)"/g);
  return [
    ...[...statements].map(([, type, names = "", specifier]) => {
      const braces = /^\{([^}]*)\}\s*from\s$/.exec(names)?.[1].split(",").map((name) => name.trim()).filter(Boolean);
      const onlyTypes = braces !== undefined && braces.length > 0 && braces.every((name) => name.startsWith("type "));
      return { specifier, value: type === undefined && !onlyTypes, lazy: false };
    }),
    ...[...calls].map(([, type, specifier]) => ({ specifier, value: type === undefined, lazy: true })),
  ];
}

type Sources = ReadonlyMap<string, string>;

/** The file of the library that a file's import names, or `undefined` for a package. */
function target(file: string, specifier: string): string | undefined {
  return specifier.startsWith(".") ? join(dirname(file), specifier) : undefined;
}

/** `@tensorflow/tfjs` of `npm:@tensorflow/tfjs@4.22.0/dist/index.js`. */
function packageName(specifier: string): string {
  return /^(?:npm:|jsr:)?\/?((?:@[^/]+\/)?[^/@]+)/.exec(specifier)?.[1] ?? specifier;
}

const isTest = (file: string) => /_test\.ts$|\/testdata\//.test(file);

/** What breaks the rules, one line each. */
function violations(sources: Sources): string[] {
  return [...sources].flatMap(([file, source]) =>
    importsOf(source).flatMap(({ specifier, value }) => {
      const line = `${file} imports ${specifier}`;
      const to = target(file, specifier);
      if (to !== undefined) return isTest(file) || mayImport(file, to) ? [] : [line];
      const name = packageName(specifier);
      if (name === "@std/assert") return isTest(file) ? [] : [line];
      const rule = PACKAGES.find((entry) => entry.name.test(name));
      if (rule === undefined || (rule.value && !value) || (rule.tests && isTest(file))) return [];
      return rule.files.test(file) ? [] : [line];
    })
  );
}

function mayImport(file: string, to: string): boolean {
  const [from, into] = [file, to].map((path) => path.includes("/") ? path.split("/")[0] : "");
  if (isTest(to)) return false;
  if (to === "mod.ts") return from === "cli" || from === "bench";
  if (into === "" || into === from) return true;
  if (from === "bench" && into === "cli") return true;
  if (to !== `${into}/mod.ts`) return false;
  if (from === "cli") return true;
  return [...ARROWS[from] ?? [], ...MORE.filter((more) => more.file.test(file)).flatMap((more) => more.folders)]
    .includes(into);
}

/** The first way found that leads from a file back to it, through imports and calls; types are gone when it runs. */
function cycle(sources: Sources): string[] | undefined {
  const done = new Set<string>();
  function visit(file: string, path: readonly string[]): string[] | undefined {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { specifier, value } of importsOf(sources.get(file) ?? "")) {
      const to = target(file, specifier);
      const found = to === undefined || !value ? undefined : visit(to, [...path, file]);
      if (found !== undefined) return found;
    }
    done.add(file);
    return undefined;
  }
  for (const file of sources.keys()) {
    const found = visit(file, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The packages that are loaded together with a file. */
function loadedWith(file: string, sources: Sources): ReadonlySet<string> {
  const [packages, files] = [new Set<string>(), new Set([file])];
  for (const current of files) {
    for (const { specifier, value, lazy } of importsOf(sources.get(current) ?? "")) {
      if (!value || lazy) continue;
      const to = target(current, specifier);
      if (to === undefined) packages.add(packageName(specifier));
      else files.add(to);
    }
  }
  return packages;
}

/** The modules below a folder; this one, whose examples look like imports, is left out. */
async function library(folder: URL, prefix = ""): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) {
      for (const entry of await library(new URL(`${name}/`, folder), `${prefix}${name}/`)) sources.set(...entry);
    } else if (name.endsWith(".ts") && name !== "imports_test.ts") {
      sources.set(prefix + name, await Deno.readTextFile(new URL(name, folder)));
    }
  }
  return sources;
}

Deno.test("every file keeps to the arrows, and packages to their doors", async () => {
  const sources = await library(new URL(".", import.meta.url));
  assertEquals(violations(sources), []);
  const folders = [...sources.keys()].filter((file) => file.includes("/")).map((file) => file.split("/")[0]);
  assertEquals(folders.filter((folder) => folder !== "bench" && ARROWS[folder] === undefined), []);
});

Deno.test("no file imports itself by a detour", async () => {
  assertEquals(cycle(await library(new URL(".", import.meta.url))), undefined);
});

Deno.test("importing the library loads no TensorFlow, nor the data frames that bring it, nor what reads archives and pictures", async () => {
  const sources = await library(new URL(".", import.meta.url));
  const heavy = [...loadedWith("mod.ts", sources)].filter((name) =>
    /^@tensorflow\/|^danfojs|^sharp$|^@resvg\/|^tar$|^yauzl$/.test(name)
  );
  assertEquals(heavy, []);
});

Deno.test("imports are read as they are written", () => {
  const source = [
    'import { a, type B } from "./a.ts";',
    'import type * as tf from "@tensorflow/tfjs";',
    'import { type C, type D } from "./c.ts";',
    "import {",
    "  long,",
    '} from "./long.ts";',
    'import "./effect.ts";',
    'export * from "./all.ts";',
    'export const text = "import from";',
    ' * import { example } from "./comment.ts";',
    '// import "./comment.ts";',
    'const lazy = await import("./lazy.ts");',
    'type T = typeof import("./type.ts");',
  ].join("\n");
  assertEquals(importsOf(source).map(({ specifier, value, lazy }) => [specifier, value, lazy]), [
    ["./a.ts", true, false],
    ["@tensorflow/tfjs", false, false],
    ["./c.ts", false, false],
    ["./long.ts", true, false],
    ["./effect.ts", true, false],
    ["./all.ts", true, false],
    ["./lazy.ts", true, true],
    ["./type.ts", false, true],
  ]);
});

/** Files with their only import, and what is wrong with it. */
const EXAMPLES: readonly { file: string; source: string; wrong: boolean }[] = [
  { file: "models/phi.ts", source: 'import "../engine/mod.ts";', wrong: false },
  { file: "engine/native.ts", source: 'import "../models/mod.ts";', wrong: true },
  { file: "engine/native.ts", source: 'await import("../models/phi.ts");', wrong: true },
  { file: "engine/native_test.ts", source: 'import "../models/mod.ts";', wrong: false },
  { file: "statistics/ranks.ts", source: 'import "../random.ts";', wrong: false },
  { file: "models/phi.ts", source: 'import "../engine/tensorflow.ts";', wrong: true },
  { file: "study/worker.ts", source: 'import "../training/mod.ts";', wrong: false },
  { file: "study/study.ts", source: 'import "../training/mod.ts";', wrong: false },
  { file: "study/study.ts", source: 'import "../datasets/mod.ts";', wrong: true },
  { file: "cli/search.ts", source: 'import "../mod.ts";', wrong: false },
  { file: "cli/search.ts", source: 'import "../search/mod.ts";', wrong: false },
  { file: "cli/search.ts", source: 'import "../search/genetic.ts";', wrong: true },
  { file: "search/genetic.ts", source: 'import "../mod.ts";', wrong: true },
  { file: "search/genetic.ts", source: 'import "./genetic_test.ts";', wrong: true },
  { file: "training/train.ts", source: 'import tf from "npm:@tensorflow/tfjs@4.22.0";', wrong: true },
  { file: "training/train_test.ts", source: 'import tf from "@tensorflow/tfjs";', wrong: true },
  { file: "training/train.ts", source: 'import type tf from "@tensorflow/tfjs";', wrong: false },
  { file: "engine/native.ts", source: 'await import("@tensorflow/tfjs-node-gpu");', wrong: false },
  { file: "statistics/friedman.ts", source: 'import jstat from "jstat";', wrong: true },
  { file: "statistics/distributions.ts", source: 'import jstat from "jstat";', wrong: false },
  { file: "plots/curves.ts", source: 'import { DataFrame } from "danfojs-node";', wrong: true },
  { file: "report/cases.ts", source: 'import { DataFrame } from "danfojs-node";', wrong: false },
  { file: "search/genetic.ts", source: 'import { assert } from "@std/assert";', wrong: true },
  { file: "search/genetic_test.ts", source: 'import { assert } from "@std/assert";', wrong: false },
  { file: "study/study.ts", source: 'import { parseArgs } from "@std/cli/parse-args";', wrong: true },
  { file: "cli/search.ts", source: 'import { parseArgs } from "@std/cli/parse-args";', wrong: false },
];

for (const { file, source, wrong } of EXAMPLES) {
  Deno.test(`${wrong ? "refused" : "allowed"} in ${file}: ${source}`, () => {
    assertEquals(violations(new Map([[file, source]])).length, wrong ? 1 : 0);
  });
}

Deno.test("cycles and what is loaded are found through several files", () => {
  const files: [string, string][] = [
    ["mod.ts", 'export * from "./a/one.ts";'],
    ["a/one.ts", 'import { x } from "./two.ts";'],
    ["a/two.ts", 'import { y } from "heavy";\nconst z = await import("light");'],
  ];
  assertEquals(cycle(new Map(files)), undefined);
  assertEquals([...loadedWith("mod.ts", new Map(files))], ["heavy"]);
  const types: [string, string] = ["a/two.ts", 'import type { X } from "./one.ts";'];
  assertEquals(cycle(new Map([...files, types])), undefined);
  const back: [string, string] = ["a/two.ts", 'import { X } from "./one.ts";'];
  assertEquals(cycle(new Map([...files, back])), ["a/one.ts", "a/two.ts", "a/one.ts"]);
});
