import { assert, assertEquals, assertThrows } from "@std/assert";
import { random } from "../random.ts";
import { catalog, type CatalogName } from "./catalog.ts";
import { format } from "./format.ts";
import { BINARY_CODES, decodeGenome, encodeGenome, UNARY_CODES } from "./genome.ts";
import { identityKey } from "./simplify/identity.ts";
import { parse } from "./parse.ts";

const DECODED: readonly (readonly [genome: number[], text: string])[] = [
  [[3, 0, 1], "x * erf(exp(x))"],
  [[3, 3, 4], "-x * erf(exp(-x))"],
  [[2, 9, 0], "max(relu(x), x, 0)"],
  [[1, 6, 13], "erf(x) * softplus(x)"],
  [[6, 0, 18], "sigmoid(x) * cos(x)"],
  [[8, 17, 5], "asinh(x) * sigmoid(min(x, 0))"],
  [[3, 3, 0, 1, 1], "x * erf(exp(x)) * erf(exp(x))"],
  [[0, 5, 7, 2, 3, 8, 14], "abs(x) * exp(-x) + min(x * erf(x), sinh(x))"],
];

for (const [genome, text] of DECODED) {
  Deno.test(`genome [${genome}] is ${text}`, () => {
    assertEquals(format(decodeGenome(genome)), text);
    assertEquals(decodeGenome(encodeGenome(parse(text))!), parse(text));
  });
}

const MALFORMED: readonly (readonly [genome: number[], message: string])[] = [
  [[], "genome []: expected 3, 5 or 7 genes, got 0"],
  [[0, 1], "expected 3, 5 or 7 genes, got 2"],
  [[0, 1, 2, 3], "expected 3, 5 or 7 genes, got 4"],
  [[9, 0, 0], "expected a binary code from 0 to 8 as gene 1, got 9"],
  [[0, 0, 19], "expected a unary code from 0 to 18 as gene 3, got 19"],
  [[0, 12, 0, 0, 0], "expected a binary code from 0 to 8 as gene 2, got 12"],
  [[0, 0.5, 0], "expected a unary code from 0 to 18 as gene 2, got 0.5"],
  [[0, -1, 0], "expected a unary code from 0 to 18 as gene 2, got -1"],
];

for (const [genome, message] of MALFORMED) {
  Deno.test(`genome [${genome}] is malformed`, () => {
    assertThrows(() => decodeGenome(genome), RangeError, message);
  });
}

Deno.test("every genome of 3 genes is read back from its tree", () => {
  for (const b of BINARY_CODES.keys()) {
    for (const u of UNARY_CODES.keys()) {
      for (const v of UNARY_CODES.keys()) {
        const e = decodeGenome([b, u, v]);
        assertEquals(decodeGenome(encodeGenome(e)!), e);
      }
    }
  }
});

Deno.test("random genomes of 5 and 7 genes are read back from their trees", () => {
  const rng = random(5);
  for (let i = 0; i < 1000; i++) {
    const places = rng.choice([2, 3]);
    const genome = Array.from({ length: 2 * places + 1 }, (_, at) => rng.integer(at < places ? 9 : 19));
    const e = decodeGenome(genome);
    assertEquals(decodeGenome(encodeGenome(e)!), e);
  }
});

Deno.test("genomes of functions that are written in another way", () => {
  for (
    const text of ["-x*erf(1/e^x)", "x / (1 + exp(-x))", "max(0, x)", "x * erf(e^x)^2", "-min(-x, x)", "log(1 + e^x)"]
  ) {
    const genome = encodeGenome(parse(text));
    assert(genome, text);
    assertEquals(identityKey(decodeGenome(genome)), identityKey(parse(text)), text);
  }
  assertEquals(encodeGenome(parse("x / (1 + exp(-x))"))!.length, 3);
});

Deno.test("the catalogue's functions that have a genome", () => {
  const coded: CatalogName[] = ["relu", "swish", "softplus", "tanh", "sigmoid", "eelu1", "eelu2", "eelu3", "eelu4"];
  for (const [name, e] of Object.entries(catalog)) {
    assertEquals(encodeGenome(e) !== undefined, coded.includes(name as CatalogName), name);
  }
});
