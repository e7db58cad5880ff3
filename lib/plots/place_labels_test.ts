import { assert, assertEquals } from "@std/assert";
import { placeLabels } from "./place_labels.ts";

const frame = { left: 0, right: 200, top: 0, bottom: 100 };

Deno.test("A label stands at the right of its dot, or where there is room", () => {
  const anchor = (x: number, y: number) => placeLabels([{ name: "name", x, y }], { frame })[0]?.anchor;
  assertEquals(anchor(100, 50), "start");
  assertEquals(anchor(195, 50), "end");
  const [label] = placeLabels([{ name: "name", x: 100, y: 50 }], {
    frame,
    obstacles: [{ left: 0, right: 200, top: 48, bottom: 52 }],
  });
  assertEquals([label.anchor, label.dy], ["middle", -14]);
});

Deno.test("Where all seats are taken, the later dots stay without a label", () => {
  const dots = Array.from({ length: 20 }, (_, i) => ({ name: `function ${i}`, x: 100, y: 50 }));
  const labels = placeLabels(dots, { frame });
  assert(labels.length >= 3 && labels.length < 9);
  assertEquals(labels.map(({ index }) => index), labels.map((_, i) => i));
});
