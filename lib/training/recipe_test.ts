import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { defaultOf, factsOf } from "../schema.ts";
import { learningRateAt, readRecipe, recipeSchema, trainingRecipe } from "./recipe.ts";

// (1 + cos πt) / 2 at t = 0, 1/3, 1/2, 2/3
for (const { step, factor } of [{ step: 0, factor: 1 }, { step: 4, factor: 0.75 }, { step: 8, factor: 0.25 }]) {
  Deno.test(`cosine at step ${step} of 12`, () => {
    assertAlmostEquals(learningRateAt(step, { schedule: "cosine", learningRate: 0.2, steps: 12 }), 0.2 * factor, 1e-15);
  });
}

Deno.test("a constant rate is the same at each step", () => {
  const options = { schedule: "constant", learningRate: 0.2, steps: 3 } as const;
  assertEquals([0, 1, 2].map((step) => learningRateAt(step, options)), [0.2, 0.2, 0.2]);
});

Deno.test("each field of a recipe says what it is and what it expects, and its default is one of its values", () => {
  for (const [name, schema] of Object.entries(recipeSchema.shape)) {
    const facts = factsOf(schema);
    assertEquals([typeof facts?.description, typeof facts?.expected], ["string", "string"], name);
    if (defaultOf(schema) !== undefined) assertEquals(schema.safeParse(defaultOf(schema)).success, true, name);
  }
});

Deno.test("a recipe survives being stored as JSON, and what is missing gets its default", () => {
  const recipe = readRecipe({ imageSize: 28, learningRate: 0.01, optimizer: "momentum", momentum: 0.9 });
  assertEquals(readRecipe(JSON.parse(JSON.stringify(recipe))), recipe);
  assertEquals([recipe.network, recipe.trainImages, recipe.keep], ["phi", null, "last"]);
  assertThrows(
    () => readRecipe({}),
    Error,
    "expected imageSize to be an integer of at least 1 and of at most 1024, got none",
  );
  assertThrows(() => readRecipe({ imageSize: 1025 }), Error, "of at most 1024, got 1025");
  assertThrows(() => readRecipe(7), Error, "expected an object with settings, got 7");
  assertEquals(trainingRecipe({ epochs: undefined }).epochs, 2);
});
