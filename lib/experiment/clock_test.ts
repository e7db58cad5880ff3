import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import type { StudyEvent } from "../study/mod.ts";
import { Clock } from "./clock.ts";

const epoch = (images: number | undefined, seconds: number) =>
  ({ kind: "epoch", metrics: { epoch: 1, images, seconds } }) as unknown as StudyEvent;
const ended = (seconds: number) => ({ kind: "ended", trial: { seconds } }) as unknown as StudyEvent;

Deno.test("training is the trials' time over the workers, speed is images a second of training on all of them", async () => {
  const clock = new Clock({ capacity: 4 });
  assertEquals([clock.spent().training, clock.spent().imagesPerSecond], [0, 0]);
  await clock.evaluate(() => new Promise((done) => setTimeout(done, 5)));
  for (const event of [epoch(300, 1), epoch(100, 3), ended(0.005), ended(0.007), epoch(undefined, 0)]) {
    clock.hear(event);
  }
  for (const kind of ["recalled", "started"] as const) {
    clock.hear({ kind, trial: { seconds: 1000 } } as unknown as StudyEvent);
  }
  const { training, imagesPerSecond } = clock.spent();
  assertEquals([training, imagesPerSecond], [(0.005 + 0.007) / 4, 400 / 4 * 4]);
});

Deno.test("training, waiting and the rest are the whole; only evaluations wait, also those that fail", async () => {
  const clock = new Clock({ capacity: 2 });
  const wait = () => new Promise((done) => setTimeout(done, 2));
  await wait();
  assertEquals(clock.spent().waiting, 0);
  assertEquals(await clock.evaluate(async () => (await wait(), "result")), "result");
  const { wall, training, waiting, other } = clock.spent();
  assert(waiting > 0);
  assertAlmostEquals(training + waiting + other, wall, 1e-9);
  await assertRejects(() => clock.evaluate(() => wait().then(() => Promise.reject(new Error("no disk")))), Error);
  assert(clock.spent().waiting > waiting);
  // More training than evaluations have taken: workers never waited.
  clock.hear(ended(1e6));
  assertEquals(clock.spent().waiting, 0);
});
