import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createStudy, InlineExecutor, studyPath } from "../study/mod.ts";
import { runTask } from "./testdata/run_task.ts";

/** A folder with the study "toy": a function that trained, one that diverged and one that failed. */
async function withStudy(body: (study: (...args: string[]) => ReturnType<typeof runTask>) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    using study = createStudy({ name: "toy", seed: 7, settings: { recipe: { epochs: 2 } } }, {
      path: studyPath(folder, "toy"),
    });
    const executor = new InlineExecutor(({ formula }) => {
      if (formula === "exp(x)") return { kind: "diverged", fitness: 0, epoch: 1 };
      if (formula === "sin(x)") throw new Error("no such layer\n  at deep");
      return { kind: "complete", fitness: 1.25, validationAccuracy: 0.5, validationLoss: 0.4 };
    });
    const specs = ["x", "exp(x)", "sin(x)"].map((formula, i) => (
      { label: "search", formula, identity: formula, recipe: { epochs: 1 + i % 2 }, seed: 1, test: false }
    ));
    await study.run(specs, { executor });
    study.close();
    await body((...args) => runTask("study", [...args, "--folder", folder]));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("studies are listed, shown with the reasons of failures, and exported", () =>
  withStudy(async (study) => {
    const listed = await study("list");
    assertEquals([listed.code, listed.err], [0, ""]);
    assertMatch(listed.out, /^toy +\S+ \S+ +1 complete, 1 diverged, 1 failed +1\.250 +x *$/m);
    const shown = await study("show", "toy");
    assertStringIncludes(shown.out, '{"epochs":2}');
    assertMatch(shown.out, /^search: 3 trials$/m);
    assertMatch(shown.out, /sin\(x\) +failed .* no such layer *$/m);
    const exported = await study("export", "toy", "--format", "json");
    assertEquals(JSON.parse(exported.out).trials.map(({ recipe }: { recipe: unknown }) => recipe), [
      { epochs: 1 },
      { epochs: 2 },
      { epochs: 1 },
    ]);
  }));

Deno.test("what is shown of a study says that its data are a copy", async () => {
  const folder = await Deno.makeTempDir();
  try {
    using study = createStudy({ name: "copy", seed: 1, settings: {} }, { path: studyPath(folder, "copy") });
    const executor = new InlineExecutor(() => ({ kind: "diverged", fitness: 0, epoch: 1 }));
    const recipe = { dataset: "cifar-10", dataEdition: "JPEG, published as raw pixels" };
    await study.run([{ label: "tuning", formula: "x", identity: "x", recipe, seed: 1, test: false }], { executor });
    study.close();
    const { out } = await runTask("study", ["show", "copy", "--folder", folder]);
    assertMatch(out, /^cifar-10 is not the published set but a copy: JPEG, published as raw pixels$/m);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("studies are renamed and deleted, and the latest is found", () =>
  withStudy(async (study) => {
    assertEquals((await study("latest")).out, "toy\n");
    assertEquals((await study("rename", "toy", "हिन्दी")).code, 0);
    assertEquals((await study("latest")).out, "हिन्दी\n");
    for (
      const [args, code, message] of [
        [["show", "toy"], 1, "there is no such file"],
        [["rename", "हिन्दी"], 2, "expected a new name"],
        [["delete", "toy"], 1, "Cannot find study toy"],
        [["delete", "a", "b"], 2, "Unexpected argument b"],
        [["delete"], 2, "expected the name of a study after delete"],
      ] as const
    ) {
      const result = await study(...args);
      assertEquals(result.code, code, result.err);
      assertStringIncludes(result.err, message);
    }
    assertEquals((await study("delete", "हिन्दी")).code, 0);
    assert((await study("list")).out.startsWith("no studies in "));
  }));
