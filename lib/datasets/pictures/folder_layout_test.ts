import { assertEquals, assertThrows } from "@std/assert";
import { UserError } from "../../user_error.ts";
import { folderLayout } from "./folder_layout.ts";

const SHARES = { validation: 20, test: 20 };

/** Paths of pictures: `counts` says how many are in each folder. */
function layoutOf(counts: Readonly<Record<string, number>>) {
  const pictures = Object.entries(counts).flatMap(([folder, count]) =>
    Array.from({ length: count }, (_, i) => `${folder}${folder === "" ? "" : "/"}${i}.png`)
  );
  const folders = new Set(Object.keys(counts).filter((folder) => folder !== "").map((folder) => folder.split("/")[0]));
  return folderLayout("/set", { folders: [...folders].sort(), pictures: pictures.sort(), shares: SHARES });
}

const both = (folder: string, count: number) => ({ [`${folder}/a`]: count, [`${folder}/b`]: count });

/** Pictures in each folder; how many there are then of each part (none: no parts), and how many are left out. */
const LAYOUTS: readonly {
  what: string;
  counts: Record<string, number>;
  parts: Record<string, number>;
  loose?: number;
}[] = [
  { what: "classes", counts: { a: 3, b: 4 }, parts: { none: 7 } },
  { what: "classes with folders in them", counts: { "a/x": 2, "a/y": 1, b: 4 }, parts: { none: 7 } },
  { what: "classes, and pictures beside them", counts: { a: 3, b: 4, "": 2 }, parts: { none: 7 }, loose: 2 },
  { what: "train, test", counts: { ...both("train", 2), ...both("test", 1) }, parts: { train: 4, test: 2 } },
  { what: "other letters", counts: { ...both("Train", 2), ...both("TEST", 1) }, parts: { train: 4, test: 2 } },
  {
    what: "training, val, testing",
    counts: { ...both("training", 2), ...both("val", 2), ...both("testing", 1) },
    parts: { train: 4, validation: 4, test: 2 },
  },
  {
    what: "train, dev, test",
    counts: { ...both("train", 1), ...both("dev", 2), ...both("test", 1) },
    parts: { train: 2, validation: 4, test: 2 },
  },
  {
    what: "train, Valid: a fifth of each class's training pictures are for tests",
    counts: { "train/a": 10, "train/b": 4, "Valid/a": 3 },
    parts: { train: 11, validation: 3, test: 3 },
  },
  {
    what: "parts with loose pictures and an empty folder beside them",
    counts: { ...both("train", 2), ...both("test", 1), train: 1, test: 2, notes: 0 },
    parts: { train: 4, test: 2 },
    loose: 3,
  },
  { what: "a class without test pictures", counts: { ...both("train", 2), "test/a": 1 }, parts: { train: 4, test: 1 } },
];

