import { assertEquals, assertThrows } from "@std/assert";
import { contestant, DEFAULT_FUNCTIONS, distinct, splitList } from "./contestant.ts";

for (
  const { text, parts } of [
    { text: "relu", parts: ["relu"] },
    { text: "relu, max(x, min(x, 1)),eelu2", parts: ["relu", "max(x, min(x, 1))", "eelu2"] },
    { text: " , ", parts: [] },
  ]
) {
  Deno.test(`the parts of ${JSON.stringify(text)}`, () => assertEquals(splitList(text), parts));
}

Deno.test("functions have the name of the catalogue's equal one, or the user's words", () => {
  assertEquals(["Leaky ReLU", "x * sigmoid(x)", "relu(x)", "x*tanh(x)"].map((text) => contestant(text).name), [
    ...["leaky_relu", "swish", "relu"],
    "x*tanh(x)",
  ]);
  assertThrows(() => contestant("relux"), SyntaxError);
});

Deno.test("AFOS's own functions were searched on CIFAR-10", () => {
  const searched = DEFAULT_FUNCTIONS.map(contestant).filter(({ searchedOn }) => searchedOn.includes("cifar-10"));
  assertEquals(searched.map(({ name }) => name), ["eelu1", "eelu2", "eelu3", "eelu4"]);
  assertEquals(contestant("-x*erf(exp(-x))").searchedOn, ["cifar-10"]);
});

Deno.test("equal functions are compared once", () => {
  const names = distinct(["swish", "x*sigmoid(x)", "relu", "max(x,0)"].map(contestant)).map(({ name }) => name);
  assertEquals(names, ["swish", "relu"]);
  const found = { ...contestant("eelu2"), name: "best of s", searchedOn: ["mnist"] };
  assertEquals(distinct([contestant("relu"), contestant("eelu2"), found])[1].searchedOn, ["cifar-10", "mnist"]);
});
