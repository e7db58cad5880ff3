import { assertEquals } from "@std/assert";
import { userPath } from "./user_path.ts";

const HOME = Deno.env.get("HOME")!;

/** `deno task` runs in the project's folder and says in INIT_CWD where the user called it. */
for (
  const { from, path, expected } of [
    { from: "/home/me", path: "scores.csv", expected: "/home/me/scores.csv" },
    { from: "/home/me", path: "../you/a b.csv", expected: "/home/you/a b.csv" },
    { from: "/home/me", path: ".", expected: "/home/me" },
    { from: "/home/me", path: "/tmp/x/../scores.csv", expected: "/tmp/scores.csv" },
    { from: undefined, path: "x.csv", expected: `${Deno.cwd()}/x.csv` },
    { from: "/home/me", path: "~/a.py", expected: `${HOME}/a.py` },
    { from: "/home/me", path: "~/a/../b c.py", expected: `${HOME}/b c.py` },
    { from: "/home/me", path: "~", expected: HOME },
    { from: "/home/me", path: "~/", expected: HOME },
    { from: "/home/me", path: "~a.py", expected: "/home/me/~a.py" },
    { from: "/home/me", path: "a/~/b", expected: "/home/me/a/~/b" },
    { from: "/home/me", path: "./~/a.py", expected: "/home/me/~/a.py" },
    { from: undefined, path: "/tmp/~", expected: "/tmp/~" },
  ]
) {
  Deno.test(`${path}, written in ${from ?? "the folder where it runs"}`, () => {
    const before = Deno.env.get("INIT_CWD");
    try {
      if (from === undefined) Deno.env.delete("INIT_CWD");
      else Deno.env.set("INIT_CWD", from);
      assertEquals(userPath(path), expected);
    } finally {
      if (before === undefined) Deno.env.delete("INIT_CWD");
      else Deno.env.set("INIT_CWD", before);
    }
  });
}