for (const { what, counts, parts, loose = 0 } of LAYOUTS) {
  Deno.test(`a folder of pictures: ${what}`, () => {
    const layout = layoutOf(counts);
    assertEquals(layout.classes, ["a", "b"]);
    const found: Record<string, number> = {};
    for (const { part = "none" } of layout.meanings.values()) found[part] = (found[part] ?? 0) + 1;
    assertEquals([found, layout.loose.length], [parts, loose]);
    for (const [path, { className }] of layout.meanings) assertEquals(/(^|\/)([ab])\//.exec(path)![2], className);
    assertEquals(
      layout.testSplitOff,
      "validation" in parts && !Object.keys(counts).some((name) => /^test/i.test(name)),
    );
  });
}

Deno.test("test pictures that are split off are always the same, and none of them is a training picture", () => {
  const counts = { ...both("train", 20), ...both("val", 5) };
  assertEquals(layoutOf(counts), layoutOf(counts));
  const tests = [...layoutOf(counts).meanings].filter(([, { part }]) => part === "test");
  assertEquals(tests.map(([, { className }]) => className), ["a", "a", "a", "a", "b", "b", "b", "b"]);
});

/** Folders that are called like parts, and which classes there are then. */
const CALLED_LIKE_PARTS: readonly { counts: Record<string, number>; classes: string[] }[] = [
  { counts: { test: 5, control: 5 }, classes: ["control", "test"] },
  { counts: { train: 5, bus: 5, car: 5 }, classes: ["bus", "car", "train"] },
  { counts: { train: 5, test: 5, dev: 5, valid: 5, other: 5 }, classes: ["dev", "other", "test", "train", "valid"] },
  { counts: { "train/steam": 3, "train/diesel": 2, bus: 5 }, classes: ["bus", "train"] },
  { counts: { test: 0, a: 3, b: 3 }, classes: ["a", "b"] },
];

for (const { counts, classes } of CALLED_LIKE_PARTS) {
  Deno.test(`classes that are called like parts: ${Object.keys(counts)}`, () => {
    const layout = layoutOf(counts);
    assertEquals([layout.classes, layout.official], [classes, false]);
    assertEquals(layout.meanings.size, Object.values(counts).reduce((a, b) => a + b));
  });
}

Deno.test("a class in two Unicode forms is one class", () => {
  const [composed, decomposed] = ["caf\u00e9", "cafe\u0301"];
  for (
    const counts of [
      { [composed]: 3, [decomposed]: 2, other: 3 },
      { [`train/${composed}`]: 3, "train/other": 3, [`test/${decomposed}`]: 2 },
    ]
  ) {
    const { classes, meanings } = layoutOf(counts);
    assertEquals(classes, [composed, "other"]);
    assertEquals([...meanings.values()].filter(({ className }) => className === composed).length, 5);
  }
});

Deno.test("a message names five of many classes, and the likely cause", () => {
  const classes = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [`train/n${String(i).padStart(3, "0")}`, 2]),
  );
  const error = assertThrows(() => layoutOf({ ...classes, "val/images": 3 }), UserError);
  assertEquals(
    error.message,
    "/set/val/images/0.png is of a class without training pictures: expected one of n000, n001, n002, n003, n004 and " +
      "195 more, as in /set/train, got images; are the pictures in val/ sorted into folders of classes?",
  );
});

const REFUSED: readonly { what: string; counts: Record<string, number>; message: string }[] = [
  { what: "no pictures", counts: { a: 0, b: 0 }, message: "expected 2 to 256 folders with pictures" },
  { what: "one class", counts: { a: 5 }, message: "got 1" },
  {
    what: "too many classes",
    counts: Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`c${i}`, 3])),
    message: "got 257",
  },
  {
    what: "a small class",
    counts: { a: 9, b: 2 },
    message: "/set/b has too few pictures: expected at least 3, as some",
  },
  {
    what: "training images alone",
    counts: both("train", 5),
    message: "The folders of /set are not understood: expected train/ with test/ or validation/ or both, or else a " +
      "folder for each class, got train/",
  },
  { what: "test images alone", counts: { ...both("test", 5), ...both("val", 5) }, message: "got test/, val/" },
  {
    what: "two folders for a part",
    counts: { ...both("train", 5), ...both("Train", 5), ...both("test", 5) },
    message: "expected one folder for the train part, got Train/, train/",
  },
  {
    what: "two names of a part",
    counts: { ...both("train", 5), ...both("test", 5), ...both("val", 5), ...both("valid", 5) },
    message: "expected one folder for the validation part, got val/, valid/",
  },
  {
    what: "pictures beside parts",
    counts: { ...both("train", 5), ...both("test", 5), extra: 2 },
    message: "expected no pictures beside test/, train/, got extra/",
  },
  {
    what: "an empty test part",
    counts: { ...both("train", 5), "test/a": 0 },
    message: "/set/test is empty: expected folders of classes with pictures in them, got none",
  },
  {
    what: "an empty validation part",
    counts: { ...both("train", 5), ...both("val", 0) },
    message: "/set/val is empty",
  },
  {
    what: "an empty training part",
    counts: { ...both("train", 0), ...both("test", 5) },
    message: "/set/train is empty",
  },
  {
    what: "a test part without classes",
    counts: { ...both("train", 5), test: 5 },
    message: "/set/test is empty: expected folders of classes",
  },
  {
    what: "a class that is not trained",
    counts: { ...both("train", 5), ...both("test", 5), "test/c9": 1 },
    message:
      "/set/test/c9/0.png is of a class without training pictures: expected one of a, b, as in /set/train, got c9",
  },
  {
    what: "a class with one training picture, where test pictures are split off",
    counts: { ...both("train", 5), ...both("val", 5), "train/c": 1 },
    message: "/set/train/c has too few pictures: expected at least 2, as images of a part",
  },
];

for (const { what, counts, message } of REFUSED) {
  Deno.test(`a folder of pictures is refused: ${what}`, () => {
    assertThrows(() => layoutOf(counts), UserError, message);
  });
}
