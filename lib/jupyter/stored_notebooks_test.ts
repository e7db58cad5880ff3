/**
 * The notebooks as they are stored: with outputs, in which every picture is also a PNG, as JupyterLab shows no SVG of a
 * notebook that it does not trust. Their format is checked here and not by `deno fmt`, which takes every cell that does
 * not end in an empty line for unformatted (2.9.6).
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

Deno.test("the cells are formatted", async () => {
  const directory = Deno.makeTempDirSync();
  try {
    const { fmt } = JSON.parse(Deno.readTextFileSync(`${PROJECT_FOLDER}deno.json`));
    Deno.writeTextFileSync(
      `${directory}/deno.json`,
      JSON.stringify({ fmt: { lineWidth: fmt.lineWidth, exclude: ["deno.json"] } }),
    );
    for (const name of names) {
      const { cells }: { cells: Cell[] } = JSON.parse(Deno.readTextFileSync(`${folder}/${name}`));
      for (const [i, { cell_type, source }] of cells.entries()) {
        const extension = cell_type === "code" ? "ts" : "md";
        Deno.writeTextFileSync(`${directory}/${name}-${i}.${extension}`, `${source.join("")}\n`);
      }
    }
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["fmt", "--check"],
      cwd: directory,
      env: { NO_COLOR: "1" },
    }).output();
    assert(success, new TextDecoder().decode(stderr));
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
});

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
