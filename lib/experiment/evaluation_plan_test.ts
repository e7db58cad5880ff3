import { assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { datasetSource, inspectDataset } from "../datasets/mod.ts";
import { picture } from "../datasets/testdata/pictures.ts";
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

/** Small copies of two sets: CIFAR-10 as PNG files, and Colorectal Histology with tiles of five slides. */
async function writeCopies(root: string): Promise<void> {
  const bytes = await picture([10, 20, 30], { format: "png", width: 8, height: 8 });
  const write = async (path: string) => {
    await Deno.mkdir(dirname(`${root}/${path}`), { recursive: true });
    await Deno.writeFile(`${root}/${path}`, bytes);
  };
  for (const name of datasetSource("cifar-10").facts.classes) {
    for (let i = 0; i < 8; i++) await write(`cifar/${i < 6 ? "train" : "test"}/${name}/${i}.png`);
  }
  for (const name of datasetSource("colorectal-histology").facts.classes) {
    for (let i = 0; i < 10; i++) await write(`colorectal/${name}/${i}_CRC-Prim-HE-0${1 + i % 5}.png`);
  }
}

Deno.test("conditions say in what a copy of a set differs, and how a set without parts is split", async () => {
  const root = await Deno.makeTempDir();
  try {
    await writeCopies(root);
    const cacheFolder = `${root}/cache`;
    for (const [name, folder] of [["cifar-10", "cifar"], ["colorectal-histology", "colorectal"]]) {
      await inspectDataset(name, { from: `${root}/${folder}`, subset: true, fetch: false, imageSize: 8, cacheFolder });
    }
    const recipe = { optimizer: "adam", learningRate: 0.001, learningRates: [0.001], epochs: 1, batchSize: 16 };
    const small = { ...recipe, imageSize: 14, trainImages: 1_000, validationImages: 10, testImages: 1_000 };
    const own = { ...recipe, imageSize: 14 };
    const cases = [
      { name: "cifar", dataset: "cifar-10", recipe: "small" },
      { name: "by slides", dataset: "colorectal-histology", recipe: "own" },
      { name: "by images", dataset: "colorectal-histology", recipe: "byImages" },
    ].map(({ recipe, ...one }) => ({ ...one, network: "phi", full: recipe, quick: recipe }));
    const recipes = { small, own, byImages: { ...own, split: "image" } };
    await Deno.writeTextFile(`${root}/cases.json`, JSON.stringify({ recipes, cases }));
    const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", new URL("testdata/print_conditions.ts", import.meta.url).href, `${root}/cases.json`],
      env: { AFOS_CACHE: cacheFolder },
    }).output();
    assertEquals(success, true, new TextDecoder().decode(stderr));
    const [cifar, bySlides, byImages] = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals(cifar.images, { train: 50, validation: 10, test: 20 }); // no more than there are
    assertEquals(
      cifar.conditions.dataEdition,
      "60 of 50,000 training images; 20 of 10,000 test images; PNG, published as raw pixels; " +
        "8 × 8 pixels, published with 32 × 32 pixels",
    );
    assertEquals([bySlides.conditions.split, byImages.conditions.split, cifar.conditions.split], [
      "group",
      "image",
      undefined,
    ]);
    // five slides of 16 tiles; of 10 images a class 2 for validation and 2 for tests
    for (const { images } of [bySlides, byImages]) assertEquals(images, { train: 48, validation: 16, test: 16 });
    const digests = [cifar, bySlides, byImages].map(({ conditions }) => conditions.dataDigest);
    assertEquals(new Set(digests).size, 3);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
