import { assertEquals, assertThrows } from "@std/assert";
import { UserError } from "../user_error.ts";
import type { Case } from "./cases.ts";
import { casesOn, selectCases } from "./cases.ts";

const CASES = [["cct", "mnist"], ["cct", "beans"], ["vgg16", "beans"]].map(([network, dataset]) =>
  ({ name: `${network}/${dataset}`, network, dataset }) as Case
);

for (
  const { selection, names } of [
    { selection: {}, names: ["cct/mnist", "cct/beans", "vgg16/beans"] },
    { selection: { networks: ["cct"] }, names: ["cct/mnist", "cct/beans"] },
    { selection: { networks: ["cct", "vgg16"], datasets: ["beans"] }, names: ["cct/beans", "vgg16/beans"] },
  ]
) {
  Deno.test(`selected by ${JSON.stringify(selection)}`, () => {
    assertEquals(selectCases(CASES, selection).map(({ name }) => name), names);
  });
}

Deno.test("another data set: every network with the recipes of its first case", () => {
  const recipes = { full: { epochs: 3 }, quick: { epochs: 1 } } as unknown as Case["recipes"];
  const cases = [{ ...CASES[0], recipes }, ...CASES.slice(1)];
  const own = casesOn("folder:/home/me/leaves", { name: "leaves", cases });
  assertEquals(own.map(({ name, borrowed }) => [name, borrowed]), [["cct/leaves", true], ["vgg16/leaves", true]]);
  assertEquals(own[0].recipes, recipes);
  assertEquals(own[0].dataset, "folder:/home/me/leaves");
});

Deno.test("a network of one's own is called in all its cases as in the file", () => {
  const own: Case = { ...CASES[0], name: "./net.ts/mnist", network: "/home/me/net.ts" };
  const named: Case = { ...own, name: "mine", network: "/home/me/other.ts" };
  const cases = casesOn("folder:/home/me/leaves", { name: "leaves", cases: [own, named] });
  assertEquals(cases.map(({ name }) => name), ["./net.ts/leaves", "/home/me/other.ts/leaves"]);
});

Deno.test("names that no case has, and no case left, are errors", () => {
  assertThrows(() => selectCases(CASES, { networks: ["phi"] }), UserError, "all or some of cct, vgg16");
  assertThrows(() => selectCases(CASES, { datasets: ["cifar-10"] }), UserError, "all or some of mnist, beans");
  assertThrows(() => selectCases(CASES, { networks: ["vgg16"], datasets: ["mnist"] }), UserError, "vgg16 on mnist");
});
