import { assert, assertEquals, assertThrows } from "@std/assert";
import { pathToFileURL } from "node:url";
import { catalog } from "../activation/catalog.ts";
import { derivative } from "../activation/derivative.ts";
import { evaluate } from "../activation/evaluate.ts";
import { OPERATORS } from "../activation/operators.ts";
import { parse } from "../activation/parse.ts";
import { REFERENCES } from "../activation/testdata/reference.ts";
import { UserError } from "../user_error.ts";
import { EXPORT_TARGETS, exportActivation } from "./export_activation.ts";
import { CATALOGUE_FUNCTIONS, OPERATOR_FUNCTIONS, randomFunctions, TOLERANCE } from "./testdata/exported_functions.ts";

Deno.test("The spellings of every operator that is not composed take every argument", () => {
  for (const { name, composition, arity, spelling } of OPERATORS.values()) {
    if (composition) continue;
    for (const [target, pattern] of Object.entries(spelling)) {
      const places = [...pattern.matchAll(/#(\d)/g)].map(([, digit]) => Number(digit)).sort();
      assertEquals(places, Array.from({ length: arity }, (_, i) => i + 1), `${name} for ${target}: ${pattern}`);
    }
  }
});

type Functions = Record<string, (x: number) => number>;

/** Writes TypeScript modules to a folder and imports them. */
async function imported(modules: Readonly<Record<string, string>>): Promise<Record<string, Functions>> {
  const folder = await Deno.makeTempDir();
  try {
    const loaded: Record<string, Functions> = {};
    for (const [name, text] of Object.entries(modules)) {
      await Deno.writeTextFile(`${folder}/${name}.ts`, text);
      loaded[name] = await import(pathToFileURL(`${folder}/${name}.ts`).href);
    }
    return loaded;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("TypeScript modules compute the same values and derivatives as the lab", async () => {
  const functions = [...CATALOGUE_FUNCTIONS, ...OPERATOR_FUNCTIONS, ...randomFunctions(20, { seed: 1 })];
  const modules = await imported(
    Object.fromEntries(
      functions.map(({ name, expression }) => [name, exportActivation(expression, { to: "typescript", name })]),
    ),
  );
  for (const { name, expression, points } of functions) {
    const slope = derivative(expression);
    for (const x of points) {
      for (const [got, e] of [[modules[name][name](x), expression], [modules[name][`d${name}`](x), slope]] as const) {
        const value = evaluate(e, x);
        if (!Number.isFinite(value)) continue;
        const error = Math.abs(got - value) / Math.max(1, Math.abs(value));
        assert(error <= TOLERANCE * 1e-4, `${name} at ${x}: expected ${value}, got ${got}`);
      }
    }
  }
});

Deno.test("TypeScript modules of the error functions agree with 50-digit references", async () => {
  const modules = await imported({
    erf: exportActivation(parse("erf(x)"), { to: "typescript" }),
    erfc: exportActivation(parse("erfc(x)"), { to: "typescript" }),
  });
  const rows = REFERENCES.find(({ name }) => name.endsWith(", erf"))!.rows;
  for (const [x, value] of rows) {
    if (value === null) continue;
    assert(Math.abs(modules.erf.f(x) - value) <= 1e-14 * Math.abs(value), `erf(${x}) is ${value}`);
  }
  // Abramowitz, Stegun, table 7.1, and 50 digits of mpmath for the tail
  for (const [x, value] of [[0.5, 0.4795001221869535], [1, 0.15729920705028513], [10, 2.088487583762545e-45]]) {
    assert(Math.abs(modules.erfc.f(x) - value) <= 1e-13 * value, `erfc(${x}) is ${value}`);
  }
});

Deno.test("A module says what it holds: formula, LaTeX, source, command", () => {
  for (const to of EXPORT_TARGETS) {
    const text = exportActivation(catalog.mish, { to });
    for (
      const part of [
        "mish(x) = x * tanh(softplus(x))",
        "x \\tanh\\left(\\ln\\left(1 + e^{x}\\right)\\right)",
        "Mish (Misra, BMVC 2020)",
        `deno task export "x * tanh(softplus(x))" --to ${to}`,
      ]
    ) assert(text.includes(part), `${to}: ${part}`);
    assertEquals(text, exportActivation(catalog.mish, { to }), "the same text each time");
    assert(exportActivation(parse("x * tanh(x)"), { to, name: "mine" }).includes("--name mine"), to);
  }
});

Deno.test("Functions keep the type of x where they are constant, and are a copy where they are x", () => {
  const lines = (text: string, to: "pytorch" | "jax") => exportActivation(parse(text), { to }).split("\n");
  assert(lines("where(x > 0, 1, 0.5)", "jax").includes("    return jnp.where(x > 0.0, jnp.full_like(x, 1.0), 0.5)"));
  assert(lines("3", "pytorch").includes("    return torch.full_like(x, 3.0)"));
  assert(lines("x", "pytorch").includes("    return x.clone()"));
});

Deno.test("A class is never called as its function", () => {
  const text = exportActivation(catalog.swish, { to: "pytorch", name: "Swish" });
  assert(text.includes("class SwishLayer(torch.nn.Module)") && text.includes("def Swish(x"));
});

Deno.test("LaTeX braces balance for every function", () => {
  for (const { expression } of [...CATALOGUE_FUNCTIONS, ...OPERATOR_FUNCTIONS]) {
    const text = exportActivation(expression, { to: "latex" });
    assertEquals(text.match(/\{/g)?.length, text.match(/\}/g)?.length);
    assertEquals(text.match(/\\left/g)?.length, text.match(/\\right/g)?.length);
  }
});

Deno.test("Keras knows functions of one name apart, by their formulas, and a layer its formula", () => {
  const names = (formula: string) =>
    [...exportActivation(parse(formula), { to: "keras" }).matchAll(/package="afos", name="(\w+)"/g)].map(([, n]) => n);
  for (const name of names("x * erf(x)")) assert(/^[fF]_[0-9a-f]{8}$/.test(name), name);
  assertEquals(new Set(["x * erf(x)", "x * tanh(x)"].flatMap(names)).size, 4);
  assertEquals(names("x * erf(x)"), names("x*erf(x)"));
  assert(exportActivation(parse("x*erf(x)"), { to: "keras" }).includes('_FORMULA = "x * erf(x)"'));
});

Deno.test("A target that there is not is refused", () => {
  for (const to of ["cobol", "constructor", "tensorflow"]) {
    assertThrows(
      () => exportActivation(catalog.gelu, { to: to as "keras" }),
      UserError,
      `keras | pytorch | jax | numpy, got ${to}`,
    );
  }
});

Deno.test("A derivative whose formula nobody could read is left out, and the module says so", () => {
  const nested = (depth: number) => parse(`${"sin(x + ".repeat(depth)}x${")".repeat(depth)}`);
  for (const [depth, isShown] of [[6, true], [95, false]] as const) {
    const text = exportActivation(nested(depth), { to: "latex" });
    assertEquals(text.includes("f'(x) &="), isShown);
    assertEquals(text.includes("left out: it has more than 2000 characters"), !isShown);
  }
  assert(exportActivation(nested(95), { to: "numpy" }).length < 30_000);
});
