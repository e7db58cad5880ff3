import { assertEquals } from "@std/assert";
import { casesFor } from "./evaluation_plan.ts";

const FOLDERS: readonly { datasets: string[]; names: string[] }[] = [
  { datasets: ["folder:/home/me/leaves"], names: ["phi/leaves"] },
  { datasets: ["folder:/a/pics", "folder:/b/pics"], names: ["phi/a/pics", "phi/b/pics"] },
  { datasets: ["folder:/a/pics", "folder:/a/pics"], names: ["phi/pics"] },
  { datasets: ["fashion-mnist", "folder:/a/fashion-mnist"], names: ["phi/fashion-mnist", "phi/a/fashion-mnist"] },
  { datasets: ["folder:/a/own"], names: ["phi/a/own"] }, // a case of the file is called phi/own
];

Deno.test("each data set has cases of its own, whatever its folder is called", async () => {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    const recipe = { optimizer: "adam", learningRate: 0.001, learningRates: [0.001], epochs: 1, batchSize: 16 };
    const one = { network: "phi", dataset: "fashion-mnist", full: "small", quick: "small" };
    const cases = [one, { ...one, name: "phi/own", dataset: "mnist" }];
    await Deno.writeTextFile(path, JSON.stringify({ recipes: { small: { ...recipe, imageSize: 14 } }, cases }));
    for (const { datasets, names } of FOLDERS) {
      assertEquals(casesFor({ cases: path, datasets }).map(({ name }) => name), names);
    }
  } finally {
    await Deno.remove(path);
  }
});
