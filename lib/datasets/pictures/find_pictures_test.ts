import { assertEquals, assertThrows } from "@std/assert";
import { dirname } from "node:path";
import { UserError } from "../../user_error.ts";
import { findPictures, type FolderPictures } from "./find_pictures.ts";
import { temporaryFolder } from "../testdata/idx_files.ts";

/** Makes files and links (to what stands behind ` -> `). */
async function make(root: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const [file, target] = path.split(" -> ");
    await Deno.mkdir(dirname(`${root}/${file}`), { recursive: true });
    await (target === undefined
      ? Deno.writeTextFile(`${root}/${file}`, file)
      : Deno.symlink(target, `${root}/${file}`));
  }
}

const NOTHING: FolderPictures = { folders: [], pictures: [], others: [], repeated: [], special: [], hidden: [] };

const FOLDERS: readonly { what: string; paths: string[]; found: Partial<FolderPictures> }[] = [
  { what: "nothing", paths: [], found: {} },
  {
    what: "pictures by their names, and other files",
    paths: ["b/2.PNG", "b/1.jpeg", "a/x/3.tif", "a/4.heic", "a/5", "top.webp", "README.md"],
    found: {
      folders: ["a", "b"],
      pictures: ["a/x/3.tif", "b/1.jpeg", "b/2.PNG", "top.webp"],
      others: ["README.md", "a/4.heic", "a/5"],
    },
  },
  {
    what: "hidden files and folders",
    paths: [".git/1.png", "a/._1.png", "a/1.png"],
    found: {
      folders: ["a"],
      pictures: ["a/1.png"],
      hidden: [".git", "a/._1.png"],
    },
  },
  {
    what: "all that can be decoded",
    paths: ["a/1.jfif", "a/2.BMP", "a/3.jpe", "a/4.tiff", "a/5.gif", "a/6.heic"],
    found: {
      folders: ["a"],
      pictures: ["a/1.jfif", "a/2.BMP", "a/3.jpe", "a/4.tiff", "a/5.gif"],
      others: ["a/6.heic"],
    },
  },
  {
    what: "what systems put beside pictures",
    paths: ["@eaDir/a.png/SYNO.jpg", "a/@eaDir/1.png/SYNO.jpg", "$RECYCLE.BIN/9.png", "__MACOSX/a/._1.png", "a/1.png"],
    found: {
      folders: ["a"],
      pictures: ["a/1.png"],
      hidden: ["$RECYCLE.BIN", "@eaDir", "__MACOSX", "a/@eaDir"],
    },
  },
  {
    what: "a link to the folder above",
    paths: ["c0/1.png", "c0/up -> ..", "c0/self -> .", "c1/2.png"],
    found: { folders: ["c0", "c1"], pictures: ["c0/1.png", "c1/2.png"], repeated: ["c0/self", "c0/up"] },
  },
  {
    what: "links to what is in the folder anyway",
    paths: ["a -> b", "b/1.png", "c/0.png -> ../b/1.png", "c/2.png"],
    found: { folders: ["b", "c"], pictures: ["b/1.png", "c/2.png"], repeated: ["a", "c/0.png"] },
  },
  {
    what: "a broken link, and links in a circle",
    paths: ["a/1.png -> gone.png", "a/2.png -> 3.png", "a/3.png -> 2.png", "a/folder -> gone"],
    found: { folders: ["a"], pictures: ["a/1.png", "a/2.png", "a/3.png"], others: ["a/folder"] },
  },
];

for (const { what, paths, found } of FOLDERS) {
  Deno.test(`found in a folder: ${what}`, async () => {
    await using root = await temporaryFolder();
    await make(root.path, paths);
    assertEquals(findPictures(root.path), { ...NOTHING, ...found });
  });
}

Deno.test("links to elsewhere are followed once, but not to where they are", async () => {
  await using root = await temporaryFolder();
  await using pool = await temporaryFolder();
  await make(pool.path, ["all/1.png", "all/2.png", "all/up -> ..", "3.png"]);
  await make(root.path, [
    `a -> ${pool.path}/all`,
    `b/first.png -> ${pool.path}/3.png`,
    `b/second.png -> ${pool.path}/3.png`,
    `c -> ${pool.path}`,
  ]);
  assertEquals(findPictures(root.path), {
    ...NOTHING,
    folders: ["a", "b", "c"],
    pictures: ["a/1.png", "a/2.png", "b/first.png"],
    repeated: ["a/up", "b/second.png", "c/3.png", "c/all"],
  });
});

Deno.test("a named pipe is not read", async () => {
  await using root = await temporaryFolder();
  await make(root.path, ["a/1.png"]);
  const { success } = await new Deno.Command("mkfifo", { args: [`${root.path}/a/2.png`] }).output();
  assertEquals(success, true);
  await Deno.symlink("2.png", `${root.path}/a/3.png`);
  assertEquals(findPictures(root.path), {
    ...NOTHING,
    folders: ["a"],
    pictures: ["a/1.png"],
    repeated: ["a/3.png"],
    special: ["a/2.png"],
  });
});

Deno.test("what is no folder is refused", async () => {
  await using root = await temporaryFolder();
  await make(root.path, ["file"]);
  for (const name of ["file", "none"]) {
    assertThrows(() => findPictures(`${root.path}/${name}`), UserError, `${root.path}/${name} is no folder: expected `);
  }
});
