import { assert, assertEquals, assertThrows } from "@std/assert";
import { datasetSource } from "../datasets/sets/catalog.ts";
import { partSizes } from "../datasets/split.ts";
import { UserError } from "../user_error.ts";
import { readCases } from "./read_cases.ts";

const RECIPE = {
  optimizer: "adam",
  learningRate: 0.001,
  learningRates: [0.001, 0.01],
  epochs: 2,
  batchSize: 16,
  imageSize: 32,
};

const CASE = { network: "cct", dataset: "mnist", full: RECIPE, quick: RECIPE };

const options = { source: "cases.json", folder: "/home/me" };

/** Reads a file. */
const read = (file: unknown) => readCases(JSON.stringify(file), options);

Deno.test("a recipe takes over what it does not change, and has defaults for the rest", () => {
  const file = {
    recipes: { base: RECIPE, small: { like: "base", trainImages: 100 } },
    cases: [{ ...CASE, full: "base", quick: { like: "small", epochs: 1 } }],
  };
  const whole = {
    ...RECIPE,
    momentum: 0,
    weightDecay: 0,
    schedule: "constant",
    labelSmoothing: 0,
    dropout: null,
    augmentation: "standard",
    gate: 0,
    keep: "best",
    precision: "float32",
    trainImages: null,
    validationImages: null,
    testImages: null,
  };
  const [one] = read(file);
  assertEquals([one.name, one.network, one.dataset], ["cct/mnist", "cct", "mnist"]);
  assertEquals<unknown>(one.recipes, { full: whole, quick: { ...whole, trainImages: 100, epochs: 1 } });
});

Deno.test("a network of the user's own is named by a path relative to the file", () => {
  assertEquals(read({ cases: [{ ...CASE, network: "nets/mine.ts" }] })[0].network, "/home/me/nets/mine.ts");
  assertEquals(read({ cases: [{ ...CASE, network: "file:///nets/mine.mts" }] })[0].network, "/nets/mine.mts");
});

/** Files with one mistake, and what the error says of it. */
const WRONG: readonly (readonly [what: string, file: unknown, message: string])[] = [
  ["no object", [], "the file: expected an object with recipes and cases, got []"],
  ["no cases", { cases: [] }, "the file, field cases: expected a list of at least 1 case, got []"],
  ["an unknown field of the file", { cases: [CASE], case: 1 }, 'expected the fields about, recipes, cases, got "case"'],
  ["a case that is none", { cases: [CASE, 7] }, "case 2: expected an object, got 7"],
  [
    "an unknown network",
    { cases: [{ ...CASE, network: "lenet" }] },
    "case 1 (lenet on mnist), field network: expected phi, resnet50, alexnet, vgg16, mobilenet, cct, or the path " +
    'of a module (.ts, .mts, .js, .mjs), got "lenet"',
  ],
  ["no data set", { cases: [{ ...CASE, dataset: 3 }] }, "field dataset: expected a data set's name, got 3"],
  ["an unknown field of a case", { cases: [{ ...CASE, sed: 1 }] }, "(cct on mnist): expected the fields name, network"],
  [
    "no recipe",
    { cases: [{ ...CASE, full: undefined, quick: undefined }] },
    "case 1 (cct on mnist): expected a recipe quick, medium, full, or several of them, got none",
  ],
  [
    "an unknown recipe",
    { recipes: { a: RECIPE }, cases: [{ ...CASE, quick: "b" }] },
    'field quick: expected one of the recipes a, got "b"',
  ],
  [
    "a recipe like itself",
    { recipes: { a: { like: "b" }, b: { like: "a" }, c: RECIPE }, cases: [{ ...CASE, quick: "a" }] },
    'recipe a: expected one of the recipes c, as a recipe cannot be made of itself, got "b"',
  ],
  [
    "a recipe that no case has, out of range",
    { recipes: { a: { epochs: 0 } }, cases: [CASE] },
    "recipe a: expected epochs to be an integer of at least 1, got 0",
  ],
  [
    "an unknown setting",
    { cases: [{ ...CASE, full: { ...RECIPE, momentun: 0.9 } }] },
    "field full: unknown setting momentun; did you mean momentum?",
  ],
  [
    "a setting out of range",
    { cases: [CASE, { ...CASE, dataset: "beans", full: { ...RECIPE, epochs: "ten" } }] },
    'case 2 (cct on beans), field full: expected epochs to be an integer of at least 1, got "ten"',
  ],
  [
    "a setting that is missing",
    { cases: [{ ...CASE, full: { ...RECIPE, optimizer: undefined } }] },
    "field full: expected optimizer to be momentum or adam, got none",
  ],
  [
    "a learning rate twice",
    { cases: [{ ...CASE, full: { ...RECIPE, learningRates: [0.1, 0.1] } }] },
    "expected learningRates to be a list of at least 1 different values, each a number above 0, got [0.1,0.1]",
  ],
  [
    "momentum with Adam",
    { cases: [{ ...CASE, full: { ...RECIPE, momentum: 0.9 } }] },
    "field momentum: expected 0 with Adam, got 0.9",
  ],
  [
    "images that the network cannot take",
    { cases: [{ ...CASE, network: "alexnet" }] },
    "case 1 (alexnet on mnist), field quick, field imageSize: AlexNet takes images of at least 67 pixels a side, got 32",
  ],
  [
    "a case twice",
    { cases: [CASE, CASE] },
    "case 2 (cct on mnist), field name: expected another name than that of case 1",
  ],
];

for (const [what, file, message] of WRONG) {
  Deno.test(`refused: ${what}`, () => {
    assertThrows(() => read(file), UserError, message);
    assertThrows(() => read(file), UserError, "Cannot read cases.json: ");
  });
}

Deno.test("refused: what is no JSON", () => {
  assertThrows(() => readCases("{", options), UserError, "Cannot read cases.json: expected JSON, got ");
});

Deno.test("the project's cases: 28 of the 40 pairs, each once", () => {
  const cases = readCases(Deno.readTextFileSync(new URL("../../data/cases.json", import.meta.url)), options);
  assertEquals(cases.length, 28);
  assertEquals(new Set(cases.map(({ network, dataset }) => `${network} ${dataset}`)).size, 28);
  assertEquals([...new Set(cases.map(({ network }) => network))].sort(), [
    ...["alexnet", "cct", "mobilenet", "resnet50", "vgg16"],
  ]);
  assertEquals(new Set(cases.map(({ dataset }) => dataset)).size, 8);
  const fashion = cases.filter(({ dataset }) => dataset === "fashion-mnist");
  assertEquals(fashion.length, 5);
});

Deno.test("the project's recipes: no more images than their data sets have, and the one learning rate among all", () => {
  const cases = readCases(Deno.readTextFileSync(new URL("../../data/cases.json", import.meta.url)), options);
  for (const { name, dataset, recipes } of cases) {
    const { trainImages, validationImages, testImages } = datasetSource(dataset).facts;
    for (const { learningRate, learningRates, ...recipe } of Object.values(recipes)) {
      assert(learningRates.includes(learningRate), name);
      partSizes({ train: trainImages, validation: validationImages, test: testImages }, {
        train: recipe.trainImages ?? undefined,
        validation: recipe.validationImages ?? undefined,
        test: recipe.testImages ?? undefined,
      }); // throws for more than there are
    }
  }
});
