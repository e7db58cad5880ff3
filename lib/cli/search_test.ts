import { assert, assertEquals, assertGreater, assertMatch, assertStringIncludes } from "@std/assert";
import { picture } from "../datasets/testdata/pictures.ts";
import { random } from "../random.ts";
import { runTask, startTask } from "./testdata/run_task.ts";

const SMALL = "--population 3 --generations 2 --train-images 96 --validation-images 50 --finalists 1 --final-seeds 1";

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What must be the same in every run: trials without their times. */
async function trials(folder: string, study: string): Promise<unknown[]> {
  const { code, out, err } = await runTask("study", ["export", study, "--format", "json", "--folder", folder]);
  assertEquals([code, err], [0, ""]);
  return JSON.parse(out).trials.map((
    { number, label, formula, seed, outcome }: Record<string, unknown>,
  ) => ({ number, label, formula, seed, outcome }));
}

const searchArgs = (folder: string, study: string) => [...SMALL.split(" "), "--folder", folder, "--study", study];

Deno.test("a search on real images, killed at ten random moments and resumed, ends as an unbroken one", () =>
  withFolder(async (folder) => {
    const began = performance.now();
    const whole = await runTask("search", [...searchArgs(folder, "whole"), "--json"]);
    const wallTime = performance.now() - began;
    assertEquals(whole.code, 0, whole.err);
    const report = JSON.parse(whole.out);
    assertEquals([report.ended, report.engine.name, report.settings.dataset], [
      "generations",
      "tensorflow",
      "fashion-mnist",
    ]);
    assertEquals(report.baselines.map(({ name }: { name: string }) => name), ["relu", "swish", "gelu", "eelu2"]);
    const expected = await trials(folder, "whole");
    assertGreater(expected.length, 7);

    const rng = random(5);
    let killed = 0;
    const process = async (kill: boolean) => {
      const child = startTask("search", [...searchArgs(folder, "broken"), "--workers", kill ? "2" : "1"]);
      const timer = kill ? setTimeout(() => child.kill("SIGKILL"), rng.next() * longest) : undefined;
      const output = await child.output();
      clearTimeout(timer);
      return output;
    };
    let longest = 0.8 * wallTime;
    for (let i = 0; i < 10 || killed === 0; i++) {
      if ((await process(true)).signal === "SIGKILL") killed++;
      else longest /= 2; // the machine has become faster
    }
    assert((await process(false)).success);
    assertEquals(await trials(folder, "broken"), expected);

    const other = await runTask("search", [...searchArgs(folder, "whole"), "--learning-rate", "0.5"]);
    assertEquals(other.code, 1);
    assertStringIncludes(other.err, "learningRate: study has 0.01, asked for 0.5");
  }));

Deno.test("a search on a user's own pictures: sizes and numbers of images follow from them", () =>
  withFolder(async (folder) => {
    for (const [label, name] of ["red", "green"].entries()) {
      await Deno.mkdir(`${folder}/pictures/${name}`, { recursive: true });
      for (let i = 0; i < 30; i++) {
        const colour = [220 * (1 - label) + i, 220 * label + i, i] as const;
        await Deno.writeFile(
          `${folder}/pictures/${name}/${i}.png`,
          await picture(colour, { format: "png", width: 40 }),
        );
      }
    }
    await Deno.writeTextFile(`${folder}/pictures/red/bad.jpg`, "no picture");
    const sizes = ["--population", "2", "--generations", "1", "--finalists", "0", "--workers", "1"];
    const args = [...sizes, "--dataset", `folder:${folder}/pictures/../pictures`, "--folder", folder, "--study", "own"];
    const { code, out, err } = await runTask("search", [...args, "--json"]);
    assertEquals(code, 0, err);
    assertStringIncludes(err, `left out: ${folder}/pictures/red/bad.jpg can't be decoded`);
    const { settings } = JSON.parse(out);
    // of each class of 30, a fifth (6) for validation and as many for tests; half of 64 pixels
    assertEquals(
      [settings.dataset, settings.imageSize, settings.trainImages, settings.validationImages, settings.testImages],
      [`folder:${folder}/pictures`, 32, 36, 12, 12],
    );
    const resumed = await runTask("search", ["--folder", folder, "--study", "own", "--finalists", "0", "--json"]);
    assertEquals(resumed.code, 0, resumed.err);
    assert(!resumed.err.includes("decoding"), resumed.err);
    assertEquals(JSON.parse(resumed.out).settings, settings);
  }));

Deno.test("mistakes are one line and an exit code", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/broken.sqlite`, "no study");
    await Deno.writeTextFile(`${folder}/file`, "");
    for (
      const [task, args, code, message] of [
        ["search", ["--sed", "1"], 2, "Unknown flag --sed; did you mean --seed?"],
        ["search", ["--generations", "0"], 2, "expected an integer of at least 1, got 0"],
        ["search", ["--max-time", "soon"], 2, "expected a time such as 90s, 5m or 1.5h, got soon"],
        ["search", ["--study", "broken", "--folder", folder], 1, "broken.sqlite"],
        ["search", ["--dataset", "fashion"], 2, 'Unknown data set "fashion": expected cifar-10, imagenette, mnist, '],
        ["search", ["--dataset", `folder:${folder}/none`], 1, `${folder}/none is no folder`],
        ["search", ["--study", "a/b"], 1, "Cannot name a study"],
        ["study", ["show", "none", "--folder", folder], 1, "none.sqlite"],
        ["study", ["shw"], 2, "expected list, show, export, latest, rename, delete, got shw"],
        ["describe", ["x +"], 2, "got the end"],
        ["describe", ["x", "--plot", `${folder}/file/plot.svg`], 1, "error: "],
      ] as const
    ) {
      const result = await runTask(task, args);
      assertEquals([result.code, result.out.includes("Error")], [code, false], result.err);
      assertMatch(result.err.trimEnd(), /^error: [^\n]*$/);
      assertStringIncludes(result.err, message);
    }
  }));

Deno.test("describe says what a function is and draws it", () =>
  withFolder(async (folder) => {
    const plot = `${folder}/new/plot.svg`;
    const { code, out, err } = await runTask("describe", ["-x*erf(exp(-x))", "--plot", plot]);
    assertEquals([code, err], [0, ""]);
    for (const part of ["genes        3 3 4", "equals eelu2", "-0.398475 at x = 1.08047", "accepted"]) {
      assertStringIncludes(out, part);
    }
    assertMatch(await Deno.readTextFile(plot), /^<svg[\s\S]*<\/svg>\s*$/);
  }));

for (const task of ["search", "study", "setup", "describe"] as const) {
  Deno.test(`--help of ${task} names its flags`, async () => {
    const { code, out, err } = await runTask(task, ["--help"]);
    assertEquals([code, err], [0, ""]);
    assertStringIncludes(out, `deno task ${task}`);
    assertStringIncludes(out, "--help, -h");
  });
}
