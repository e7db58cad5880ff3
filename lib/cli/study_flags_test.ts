import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "./command.ts";
import { datasetFlag, datasetsFlag, networksFlag, resumeCommand, STUDY_FLAGS } from "./study_flags.ts";
import { userPath } from "./user_path.ts";

Deno.test("data sets: names, and folders as the user means them, who called from another folder", () => {
  const before = Deno.env.get("INIT_CWD");
  Deno.env.set("INIT_CWD", "/home/me");
  try {
    assertEquals(datasetFlag("mnist"), "mnist");
    assertEquals(datasetFlag("folder:pics"), "folder:/home/me/pics");
    assertEquals(datasetFlag("folder:/home/you/pics"), "folder:/home/you/pics");
    assertThrows(() => datasetFlag("mnst"), UsageError, 'Unknown data set "mnst"');
  } finally {
    if (before === undefined) Deno.env.delete("INIT_CWD");
    else Deno.env.set("INIT_CWD", before);
  }
});

Deno.test("a list of data sets, all, or none said", () => {
  assertEquals([datasetsFlag(undefined), datasetsFlag("all")], [undefined, "all"]);
  assertEquals(datasetsFlag("mnist,folder:/a/b"), ["mnist", "folder:/a/b"]);
  assertThrows(() => datasetsFlag("mnist,nothing"), UsageError, '"nothing"');
});

Deno.test("networks: names as they are, modules by their paths", () => {
  assertEquals([networksFlag(undefined), networksFlag("all")], [undefined, "all"]);
  assertEquals(networksFlag(["phi", "my/network.ts"]), ["phi", userPath("my/network.ts")]);
});

Deno.test("the command that goes on names the folder only where it is not the default, quoted for a shell", () => {
  const folder = STUDY_FLAGS.folder.default;
  assertEquals(resumeCommand("search", { name: "a b", folder }), "to go on: deno task search --study 'a b'");
  assertEquals(
    resumeCommand("evaluate", { name: "x", folder: "/my studies" }),
    "to go on: deno task evaluate --study x --folder '/my studies'",
  );
});
