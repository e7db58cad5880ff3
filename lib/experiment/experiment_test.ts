import { assert, assertEquals, assertRejects } from "@std/assert";
import { createStudy, InlineExecutor, openStudy, studyPath, type Trial, type TrialSpec } from "../study/mod.ts";
import type { Outcome } from "../training/mod.ts";
import { UserError } from "../user_error.ts";
import { Experiment, openExperiment, requestOf, type WatchOptions } from "./experiment.ts";

const ENGINE = { name: "tensorflow", version: "test", device: "cpu", kernel: true, bfloat16: false } as const;
const COMPLETE: Outcome = { kind: "complete", fitness: 1, validationAccuracy: 1, validationLoss: 1 };

/** Trains a list of trials, one after the other. */
class Toy extends Experiment {
  run(specs: readonly TrialSpec[], options: WatchOptions = {}): Promise<readonly Trial[]> {
    return this.train(specs, options);
  }
}

const specs = ["x", "sin(x)", "cos(x)"].map((formula): TrialSpec => (
  { formula, identity: formula, label: "search", recipe: {}, seed: 1, test: false }
));

async function withFolder(action: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "afos-experiment-" });
  try {
    await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("what was interrupted throws the signal's reason, and is resumed by a process that opens the same study", () =>
  withFolder(async (folder) => {
    const ran: string[] = [];
    const path = studyPath(folder, "toy");
    const plan = { name: "toy", seed: 1, settings: {} };
    const experiment = (study = createStudy(plan, { path })) =>
      new Toy(
        study,
        new InlineExecutor(({ formula }, { onEpoch }) => {
          ran.push(formula);
          onEpoch({ epoch: 1, trainLoss: 1, validationLoss: 1, validationAccuracy: 1, seconds: 2, images: 30 });
          return COMPLETE;
        }),
        ENGINE,
      );
    const controller = new AbortController();
    {
      await using first = experiment();
      const onEvent = ({ kind }: { kind: string }) => kind === "ended" && controller.abort(new Error("Ctrl-C"));
      await assertRejects(() => first.run(specs, { signal: controller.signal, onEvent }), Error, "Ctrl-C");
      assertEquals(first.study.started(), []);
      assert(ran.length < 3);
    }
    const kept = ran.length;
    await using second = experiment(openStudy(path, { access: "write" }));
    const trials = await second.run(specs);
    assertEquals(trials.map(({ formula, number }) => [formula, number]), [["x", 0], ["sin(x)", 1], ["cos(x)", 2]]);
    assertEquals(ran, ["x", "sin(x)", "cos(x)"]);
    assertEquals(second.time.imagesPerSecond, 15); // of the trials that were trained here
    assert(second.time.training < second.time.wall && kept > 0);
    // All of them are there: nothing is trained, and a signal that is aborted too late aborts nothing.
    assertEquals(await second.run(specs, { signal: controller.signal }), trials);
    assertEquals(ran.length, 3);
  }));

Deno.test("closing ends the executor and frees the study", () =>
  withFolder(async (folder) => {
    const path = studyPath(folder, "toy");
    const executor = new InlineExecutor(() => COMPLETE);
    const experiment = new Toy(createStudy({ name: "toy", seed: 1, settings: {} }, { path }), executor, ENGINE);
    await experiment.close();
    assertEquals((await executor.run(specs[0])).kind, "cancelled");
    openStudy(path, { access: "write" }).close();
  }));

Deno.test("a study of the other kind is refused before anything is planned", () =>
  withFolder(async (folder) => {
    for (
      const { settings, purpose, message } of [
        { settings: {}, purpose: "evaluation", message: "Cannot evaluate in study" },
        { settings: { purpose: "evaluation" }, purpose: "search", message: "Cannot search in study" },
      ] as const
    ) {
      const study = `of-${purpose}`;
      createStudy({ name: study, seed: 1, settings }, { path: studyPath(folder, study) }).close();
      const plan = () => Promise.reject(new Error("planned"));
      const error = await assertRejects(() => openExperiment({ folder, study }, { purpose, plan }), UserError, message);
      assert(error.message.includes(purpose === "search" ? "got one of an evaluation" : "got one of a search"));
    }
  }));

Deno.test("a plan is given what the study has recorded; where it fails or is interrupted, no study is made", () =>
  withFolder(async (folder) => {
    const study = "search";
    const recorded = createStudy({ name: study, seed: 5, settings: { engine: "javascript" } }, {
      path: studyPath(folder, study),
    });
    recorded.note("request", "all");
    recorded.close();
    const stop = new Error("stop here");
    const lines: string[] = [];
    await assertRejects(
      () =>
        openExperiment({ folder, study, log: (line) => lines.push(line) }, {
          purpose: "search",
          plan({ recorded, engine, onProgress, ...rest }) {
            assertEquals([recorded!.seed, recorded!.notes.get("request"), engine, rest.folder], [
              ...[5, "all", "javascript", folder],
            ]);
            onProgress({ kind: "step", text: "reading the images" });
            return Promise.reject(stop);
          },
        }),
      Error,
      stop.message,
    );
    assertEquals(lines, ["reading the images"]);
    const controller = new AbortController();
    const draft = { threads: 1, kernel: false, study: () => ({ seed: 1, settings: {} }) };
    await assertRejects(
      () =>
        openExperiment({ folder, study: "new", signal: controller.signal }, {
          purpose: "search",
          plan({ recorded }) {
            assertEquals(recorded, undefined);
            controller.abort(stop);
            return Promise.resolve(draft);
          },
        }),
      Error,
      stop.message,
    );
    assertEquals([...Deno.readDirSync(folder)].filter(({ name }) => name.startsWith("new")), []);
  }));

Deno.test("a request is what was asked for, without what every experiment has", () => {
  const asked = {
    study: "a",
    folder: "b",
    engine: "c",
    workers: 2,
    epochs: 3,
    seeds: undefined,
    seed: 0,
    tuned: false,
  };
  assertEquals(requestOf(asked), { epochs: 3, seed: 0, tuned: false });
});
