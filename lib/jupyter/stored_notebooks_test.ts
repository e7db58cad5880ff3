/**
 * The notebooks as they are stored: with outputs, in which every picture is also a PNG, as JupyterLab shows no SVG of a
 * notebook that it does not trust.
 */
import { assert, assertEquals } from "@std/assert";
import { PROJECT_FOLDER } from "../project.ts";

interface Cell {
  readonly cell_type: string;
  readonly metadata: { readonly tags?: readonly string[] };
  readonly source: readonly string[];
  readonly outputs?: readonly {
    readonly output_type: string;
    readonly data?: Readonly<Record<string, unknown>>;
    readonly metadata?: unknown;
  }[];
}

const folder = `${PROJECT_FOLDER}notebooks`;
const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".ipynb")).sort();

Deno.test("there are four notebooks", () => assertEquals(names.length, 4));

for (const name of names) {
  const { cells }: { cells: Cell[] } = JSON.parse(Deno.readTextFileSync(`${folder}/${name}`));
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);

  Deno.test(`${name}: outputs are stored, none of them an error, and every picture has a PNG`, () => {
    assert(outputs.length > 0);
    assertEquals(outputs.filter(({ output_type }) => output_type === "error"), []);
    const pictures = outputs.filter(({ data }) => data && Object.keys(data).some((type) => type.startsWith("image/")));
    assert(pictures.length > 0);
    for (const { data, metadata } of pictures) {
      const png = [data!["image/png"] ?? ""].flat().join("");
      assertEquals(atob(png.slice(0, 12)).slice(1, 4), "PNG");
      assert("image/svg+xml" in data!);
      assertEquals(metadata, { "image/png": { width: 840 } }); // of twice as many pixels
    }
  });

  Deno.test(`${name}: import cells name what is used, and nothing stands around a plot`, () => {
    const code = cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => source.join(""));
    const imported = /import \{([^}]*)\}/s.exec(code[0])![1].split(",").map((part) => part.trim().replace("type ", ""));
    const rest = code.slice(1).join("\n");
    assertEquals(imported.filter((word) => word !== "" && !new RegExp(`\\b${word}\\b`).test(rest)), []);
    assert(!rest.includes("svgDisplay"));
  });
}
