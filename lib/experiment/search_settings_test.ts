import { assertEquals } from "@std/assert";
import { datasetSource } from "../datasets/sets/catalog.ts";
import { fitRecipe, searchRecipes } from "./search_settings.ts";

/** Fitted recipes, by hand: quick has half of Fashion-MNIST's 28 pixels, and of larger sets half of 64. */
const FITTED = [
  { name: "fashion-mnist", preset: "quick", fitted: {} },
  {
    name: "cifar-10",
    preset: "quick",
    fitted: { imageSize: 16, trainImages: 3_072, validationImages: 1_000, testImages: 2_000 },
  },
  {
    name: "cifar-10",
    preset: "paper",
    fitted: { imageSize: 32, trainImages: 45_000, validationImages: 5_000, testImages: 10_000 },
  },
  {
    name: "beans",
    preset: "quick",
    fitted: { imageSize: 32, trainImages: 1_034, validationImages: 133, testImages: 128 },
  },
  {
    name: "imagenette",
    preset: "paper",
    fitted: { imageSize: 64, trainImages: 7_891, validationImages: 1_578, testImages: 3_925 },
  },
] as const;

for (const { name, preset, fitted } of FITTED) {
  Deno.test(`${preset} fitted to ${name}`, () => {
    assertEquals(fitRecipe(searchRecipes[preset], { facts: datasetSource(name).facts }), fitted);
  });
}

Deno.test("images that could not be decoded do not count", () => {
  const { facts } = datasetSource("beans");
  const counts = { train: 1_030, validation: 130, test: 128 };
  const { trainImages, validationImages } = fitRecipe(searchRecipes.quick, { facts, counts });
  assertEquals([trainImages, validationImages], [1_030, 130]);
});
