import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { createStudy, InlineExecutor, type JsonRecord, type Trial } from "../study/mod.ts";
import { SettingsError } from "../schema.ts";
import { STRATEGY_NAMES } from "../search/mod.ts";
import type { Outcome } from "../training/mod.ts";
import { UserError } from "../user_error.ts";
import { finalScores } from "./final_scores.ts";
import { contenders } from "./finals.ts";
import { Search } from "./search.ts";
import { planSearch, type SearchRequest } from "./search_settings.ts";

const MACHINE = { engine: "tensorflow", engineVersion: "test", kernel: true, bfloat16: true, splitSeed: 1 };
const ENGINE = { name: "tensorflow", version: "test", device: "cpu", kernel: true, bfloat16: true } as const;
const SMALL: SearchRequest = { populationSize: 6, generations: 3, finalists: 2, finalSeeds: 2, baselines: ["relu"] };

/** A search in which a function is the better, the shorter its formula; those with exp diverge. */
function toySearch(study = createStudy({ name: "toy", seed: 1, settings: planSearch(SMALL, MACHINE) })) {
  const ran: { formula: string; recipe: JsonRecord; test: boolean }[] = [];
  const executor = new InlineExecutor<JsonRecord>(({ formula, recipe, test }, { onEpoch }): Outcome => {
    ran.push({ formula, recipe, test });
    if (formula.includes("exp")) return { kind: "diverged", fitness: 0, epoch: 1 };
    const scores = { validationAccuracy: 1 / (1 + formula.length), validationLoss: 1 };
    onEpoch({ epoch: 1, trainLoss: 1, seconds: 1, images: 10, ...scores });
    return {
      kind: "complete",
      fitness: scores.validationAccuracy,
      ...scores,
      ...test && { testAccuracy: 0.5, testLoss: 1 },
    };
  });
  return { search: new Search(study, executor, ENGINE), ran, study };
}

async function run(search: Search, limits: Parameters<Search["search"]>[0] = {}): Promise<void> {
  for await (const { best } of search.search(limits)) assert(best.fitness > 0);
}

Deno.test("a search to its end: trials with whole recipes, the best first, finalists tested to the end in float32", async () => {
  const { search, ran, study } = toySearch();
  await run(search);
  assertEquals([search.ending, search.generations.length], ["generations", 3]);
  assertEquals(ran.every(({ recipe, test }) => !test && recipe.precision === "bfloat16" && recipe.gate === 0.25), true);
  const best = search.best(3);
  assertEquals(best.map(({ fitness }) => fitness), best.map(({ fitness }) => fitness).sort((a, b) => b - a));
  const trained = ran.length;

  const finalists = await search.finals();
  assertEquals(finalists.map(({ name, role, seeds }) => [name.slice(0, 7), role, seeds.length]), [
    ["found 1", "found", 2],
    ["found 2", "found", 2],
    ["relu", "baseline", 2],
  ]);
  assertEquals(
    ran.slice(trained).every(({ recipe, test }) => test && recipe.precision === "float32" && recipe.gate === 0),
    true,
  );
  assertEquals(search.testUses, 1);
  const report = search.report(finalists);
  assertEquals([report.ended, report.finalists.length, report.baselines.length], ["generations", 2, 1]);
  assertEquals(report.trials.complete + report.trials.diverged, study.trials().length);
  for (const { label, origin } of study.trials()) {
    if (label === "search") assertEquals(Object.keys(origin!), ["generation", "operator", "parents"]);
  }
});

