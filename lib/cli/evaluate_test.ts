import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { picture } from "../datasets/testdata/pictures.ts";
import { random } from "../random.ts";
import { runTask, startTask } from "./testdata/run_task.ts";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const RECIPE = {
  optimizer: "adam",
  learningRate: 0.001,
  learningRates: [0.001, 0.01],
  epochs: 2,
  batchSize: 16,
  imageSize: 14,
  trainImages: 96,
  validationImages: 50,
  testImages: 100,
};

/** A small network, one of the user's own, and one on data that are not here. */
const CASES = {
  recipes: { small: RECIPE },
  cases: [
    { network: "phi", dataset: "fashion-mnist", full: "small", quick: "small" },
    {
      name: "mine",
      network: path("../models/testdata/small_network.ts"),
      dataset: "fashion-mnist",
      full: "small",
      quick: "small",
    },
    { name: "elsewhere", network: "phi", dataset: "folder:none", full: "small", quick: "small" },
  ],
};

async function withCases(body: (folder: string, args: (study: string) => string[]) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/cases.json`, JSON.stringify(CASES));
    const args = (study: string) => ["--cases", `${folder}/cases.json`, "--folder", folder, "--study", study];
    await body(folder, args);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

type Results = { results: Record<string, unknown>[] };

/** What must be the same in every run: results without their times. */
const repeatable = ({ results }: Results) => results.map(({ seconds: _, ...rest }) => rest);

Deno.test("an evaluation on real images, killed at random moments and resumed, ends as an unbroken one", () =>
  withCases(async (folder, args) => {
    const asked = ["--functions", "relu,swish,eelu2,exp(exp(x^2))", "--tune-lr"];
    const began = performance.now();
    const whole = await runTask("evaluate", [...args("whole"), ...asked, "--json", "--csv", `${folder}/whole.csv`]);
    const wallTime = performance.now() - began;
    assertEquals(whole.code, 0, whole.err);
    const report = JSON.parse(whole.out);
    assertEquals([report.ended, report.tuned, report.results.length], [true, true, 2 * 4 * 2]);
    assertEquals(report.missing.map(({ name }: { name: string }) => name), ["elsewhere"]);
    assertStringIncludes(whole.err, "left out: elsewhere");
    assertStringIncludes(whole.err, "learning rates by validation");
    assertMatch(whole.err, /about .+ for 16 trials/);
    for (const { function: name, diverged, testAccuracy, score, bestEpoch, learningRate } of report.results) {
      assertEquals(diverged, name === "exp(exp(x^2))");
      assertEquals(score, diverged ? 0 : testAccuracy);
      assert(diverged || (bestEpoch >= 1 && bestEpoch <= 2 && RECIPE.learningRates.includes(learningRate)));
    }
    const lines = (await Deno.readTextFile(`${folder}/whole.csv`)).trimEnd().split("\n");
    assertEquals(lines.length, 1 + report.results.length);
    assertStringIncludes(lines[0], "case,network,dataset,imageSize,function,seed,score,testAccuracy");

    const rng = random(5);
    let killed = 0;
    let longest = 0.8 * wallTime;
    for (let i = 0; i < 5 || killed === 0; i++) {
      const child = startTask("evaluate", [...args("broken"), ...asked, "--workers", String(1 + i % 2)]);
      const timer = setTimeout(() => child.kill("SIGKILL"), longest * (0.25 + 0.75 * rng.next()));
      if ((await child.output()).signal === "SIGKILL") killed++;
      else longest /= 2; // the machine has become faster
      clearTimeout(timer);
    }
    const resumed = await runTask("evaluate", [...args("broken").slice(2), "--json"]); // the study knows what was asked for
    assertEquals(resumed.code, 0, resumed.err);
    assertStringIncludes(resumed.err, "have ended before");
    assertEquals(repeatable(JSON.parse(resumed.out)), repeatable(report));
  }));

Deno.test("an evaluation on a user's own pictures borrows the recipes of each network's first case", () =>
  withCases(async (folder, args) => {
    for (const [label, name] of ["red", "green"].entries()) {
      await Deno.mkdir(`${folder}/leaves/${name}`, { recursive: true });
      for (let i = 0; i < 30; i++) {
        const colour = [220 * (1 - label) + i, 220 * label + i, i] as const;
        await Deno.writeFile(`${folder}/leaves/${name}/${i}.png`, await picture(colour, { format: "png", width: 20 }));
      }
    }
    const asked = ["--dataset", `folder:${folder}/leaves`, "--network", "phi", "--functions", "relu", "--seeds", "1"];
    const { code, out, err } = await runTask("evaluate", [...args("own"), ...asked, "--json"]);
    assertEquals(code, 0, err);
    const { results } = JSON.parse(out);
    assertEquals(results.map(({ case: name, imageSize }: Record<string, unknown>) => [name, imageSize]), [
      ["phi/leaves", RECIPE.imageSize],
    ]);
  }));

/** Cases with one network, of which the module's text is given, on Fashion-MNIST. */
async function withNetwork(folder: string, text: string): Promise<string> {
  await Deno.writeTextFile(`${folder}/net.ts`, text);
  const file = { cases: [{ name: "net", network: "net.ts", dataset: "fashion-mnist", full: RECIPE, quick: RECIPE }] };
  await Deno.writeTextFile(`${folder}/net.json`, JSON.stringify(file));
  return `${folder}/net.json`;
}

Deno.test("a training that fails makes the exit code 1 and says why, also in the table", () =>
  withCases(async (folder) => {
    const cases = await withNetwork(folder, 'export const build = () => { throw new Error("no such layer"); };');
    const csv = `${folder}/new/failed.csv`;
    const asked = ["--functions", "relu", "--seeds", "1", "--workers", "1", "--csv", csv];
    const { code, err } = await runTask("evaluate", ["--cases", cases, "--folder", folder, "--study", "f", ...asked]);
    assertEquals(code, 1);
    assertMatch(err, /without the time of net, which could not be measured: Error: no such layer/);
    assertMatch(err, /relu in net with seed \d+ could not be trained: Error: no such layer/);
    assertStringIncludes(await Deno.readTextFile(csv), "Error: no such layer");
    const shown = await runTask("study", ["show", "f", "--folder", folder]);
    assertMatch(shown.out, /evaluation: 1 trial\s/);
    assertMatch(shown.out, /relu\(x\) +failed .* Error: no such layer/);
  }));

Deno.test("a network with another number of outputs than classes is refused", () =>
  withCases(async (folder) => {
    const mod = path("../mod.ts");
    const cases = await withNetwork(
      folder,
      `import { engine } from ${JSON.stringify(mod)};
       export const build = ({ imageSize, channels, classes }) => engine().sequential({ layers: [
         engine().layers.flatten({ inputShape: [imageSize, imageSize, channels] }),
         engine().layers.dense({ units: classes + 3 }),
       ] });`,
    );
    const { code, err } = await runTask("evaluate", ["--cases", cases, "--folder", folder, "--functions", "relu"]);
    assertEquals(code, 1);
    assertStringIncludes(err, "expected outputs of shape [null,10], one logit a class, got [null,13]");
  }));

Deno.test("the best function of a search stays what it was when it was first asked for", () =>
  withCases(async (folder, args) => {
    const sizes = ["--population", "4", "--train-images", "1536", "--validation-images", "50", "--finalists", "0"];
    const search = ["--folder", folder, "--study", "found", "--workers", "1"];
    assertEquals((await runTask("search", [...search, ...sizes, "--generations", "1"])).code, 0);
    const asked = ["--functions", "relu,study:found", "--network", "phi", "--dataset", "fashion-mnist", "--seeds", "1"];
    const first = await runTask("evaluate", [...args("pinned"), ...asked, "--json"]);
    assertEquals(first.code, 0, first.err);
    await Deno.remove(`${folder}/found.sqlite`);
    const again = await runTask("evaluate", [...args("pinned").slice(2), "--json"]);
    assertEquals(again.code, 0, again.err);
    assertEquals(JSON.parse(again.out).functions, JSON.parse(first.out).functions);
    assert(Object.keys(JSON.parse(first.out).functions).includes("best of found"));
  }));

Deno.test("an interrupted evaluation says how to go on", () =>
  withCases(async (folder, args) => {
    const child = startTask("evaluate", [...args("stopped"), "--functions", "relu,swish,elu", "--seeds", "20"]);
    const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
    let err = "";
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      err += chunk.value;
      if (err.includes("trials") && !err.includes("stopping")) child.kill("SIGINT");
    }
    const [{ code }] = await Promise.all([child.status, child.stdout.cancel()]);
    assertEquals(code, 130, err);
    assertStringIncludes(err, `to go on: deno task evaluate --study stopped --folder ${folder}`);
  }));

Deno.test("mistakes are one line and an exit code", () =>
  withCases(async (folder, args) => {
    await Deno.writeTextFile(`${folder}/wrong.json`, '{"cases": [{"network": "lenet", "dataset": "mnist"}]}');
    const one = (network: string, dataset: string) =>
      JSON.stringify({ cases: [{ network, dataset, full: RECIPE, quick: RECIPE }] });
    await Deno.writeTextFile(`${folder}/no_network.json`, one("none.ts", "fashion-mnist"));
    await Deno.writeTextFile(`${folder}/no_set.json`, one("phi", "fashion"));
    for (
      const [given, code, message] of [
        [["--seeds", "0"], 2, "expected an integer of at least 1, got 0"],
        [["--tune-lr", "--one-lr"], 2, "Expected --tune-lr or --one-lr, got both"],
        [[...args("a"), "--functions", "relu,relux"], 2, "relux"],
        [[...args("a"), "--functions", "study:none"], 1, "none.sqlite"],
        [[...args("a"), "--network", "vgg16"], 1, 'No case has the network "vgg16": expected all or some of phi'],
        [[...args("a"), "--dataset", "folder:/none"], 1, "expected the data of at least 1 case, got none"],
        [[...args("a"), "--dataset", "fashion"], 2, 'Unknown data set "fashion"'],
        [["--cases", `${folder}/wrong.json`], 1, "case 1 (lenet on mnist), field network: expected phi, "],
        [["--cases", `${folder}/missing.json`], 1, "name another file with --cases"],
        [["--cases", `${folder}/no_network.json`], 1, `Cannot use network ${folder}/none.ts`],
        [["--cases", `${folder}/no_set.json`], 1, 'case phi/fashion: Unknown data set "fashion"'],
        [[...args("a"), "--functions", ","], 1, "expected at least 1 function, got none"],
        [[...args("a"), "--csv", `${folder}/wrong.json/a.csv`], 1, `Cannot write ${folder}/wrong.json/a.csv`],
      ] as const
    ) {
      const result = await runTask("evaluate", given);
      assertEquals(result.code, code, result.err);
      assertMatch(result.err.trimEnd(), /^error: [^\n]*$/);
      assertStringIncludes(result.err, message);
    }
  }));

Deno.test("--help of evaluate names its flags", async () => {
  const { code, out, err } = await runTask("evaluate", ["--help"]);
  assertEquals([code, err], [0, ""]);
  for (const part of ["deno task evaluate", "--tune-lr", "--budget CHOICE", "--help, -h"]) {
    assertStringIncludes(out, part);
  }
});
