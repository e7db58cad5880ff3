import { assert, assertEquals, assertRejects } from "@std/assert";
import { dataFrame } from "./data_frame.ts";

// deno-lint-ignore no-explicit-any -- the display symbol is no part of danfojs's types
const display = (value: any): Record<string, string> => value[Symbol.for("Jupyter.display")]();

Deno.test("Rows become a data frame; what a row lacks is null", async () => {
  const frame = await dataFrame([{ f: "relu", y: 0.5 }, { f: "gelu", z: 1 }]);
  assertEquals(frame.columns, ["f", "y", "z"]);
  assertEquals<unknown>(frame.values, [["relu", 0.5, null], ["gelu", null, 1]]);
});

Deno.test("The columns can be chosen, and no rows are a data frame too", async () => {
  assertEquals((await dataFrame([{ a: 1, b: 2 }], { columns: ["b"] })).values, [[2]]);
  const none = await dataFrame([], { columns: ["a", "b"] });
  assertEquals([none.columns, none.shape], [["a", "b"], [0, 2]]);
});

Deno.test("A data frame shows itself in a notebook, also when danfojs made it", async () => {
  const frame = await dataFrame([{ f: "b", y: 2 }, { f: "a", y: 1 }]);
  for (const made of [frame, frame.sortValues("y"), frame.groupby(["f"]).sum(), frame["f"]]) {
    assert(display(made)["text/html"].startsWith("<table>"));
    assert(display(made)["text/plain"].startsWith("f"));
  }
  assertEquals(display(frame["y"])["text/plain"], "y\n─\n2\n1");
});

Deno.test("A column name that danfojs uses itself is refused", async () => {
  for (const name of ["columns", "values", "index", "shape", "$data"]) {
    await assertRejects(() => dataFrame([{ [name]: 1 }]), RangeError, `"${name}"`);
  }
});

Deno.test("The module loads danfojs with the first data frame, which prints nothing", async () => {
  const url = JSON.stringify(new URL("./data_frame.ts", import.meta.url).href);
  const code = `
    const { dataFrame } = await import(${url});
    const loaded = () => [...Object.keys(globalThis)].includes("_tfengine") || "_tfGlobals" in globalThis;
    const before = loaded();
    const frame = await dataFrame([{ a: 1 }, { a: 3 }]);
    console.log(JSON.stringify({ before, after: loaded(), mean: frame["a"].mean() }));`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: ["eval", code] }).output();
  assertEquals(new TextDecoder().decode(stderr), "");
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)), { before: false, after: true, mean: 2 });
});
