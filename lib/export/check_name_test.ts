import { assert, assertEquals, assertThrows } from "@std/assert";
import { CATALOG_NAMES } from "../activation/catalog.ts";
import { parse } from "../activation/parse.ts";
import { runProgram } from "../engine/command.ts";
import { SettingsError } from "../schema.ts";
import { EXPORT_TARGETS, exportActivation, type ExportTarget } from "./export_activation.ts";

/** A function that needs a local and a helper of the module. */
const FUNCTION = parse("1 / (1 + x * sigmoid(x)) + sigmoid(x)");

const REFUSED: readonly (readonly [to: ExportTarget, names: string])[] = [
  ["numpy", " |1st|a-b|f()|ä|_f|lambda|None|True|class|def|async|await|x|np|t1|ef"],
  ["pytorch", "torch|self|ctx|inputs|output|upstream|staticmethod|forward|none|true_|lambda|x"],
  ["jax", "jax|jnp|primals|tangents|x|is|dx"],
  ["keras", "keras|ops|self|cls|config|kwargs|super|classmethod|dict|none|value_error|args|isinstance"],
  ["typescript", "function|class|let|x|Math|eval|arguments|undefined|elete"],
];

for (const [to, names] of REFUSED) {
  for (const name of names.split("|").map((name) => name.trim())) {
    Deno.test(`The name "${name}" is refused for ${to}`, () => {
      const error = assertThrows(() => exportActivation(FUNCTION, { to, name }), SettingsError);
      assert(error.message.startsWith(`Cannot call a function "${name}": expected a letter`), error.message);
    });
  }
}

const TAKEN: readonly (readonly [to: ExportTarget, names: string])[] = [
  ["numpy", "torch inputs classmethod print none where match case type Swish"],
  ["jax", "none torch self classmethod"],
  ["pytorch", "where sigmoid classmethod np"],
  ["keras", "where sigmoid torch Keras2"],
  ["typescript", "def None lambda exp print of type async"],
];

for (const [to, names] of TAKEN) {
  for (const name of names.split(" ")) {
    Deno.test(`A function can be called "${name}" for ${to}`, () => {
      assert(new RegExp(`(def|function) ${name}\\(x`).test(exportActivation(FUNCTION, { to, name })));
    });
  }
}

Deno.test("Every function of the catalogue can have its name in every module", () => {
  for (const to of EXPORT_TARGETS) {
    for (const name of CATALOG_NAMES) assert(exportActivation(parse(`${name}(x)`), { to, name }).includes(name));
  }
});

/** Prints Python's reserved and built-in names; or, given modules, what each binds at its top, in their order. */
const PYTHON = `
import ast, builtins, json, keyword, sys
modules = json.load(sys.stdin)
def bound(text):
    names = []
    for node in ast.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)): names.append(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names += [(alias.asname or alias.name).split(".")[0] for alias in node.names]
        elif isinstance(node, ast.Assign): names += [target.id for target in node.targets]
    return names
print(json.dumps([keyword.kwlist + dir(builtins), [bound(text) for text in modules]]))
`;

async function python(modules: readonly string[]): Promise<[names: string[], bound: string[][]]> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/names.py`, PYTHON.replace("sys.stdin", "open(sys.argv[1])"));
    await Deno.writeTextFile(`${folder}/modules.json`, JSON.stringify(modules));
    return JSON.parse(await runProgram(["python3", `${folder}/names.py`, `${folder}/modules.json`]));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const to of ["numpy", "pytorch", "jax", "keras"] as const) {
  Deno.test(`Under every name of Python a module for ${to} is refused, or binds no name twice`, async () => {
    const [names] = await python([]);
    const modules: string[] = [];
    for (const name of names) {
      try {
        modules.push(exportActivation(FUNCTION, { to, name }));
      } catch (error) {
        assert(error instanceof SettingsError, `${name}: ${error}`);
      }
    }
    assert(modules.length > 80 && modules.length < names.length);
    for (const bound of (await python(modules))[1]) assertEquals(bound.length, new Set(bound).size, bound.join());
  });
}

Deno.test("Under every global name of JavaScript a TypeScript module is refused, or computes", async () => {
  const names = [...Object.getOwnPropertyNames(globalThis), "of", "async", "type", "get", "from", "as", "target"]
    .filter((name) => /^[A-Za-z]\w*$/.test(name) && name !== "f");
  const folder = await Deno.makeTempDir();
  try {
    const modules: string[] = [];
    for (const [i, name] of names.entries()) {
      try {
        const text = exportActivation(parse("x^2 + 1"), { to: "typescript", name });
        await Deno.writeTextFile(`${folder}/m${i}.ts`, text);
        modules.push(`import { ${name} as f${i} } from "./m${i}.ts"; if (f${i}(2) !== 5) throw new Error("${name}");`);
      } catch (error) {
        assert(error instanceof SettingsError, `${name}: ${error}`);
      }
    }
    await Deno.writeTextFile(`${folder}/all.ts`, modules.join("\n"));
    await runProgram([Deno.execPath(), "run", "--quiet", "--check", "--no-config", `${folder}/all.ts`]);
    assert(modules.length > 100);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
