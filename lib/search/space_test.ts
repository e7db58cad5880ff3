import { assert, assertEquals, assertThrows } from "@std/assert";
import { catalog, decodeGenome, format, identityKey, parse } from "../activation/mod.ts";
import { random } from "../random.ts";
import { SettingsError } from "../schema.ts";
import { describeGenome } from "./describe_genome.ts";
import { ALL_GENES } from "./genes.ts";
import { randomGenome } from "./operators.ts";
import { createSpace, genomeIn, readDefinitions } from "./space.ts";

Deno.test("operators by their texts: known ones keep their codes, others come behind, in short or written out", () => {
  const { genes } = createSpace({ operators: ["tanh", "sin(x)", "+", "a * b", "max"], genes: ALL_GENES });
  const texts = (kind: "binary" | "unary") =>
    genes[kind].map((code) => format(decodeGenome(kind === "binary" ? [code, 0, 0] : [0, code, 0])));
  assertEquals(texts("unary").map((text) => text.replace(" + x", "")), ["sin(x)", "tanh(x)"]);
  assertEquals(genes.binary.slice(0, 2), [0, 1]); // a + b, a · b
  assert(genes.shapes === ALL_GENES.shapes);
  const own = createSpace({ operators: ["x^3", "a / (1 + |b|)"], genes: ALL_GENES });
  assertEquals(own.genes.binary, [9]);
  assertEquals(own.genes.unary, [19]);
  assertEquals(own.candidateOf([9, 19, 19]).formula, format(parse("x^3 / (1 + |x^3|)")));
  assertEquals(own.candidateOf([9, 9, 19, 19, 19]).formula, format(parse("x^3 / (1 + |x^3|) / (1 + |x^3|)")));
  const whole = "(x^3 / (1 + |x^3|)) / (1 + |x^3 / (1 + |x^3|)|)";
  assertEquals(own.candidateOf([9, 9, 9, 19, 19, 19, 19]).formula, format(parse(whole)));
});

Deno.test("a space of all operators is the usual one", () => {
  const { genes, candidateOf } = createSpace({ operators: [], genes: ALL_GENES });
  assertEquals(genes, ALL_GENES);
  const rng = random(3);
  for (let i = 0; i < 50; i++) {
    const genome = randomGenome({ rng, genes });
    assertEquals(candidateOf(genome), describeGenome(genome));
  }
});

Deno.test("functions of one's own, and what they are made of before them", () => {
  const functions = readDefinitions(["lisht(x) = x * tanh(x)", "half(x) = lisht(x) / 2 + swish(x)"]);
  assertEquals(format(functions.half), format(parse("x * tanh(x) / 2 + swish(x)")));
  const { genes, candidateOf } = createSpace({ operators: ["lisht", "a + half(b)"], functions, genes: ALL_GENES });
  assertEquals(
    candidateOf([genes.binary[0], genes.unary[0], genes.unary[0]]).identity,
    identityKey(
      parse("x*tanh(x) + (x*tanh(x)) * tanh(x*tanh(x)) / 2 + swish(x * tanh(x))"),
    ),
  );
});

Deno.test("a genome for a function: as it is encoded, or what equals it in the space", () => {
  const usual = createSpace({ operators: [], genes: ALL_GENES });
  for (const e of [catalog.relu, catalog.swish, catalog.eelu2, parse("x * tanh(x)")]) {
    assertEquals(identityKey(decodeGenome(genomeIn(usual, e)!)), identityKey(e));
  }
  assertEquals(genomeIn(usual, parse("x^5 + 0.123")), undefined);
  const own = createSpace({ operators: ["x", "0.5 * x", "a * b"], genes: { ...ALL_GENES, shapes: [3] } });
  assertEquals(own.candidateOf(genomeIn(own, parse("x * x / 4"))!).identity, identityKey(parse("x^2 / 4")));
  assertEquals(genomeIn(own, parse("tanh(x) * x")), undefined); // tanh is not in the space
});

Deno.test("what is no operator and no definition is refused", () => {
  for (
    const [texts, error, message] of [
      [["nonsense"], SyntaxError, "nonsense"],
      [["a"], SettingsError, 'expected operators of x, or of a and b, got "a"'],
      [["a * x"], SettingsError, "expected operators of x, or of a and b"],
      [["3"], SettingsError, "expected operators of x, or of a and b"],
    ] as const
  ) {
    assertThrows(() => createSpace({ operators: texts, genes: ALL_GENES }), error, message);
  }
  for (
    const [texts, error, message] of [
      [["lisht = x"], SettingsError, "expected a definition such as"],
      [["tanh(x) = x"], SettingsError, "expected a name that is not taken, got tanh"],
      [["pi(x) = x"], SettingsError, "got pi"],
      [["swish(x) = x"], SettingsError, "got swish"],
      [["f(x) = x", "f(x) = 2*x"], SettingsError, "got f"],
      [["f(x) = g(x)", "g(x) = x"], SyntaxError, "g"],
      [["f(x) = f(x)"], SyntaxError, "f"],
    ] as const
  ) {
    assertThrows(() => readDefinitions(texts), error, message);
  }
});
