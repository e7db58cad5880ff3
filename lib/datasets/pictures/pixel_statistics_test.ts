import { assertAlmostEquals, assertEquals } from "@std/assert";
import { PixelStatistics } from "./pixel_statistics.ts";

Deno.test("mean and population standard deviation of the images that count, by channel", () => {
  const statistics = new PixelStatistics(2);
  statistics.add(Uint8Array.of(255, 0, 0, 51));
  statistics.add(Uint8Array.of(9, 9, 9, 9)); // does not count
  statistics.add(Uint8Array.of(255, 102, 0, 153));
  const { mean, std } = statistics.of([0, 2]);
  assertEquals(mean[0], 0.5); // of 1, 0, 1, 0
  assertAlmostEquals(std[0], 0.5, 1e-12);
  assertAlmostEquals(mean[1], 0.3, 1e-12); // of 0, .2, .4, .6
  assertAlmostEquals(std[1], Math.sqrt(0.05), 1e-12);
});

Deno.test("pixels that are all the same have a deviation that can divide", () => {
  const statistics = new PixelStatistics(1);
  statistics.add(Uint8Array.of(7, 7));
  assertEquals(statistics.of([0]).std, [1 / 255]);
});
