/**
 * The notebooks as a reader meets them: in JupyterLab, in a browser, not trusted. It needs Chromium, and a Python with
 * JupyterLab and Playwright, which `AFOS_BROWSER_PYTHON` names where it is not `python3`; else it is skipped.
 */
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { PROJECT_FOLDER } from "../project.ts";
import { prepareJupyter } from "./environment.ts";

const SCRIPT = fileURLToPath(new URL("./testdata/browser.py", import.meta.url));
const PYTHON = Deno.env.get("AFOS_BROWSER_PYTHON") ?? "python3";

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    return new Deno.Command(command, { args: [...args], stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

const chromium = ["chromium", "chromium-browser", "google-chrome"].find((name) => succeeds(name, ["--version"]));
const ready = chromium !== undefined && succeeds(PYTHON, ["-c", "import jupyterlab, playwright"]);

interface Cell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly metadata: { readonly tags?: readonly string[] };
  readonly outputs?: readonly { readonly data?: Readonly<Record<string, unknown>> }[];
}

interface Notebook {
  readonly cells: Cell[];
}

/** What browser.py saw of a notebook's pictures, and of a code cell. */
interface Pictures {
  readonly images: readonly (readonly [type: string, naturalWidth: number, width: number])[];
  readonly words: number;
}
interface Seen {
  readonly count: number | null;
  readonly errors: readonly string[];
  readonly text: string;
}

const NAMES = ["01_activations", "02_search", "03_evaluate", "04_friedman"];
const read = async (name: string): Promise<Notebook> =>
  JSON.parse(await Deno.readTextFile(`${PROJECT_FOLDER}notebooks/${name}.ipynb`));

const pictureCount = ({ cells }: Notebook) =>
  cells.flatMap(({ outputs = [] }) => outputs).filter(({ data }) => data?.["image/png"] !== undefined).length;

/** The notebook with other sources, imports of the library by its address, and no outputs. */
function changed({ cells, ...rest }: Notebook, replace: (source: string) => string): Notebook {
  const library = JSON.stringify(new URL("../mod.ts", import.meta.url).href);
  return {
    ...rest,
    cells: cells.map((cell) => {
      const source = [replace(cell.source.join("").replace('"../lib/mod.ts"', library))];
      return { ...cell, source, ...cell.outputs && { outputs: [], execution_count: null } };
    }),
  };
}

/** Notebook 02 to the cell after the search's, with a small search that does not stop by itself soon. */
function endless(notebook: Notebook, folder: string): Notebook {
  const last = notebook.cells.findIndex(({ source }) => source.join("") === "await run({});");
  assert(last > 0, "expected a cell that goes on with the search");
  const replacements: [RegExp, string][] = [
    [/budget = "quick"/, 'budget = "tiny"'],
    [/await Deno\.makeTempDir\(\)/, JSON.stringify(folder)],
    [/generations: 2,(\s+trainImages)/, "generations: 10,$1"],
    [/maxTime: budget === "tiny" \? 1 : 15/, "maxTime: 600"],
  ];
  const text = notebook.cells.map(({ source }) => source.join("")).join("\n");
  for (const [pattern] of replacements) assert(pattern.test(text), `expected ${pattern} in notebook 02`);
  const replace = (source: string) => replacements.reduce((s, [pattern, to]) => s.replace(pattern, to), source);
  return changed({ ...notebook, cells: notebook.cells.slice(0, last + 1) }, replace);
}

Deno.test({
  name: "JupyterLab shows the stored notebooks' pictures, runs 01, stops 02 in mid-search and goes on",
  ignore: !ready,
  async fn() {
    const parent = `${PROJECT_FOLDER}data/studies`; // below deno.json, not in git
    await Deno.mkdir(parent, { recursive: true });
    const folder = await Deno.makeTempDir({ dir: parent, prefix: "browser_" });
    try {
      const notebooks = new Map(await Promise.all(NAMES.map(async (name) => [name, await read(name)] as const)));
      await Deno.mkdir(`${folder}/shown`);
      for (const name of NAMES) {
        await Deno.copyFile(`${PROJECT_FOLDER}notebooks/${name}.ipynb`, `${folder}/shown/${name}.ipynb`);
      }
      const write = (name: string, notebook: Notebook) =>
        Deno.writeTextFile(`${folder}/${name}.ipynb`, JSON.stringify(notebook));
      await write("run", changed(notebooks.get(NAMES[0])!, (source) => source));
      await write("stop", endless(notebooks.get(NAMES[1])!, folder));

      const { env } = await prepareJupyter();
      const own = ["JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"];
      const { stdout, stderr, success } = await new Deno.Command(PYTHON, {
        args: [SCRIPT, chromium!, folder],
        // a folder of its own for trust; the kernel's specification is found by JUPYTER_PATH
        env: { ...env, ...Object.fromEntries(own.map((name) => [name, `${folder}/${name.toLowerCase()}`])) },
      }).output();
      assert(success, new TextDecoder().decode(stderr));
      const seen = JSON.parse(new TextDecoder().decode(stdout));

      for (const [key, { images, words }] of Object.entries<Pictures>(seen.shown)) {
        assertEquals(images.length, pictureCount(notebooks.get(key.split(" ")[0])!), key);
        assertEquals(words, 0, key);
        for (const [, natural, width] of images) assert(natural > 0 && width > 300 && width <= 840, `${key}: ${width}`);
      }
      assertEquals((seen.run as Seen[]).flatMap(({ errors }) => errors), []);
      const narrow: Pictures = seen.narrow;
      assertEquals(narrow.images.length, pictureCount(notebooks.get(NAMES[0])!));
      for (const [, , width] of narrow.images) assert(width > 200 && width < 800, `${width} in a window of 800`);
      const live: Pictures = seen.live;
      assertEquals(live.images.map(([type]) => type), narrow.images.map(() => "image/svg"));
      for (const [, , width] of live.images) assert(width > 200 && width < 800, `${width}, live in a window of 800`);
      assertEquals((seen.stopped as Seen).errors, ["Interrupted"]);
      assert((seen.resumed as Seen).text.includes("ended: generations"), (seen.resumed as Seen).text);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
