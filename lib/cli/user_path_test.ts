import { assertEquals } from "@std/assert";
import { userPath } from "./user_path.ts";

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