for (const strategy of STRATEGY_NAMES) {
  Deno.test(`${strategy}: a search that was stopped goes on without training anything twice, and ends as an unbroken one`, async () => {
    const settings = planSearch({ ...SMALL, strategy, shapes: [3], generations: 4, epochs: 4 }, MACHINE);
    const study = () => createStudy({ name: "toy", seed: 1, settings });
    const whole = toySearch(study());
    await run(whole.search);
    assertEquals(whole.search.ending, "generations");
    const first = toySearch(study());
    const controller = new AbortController();
    let count = 0;
    const onEvent = ({ kind }: { kind: string }) => void (kind === "ended" && ++count === 8 && controller.abort());
    await run(first.search, { signal: controller.signal, onEvent });
    assertEquals(first.search.ending, "interrupted");
    const kept = first.study.trials().length;
    assert(kept >= 8 && kept < whole.study.trials().length);
    const second = toySearch(first.study);
    await run(second.search);
    assertEquals(second.ran.length, whole.ran.length - kept);
    assertEquals(second.search.best(), whole.search.best());
    const same = ({ number, label, formula, origin }: Trial) => ({ number, label, formula, origin });
    assertEquals(first.study.trials().map(same), whole.study.trials().map(same));
  });

  Deno.test(`${strategy}: a finished search goes on, and trains what is new only`, async () => {
    const settings = (generations: number) =>
      planSearch({ ...SMALL, strategy, shapes: [3], generations, epochs: 4 }, MACHINE);
    const long = toySearch(createStudy({ name: "toy", seed: 1, settings: settings(5) }));
    await run(long.search);
    const study = createStudy({ name: "toy", seed: 1, settings: settings(3) });
    const first = toySearch(study);
    await run(first.search);
    assert(first.ran.length < long.ran.length);
    const second = toySearch(study);
    second.search.prolong(5);
    await run(second.search);
    assertEquals(second.search.generations, long.search.generations);
    assertEquals(first.ran.length + second.ran.length, long.ran.length);
    assertEquals(second.search.best(), long.search.best());
    // its generations stay, and more trials than they have are a search that goes on, too
    const third = toySearch(study);
    await run(third.search);
    assertEquals([third.ran.length, third.search.ending], [0, "generations"]);
    assertThrows(() => third.search.prolong(4), SettingsError, "expected generations to be at least 5");
    await run(third.search, { maxTrials: 35 });
    assertEquals(third.search.ending, "trials");
    const cost = study.trials().reduce((sum, { recipe }) => sum + (recipe.epochs as number) / 4, 0);
    assert(cost >= 35 && cost < 36);
    const bounded = toySearch(study);
    bounded.search.prolong(5);
    await run(bounded.search, { maxTrials: 100 });
    assertEquals([bounded.search.ending, bounded.ran], ["generations", []]);
  });
}

Deno.test("halving: short trainings are no candidates for the best, nor more than the search's share", async () => {
  const settings = planSearch({ ...SMALL, strategy: "halving", epochs: 4 }, MACHINE);
  const { search, study } = toySearch(createStudy({ name: "toy", seed: 1, settings }));
  await run(search);
  const short = study.trials().filter(({ label }) => label === "short");
  const whole = study.trials().filter(({ label }) => label === "search");
  assertEquals(new Set(short.map(({ recipe }) => recipe.epochs)), new Set([1, 2]));
  assertEquals(new Set(whole.map(({ recipe }) => recipe.epochs)), new Set([4]));
  const epochs = study.trials().reduce((sum, { recipe }) => sum + (recipe.epochs as number), 0);
  assert(epochs >= 4 * 16 && epochs < 4 * 16 + 8 * 4, `${epochs}`);
  const numbers = new Set(whole.map(({ number }) => number));
  assert(search.best().every(({ trial }) => numbers.has(trial)));
});

Deno.test("limits: trials in all, and an interrupted comparison has the results until then", async () => {
  const { search, study } = toySearch();
  await run(search, { maxTrials: 7 });
  assertEquals([search.ending, study.trials().length], ["trials", 7]);
  const controller = new AbortController();
  const finalists = await search.finals({
    signal: controller.signal,
    onEvent: ({ kind }) => kind === "ended" && controller.abort(),
  });
  assertEquals(search.ending, "interrupted");
  assert(finalists.some(({ seeds }) => seeds.length < 2));
  assertEquals(search.testUses, 0);
});

Deno.test("a race over seeds selects the finalists, and goes on where it was interrupted", async () => {
  const settings = planSearch({ ...SMALL, race: 6, raceSeeds: 5 }, MACHINE);
  const { search, study, ran } = toySearch(createStudy({ name: "toy", seed: 1, settings }));
  await run(search);
  const controller = new AbortController();
  let ended = 0;
  const onEvent = ({ kind }: { kind: string }) => void (kind === "ended" && ++ended === 8 && controller.abort());
  assertEquals(await search.finals({ signal: controller.signal, onEvent }), []);
  assertEquals(search.ending, "interrupted");
  const finalists = await search.finals();
  // the toy's fitness is the same for every seed: the race confirms the order of the search
  assertEquals(finalists.filter(({ role }) => role === "found").map(({ formula }) => formula), [
    ...search.best(2).map(({ formula }) => formula),
  ]);
  const { functions } = finalScores(study, { measure: "testAccuracy" });
  assertEquals(functions, ["found 1", "found 2", "relu"]);
  const raced = study.trials().filter(({ label }) => label === "race");
  assertEquals(new Set(raced.map(({ seed }) => seed)).size, 5);
  assert(raced.length > 10 && raced.length < 30);
  assertEquals(ran.length, study.trials().length);
  assertEquals((await search.estimate()).finalTrials, 6 * 5 + 3 * 2);
});

