import { assertEquals } from "@std/assert";
import { userPath } from "./user_path.ts";

/** `deno task` runs in the project's folder and says in INIT_CWD where the user called it. */
for (
  const { from, path, expected } of [
    { from: "/home/me", path: "scores.csv", expected: "/home/me/scores.csv" },
    { from: "/home/me", path: "../you/a b.csv", expected: "/home/you/a b.csv" },
    { from: "/home/me", path: ".", expected: "/home/me" },
    { from: "/home/me", path: "/tmp/x/../scores.csv", expected: "/tmp/scores.csv" },
    { from: undefined, path: "x.csv", expected: `${Deno.cwd()}/x.csv` },
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

const HOME = Deno.env.get("HOME")!;
const HERE = Deno.env.get("INIT_CWD") ?? Deno.cwd();

const PATHS: readonly (readonly [path: string, absolute: string])[] = [
  ["~/a.py", `${HOME}/a.py`],
  ["~/a/../b c.py", `${HOME}/b c.py`],
  ["~", HOME],
  ["~/", HOME],
  ["~a.py", `${HERE}/~a.py`],
  ["a/~/b", `${HERE}/a/~/b`],
  ["./~/a.py", `${HERE}/~/a.py`],
  ["a.py", `${HERE}/a.py`],
  ["/tmp/~", "/tmp/~"],
];

for (const [path, absolute] of PATHS) {
  Deno.test(`The user's path ${path}`, () => assertEquals(userPath(path), absolute));
}
