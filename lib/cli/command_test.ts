import { assertEquals, assertMatch } from "@std/assert";
import { UserError } from "../user_error.ts";
import { type Command, runCommand, UsageError } from "./command.ts";

const FLAGS = { seed: { kind: "integer", default: 1, description: "Seed" } } as const;

async function run(args: string[], command: Partial<Command<typeof FLAGS>> = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand({
    name: "thing",
    summary: "Does a thing.",
    usage: ["[FLAGS]"],
    flags: FLAGS,
    run: () => {},
    ...command,
  }, { args, out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out, err };
}

Deno.test("values and operands reach the command, and its exit code comes back", async () => {
  const seen: unknown[] = [];
  const { code, out, err } = await run(["--seed", "3", "x"], {
    operands: { minimum: 1, maximum: 1 },
    run: (values, operands) => {
      seen.push(values, operands);
      return Promise.resolve(3);
    },
  });
  assertEquals([code, out, err], [3, [], []]);
  assertEquals(seen, [{ seed: 3 }, ["x"]]);
  assertEquals((await run([])).code, 0);
});

Deno.test("--help prints what the tables say", async () => {
  const { code, out, err } = await run(["--help"], { details: "More." });
  assertEquals([code, err], [0, []]);
  assertEquals(out[0].split("\n"), [
    "Does a thing.",
    "",
    "Usage:",
    "  deno task thing [FLAGS]",
    "",
    "Flags:",
    "  --seed N    Seed (an integer; default: 1)",
    "  --help, -h  Shows this help",
    "",
    "More.",
  ]);
});

const FILE = "/no/such/folder/file";

/** What a command throws, the exit code, and the line on stderr. */
const ERRORS: readonly { what: string; fails: () => unknown; code: number; line: string | RegExp }[] = [
  {
    what: "a mistake in the command line",
    fails: () => {
      throw new UsageError("Expected A or B");
    },
    code: 2,
    line: "error: Expected A or B. See deno task thing --help",
  },
  {
    what: "an impossible value",
    fails: () => {
      throw new RangeError("Cannot split: expected at most 3, got 4");
    },
    code: 2,
    line: "error: Cannot split: expected at most 3, got 4",
  },
  {
    what: "a text that can't be read",
    fails: () => {
      throw new SyntaxError('Cannot read "x +" at position 4: expected a number, got the end');
    },
    code: 2,
    line: 'error: Cannot read "x +" at position 4: expected a number, got the end',
  },
  {
    what: "another mistake of the user's",
    fails: () => {
      throw new UserError("The study is damaged:\n  restore it");
    },
    code: 1,
    line: "error: The study is damaged: restore it",
  },
  ...[
    { Kind: UserError, code: 1 },
    { Kind: UsageError, code: 2 },
    { Kind: RangeError, code: 2 },
    { Kind: SyntaxError, code: 2 },
  ].map(({ Kind, code }) => ({
    what: `a ${Kind.name} about a name that would clear the terminal`,
    fails: () => {
      throw new Kind("Cannot read \x1b[2J\u202ea\x9b: expected a name, got this?");
    },
    code,
    line: /^error: Cannot read \\x1b\[2J\\u202ea\\x9b: expected a name, got this\?/,
  })),
  {
    what: "a bug whose message would clear the terminal",
    fails: () => {
      throw new Error("\x1b[2J");
    },
    code: 70,
    line: /^This is a bug in the program: Error: \\x1b\[2J\n {4}at /,
  },
  { what: "a missing file", fails: () => Deno.readTextFile(FILE), code: 1, line: /^error: No such file .*file'$/ },
  {
    what: "a folder in the place of a file",
    fails: () => Deno.readTextFile(Deno.cwd()),
    code: 1,
    line: /^error: Is a directory /,
  },
  {
    what: "a bug that reads an undefined value",
    fails: () => (undefined as unknown as { x: number }).x,
    code: 70,
    line: /^This is a bug in the program: TypeError: Cannot read.*\n {4}at .*command_test\.ts/s,
  },
  {
    what: "a bug that makes an impossible array",
    fails: () => new Array(-1),
    code: 70,
    line: /bug in the program: RangeError: Invalid array length\n {4}at /,
  },
  {
    what: "a bug that reads no JSON",
    fails: () => JSON.parse("{"),
    code: 70,
    line: /bug in the program: SyntaxError: Expected property name.*\n {4}at /s,
  },
];

for (const { what, fails, code, line } of ERRORS) {
  Deno.test(`exit code ${code} for ${what}`, async () => {
    const result = await run([], { run: async () => void await fails() });
    assertEquals([result.code, result.out, result.err.length], [code, [], 1]);
    if (typeof line === "string") assertEquals(result.err[0], line);
    else assertMatch(result.err[0], line);
  });
}

for (
  const [args, line] of [
    [["--sed"], "error: Unknown flag --sed; did you mean --seed? See deno task thing --help"],
    [["x"], "error: Unexpected argument x. See deno task thing --help"],
  ] as const
) {
  Deno.test(`exit code 2 for ${args.join(" ")}`, async () => {
    assertEquals(await run([...args]), { code: 2, out: [], err: [line] });
  });
}

Deno.test("exit code 2 where an argument is missing", async () => {
  const { code, err } = await run([], { operands: { minimum: 1, maximum: 2 } });
  assertEquals([code, err], [2, ["error: Missing argument: expected 1, got 0. See deno task thing --help"]]);
});