Deno.test("an estimate counts what is left", async () => {
  const { search } = toySearch();
  const { searchTrials, finalTrials } = await search.estimate();
  assertEquals([searchTrials, finalTrials], [6 + 2 * 5, 3 * 2]);
  assertEquals((await search.estimate({ maxTrials: 4 })).searchTrials, 4);
});

Deno.test("what the executor cannot do ends the search", async () => {
  const { study } = toySearch();
  const executor = new InlineExecutor<JsonRecord>(() => {
    throw new UserError("no disk");
  });
  const search = new Search(study, executor, ENGINE);
  await assertRejects(() => run(search), UserError, "no disk");
  assertEquals(study.trials(), []);
});

Deno.test("a function that was found and is a baseline counts each of its seeds once", async () => {
  const settings = planSearch({ ...SMALL, baselines: ["relu", "tanh"] }, MACHINE);
  const { search, study } = toySearch(createStudy({ name: "toy", seed: 1, settings }));
  const relu = contenders([], { baselines: ["relu"] })[0];
  const spec = { formula: relu.formula, identity: relu.identity, recipe: {}, seed: 1, test: false, label: "search" };
  await study.run([spec], { executor: search.executor });
  const finalists = await search.finals();
  assertEquals(finalists.filter(({ identity }) => identity === relu.identity).map(({ role }) => role), [
    "found",
    "baseline",
  ]);
  assertEquals(finalists.map(({ seeds }) => seeds.length), finalists.map(() => 2));
});

Deno.test("a space of one's own: operators, definitions and what the search begins with are stored and used", async () => {
  const request: SearchRequest = {
    ...SMALL,
    shapes: [3],
    operators: ["lisht", "x", "erf", "a * b", "+"],
    define: ["lisht(x) = x * tanh(x)"],
    seedWith: ["x * erf(x)", "lisht(x) + x"],
  };
  const settings = planSearch(request, MACHINE);
  for (const name of ["shapes", "operators", "define", "seedWith"] as const) {
    assertEquals(settings[name], request[name]);
  }
  const { search, study } = toySearch(createStudy({ name: "toy", seed: 1, settings }));
  await run(search);
  const trials = study.trials();
  assertEquals(trials.slice(0, 2).map(({ formula, origin }) => [formula, origin!.operator]), [
    ["x * erf(x)", "given"],
    ["x + x * tanh(x)", "given"],
  ]);
  assert(trials.some(({ formula }) => formula.includes("tanh(x)")));
  assert(trials.every(({ formula }) => /^([x ()*+]|erf|tanh)*$/.test(formula)));
  const again = toySearch(study);
  await run(again.search);
  assertEquals(again.ran, []);
  for (
    const [wrong, message] of [
      [{ seedWith: ["sin(x)^5"] }, "that the search space has, got sin(x)^5"],
      [{ seedWith: ["relu", "swish", "tanh", "x"], populationSize: 3 }, "at most 3 functions to begin with"],
      [{ operators: ["foo"] }, "foo"],
      [{ define: ["f = x"] }, "expected a definition"],
      [{ shapes: [4] }, "expected shapes out of 3, 5 and 7"],
    ] as [SearchRequest, string][]
  ) {
    assertThrows(() => planSearch(wrong, MACHINE), Error, message);
  }
});

Deno.test("all functions of a space: as many generations as it takes", () => {
  const settings = planSearch({ strategy: "exhaustive", shapes: [3], populationSize: 20 }, MACHINE);
  const { populationSize, generations, elites } = settings as Record<string, number>;
  const most = populationSize + (generations - 1) * (populationSize - elites);
  assert(most >= 9 * 18 * 18 && most - (populationSize - elites) < 9 * 18 * 18);
  assertEquals(planSearch({ strategy: "exhaustive", generations: 2 }, MACHINE).generations, 2);
});
