/**
 * The library used from a folder of one's own, outside of the project, as README says: with the project's `deno.json` as
 * the configuration.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { cacheFolder, PROJECT_FOLDER } from "./project.ts";

const SCRIPT = `
import { catalog, curvesPlot, evaluate, geneticSearch, loadDataset, openSearch, parse, train } from "LIB";

const plot = await curvesPlot(["relu", catalog.eelu2]);
await plot.save("curves.png");
const fitness = (f) => evaluate(f, 1);
for await (const { generation } of geneticSearch({ population: 3, generations: 2, seed: 1, fitness })) console.log(generation);
const data = await loadDataset("fashion-mnist", { train: 160, validation: 50, imageSize: 14 });
console.log((await train(parse("x * tanh(x)"), { data, epochs: 1, batchSize: 32 })).kind);
{
  await using search = await openSearch({ folder: "studies", seed: 1, workers: 1, trainImages: 160, validationImages: 50, epochs: 1 });
  for await (const { best } of search.search({ maxTrials: 2 })) console.log(best.fitness > 0);
  console.log("trained", search.study.trials().length > 0);
}
`;

async function run(args: readonly string[], cwd: string) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", ...args, "main.ts"],
    cwd,
    env: { NO_COLOR: "1", AFOS_CACHE: cacheFolder() },
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

for (const own of [undefined, '{ "imports": { "zod": "./mine.ts" } }']) {
  Deno.test(`The library works from a folder ${own ? "with" : "without"} a deno.json of its own`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${folder}/main.ts`, SCRIPT.replace("LIB", `${PROJECT_FOLDER}lib/mod.ts`));
      if (own) await Deno.writeTextFile(`${folder}/deno.json`, own);
      const { code, out, err } = await run(["-A", "--config", `${PROJECT_FOLDER}deno.json`], folder);
      assert(code === 0, err);
      assertEquals(
        out.trim().split("\n").filter((line) => line !== "true"),
        ["0", "1", "complete", "trained true"],
        out,
      );
      const files = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name !== "deno.json").sort();
      assertEquals(files, ["curves.png", "main.ts", "studies"]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("README has the line", async () => {
  assertStringIncludes(
    await Deno.readTextFile(`${PROJECT_FOLDER}README.md`),
    "deno run -A --config ~/afos-lab/deno.json main.ts",
  );
});
