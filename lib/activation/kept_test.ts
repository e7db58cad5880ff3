import { assert, assertEquals } from "@std/assert";
import { derivative } from "./derivative.ts";
import { identityKey } from "./simplify/identity.ts";
import { kept } from "./kept.ts";
import { parse } from "./parse.ts";
import { planOf } from "./compile/plan.ts";
import { simplify } from "./simplify/simplify.ts";

Deno.test("kept asks once for each object, also where nothing is found", () => {
  const asked: object[] = [];
  const find = kept((key: { found?: string }) => {
    asked.push(key);
    return key.found;
  });
  const [some, none] = [{ found: "a" }, {}];
  assertEquals([some, none, some, none].map(find), ["a", undefined, "a", undefined]);
  assertEquals(asked, [some, none]);
});

Deno.test("an expression is analysed once: the results of a second time are the same objects", () => {
  const e = parse("x * tanh(exp(x)) + sin(x)^2");
  for (const find of [simplify, derivative, planOf]) assert(find(e) === find(e));
  assert(simplify(simplify(e)) === simplify(e));
  assertEquals(identityKey(e), identityKey(parse("sin(x)^2 + tanh(exp(x)) * x")));
});
