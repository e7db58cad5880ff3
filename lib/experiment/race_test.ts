import { assert, assertEquals } from "@std/assert";
import { random } from "../random.ts";
import { race } from "./race.ts";

const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);

/** Runners with means 0, .1, … below 1 and noise; trainings are counted. */
function field(count: number, { noise }: { readonly noise: number }) {
  const runs: number[] = Array(count).fill(0);
  const rng = random(5);
  const run = (left: readonly number[]) => {
    const shared = rng.next(); // of a seed: what pairing takes away
    return Promise.resolve(left.map((runner) => {
      runs[runner]++;
      return 1 - 0.1 * runner + noise * (rng.next() - 0.5) + shared;
    }));
  };
  return { runners: [...Array(count).keys()], runs, run };
}

Deno.test("who is clearly worse drops out early; the best come in their order", async () => {
  const { runners, runs, run } = field(8, { noise: 0.05 });
  assertEquals(await race(runners, { seeds: SEEDS, keep: 3, run }), [0, 1, 2]);
  assert(runs[7] < runs[2] && runs[7] <= 4, `${runs}`);
});

Deno.test("who cannot be told apart runs to the last seed", async () => {
  const { runners, runs, run } = field(4, { noise: 10 });
  assertEquals((await race(runners, { seeds: SEEDS, keep: 1, run })).length, 1);
  assert(Math.max(...runs) === 12);
});

Deno.test("equal runners: hardly ever does one drop out, and never more than are wanted are left", async () => {
  let dropped = 0;
  for (let trial = 0; trial < 60; trial++) {
    const rng = random(trial);
    let left = 5;
    await race([0, 1, 2, 3, 4], {
      seeds: SEEDS.slice(0, 4),
      keep: 2,
      run: (runners) => {
        left = runners.length;
        return Promise.resolve(runners.map(() => rng.next()));
      },
    });
    if (left < 5) dropped++;
  }
  assert(dropped <= 7, `${dropped}`); // one look at .05: 3 of 60 are expected at most; more than 7 have p = .01
});

Deno.test("no race where there are no more runners than places: no training", async () => {
  const { runners, runs, run } = field(3, { noise: 1 });
  assertEquals(await race(runners, { seeds: SEEDS, keep: 3, run }), [0, 1, 2]);
  assertEquals(runs, [0, 0, 0]);
});

Deno.test("two runners for one place: Wilcoxon's test", async () => {
  const { runners, runs, run } = field(2, { noise: 0.01 });
  assertEquals(await race(runners, { seeds: SEEDS, keep: 1, run }), [0]);
  assertEquals(runs, [6, 6]); // 2 / 2⁶ is the first p-value below .05
});
