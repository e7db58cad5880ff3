import { assert, assertEquals } from "@std/assert";
import { isSystemError, machineFault, tellsOfShortage } from "./machine_fault.ts";
import { UserError } from "./user_error.ts";

/** What an action throws. */
async function thrownBy(action: () => unknown): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error");
}

/** Real errors of this process, and whose fault they are; `system`: the operating system, or Deno's permissions. */
const ERRORS: readonly { what: string; action: () => unknown; fault: boolean; system: boolean }[] = [
  { what: "a missing file", action: () => Deno.readTextFileSync("/no/such/file"), fault: true, system: true },
  { what: "a folder for a file", action: () => Deno.readTextFileSync("/"), fault: true, system: true },
  { what: "no connection", action: () => Deno.connect({ hostname: "127.0.0.1", port: 1 }), fault: true, system: true },
  { what: "no program", action: () => new Deno.Command("/no/such/program").output(), fault: true, system: true },
  {
    what: "no permission",
    action: () => Deno.connect({ hostname: "permission.invalid", port: 80 }),
    fault: true,
    system: true,
  },
  { what: "no memory", action: () => new ArrayBuffer(8e15), fault: true, system: false },
  {
    what: "a module that is gone",
    action: () => import("file:///no/such/module.ts" as string),
    fault: true,
    system: false,
  },
  { what: "a bug", action: () => (undefined as unknown as string).length, fault: false, system: false },
  { what: "a number out of range", action: () => (1).toFixed(1000), fault: false, system: false },
  { what: "a damaged text", action: () => JSON.parse("{"), fault: false, system: false },
];

for (const { what, action, fault, system } of ERRORS) {
  Deno.test(`${what} is ${fault ? "the machine's fault" : "no fault of the machine"}`, async () => {
    const error = await thrownBy(action) as Error;
    assertEquals(isSystemError(error), system);
    const found = machineFault(error);
    assertEquals(found !== undefined, fault);
    if (found) {
      assert(found instanceof UserError && found.cause === error);
      assert(found.message.startsWith(`Cannot train here: ${error.message}`));
    }
  });
}

Deno.test("a UserError stays as it is, and what is no error is nobody's fault", () => {
  const error = new UserError("no data");
  assertEquals(machineFault(error), error);
  for (const thrown of ["no space left", 3, undefined, { message: "out of memory" }]) {
    assertEquals([machineFault(thrown), isSystemError(thrown)], [undefined, false]);
  }
});

/** What engines, C++, TensorFlow and Linux print; the last ones are of functions and networks. */
const TEXTS: readonly (readonly [string, boolean])[] = [
  ["Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[512,512]", true],
  ["terminate called after throwing an instance of 'std::bad_alloc'", true],
  ["RangeError: Array buffer allocation failed", true],
  ["<--- Last few GCs --->\nFatal JavaScript out of memory: Reached heap limit", true],
  ["write: No space left on device", true],
  ["RESOURCE_EXHAUSTED: failed to allocate", true],
  ["mmap: Cannot allocate memory", true],
  ["File too large (os error 27)", true],
  ["Invalid TF_Status: 3\nMessage: Incompatible shapes: [2] vs. [3]", false],
  ["TypeError: x is not a function", false],
  ["", false],
];

for (const [text, expected] of TEXTS) {
  Deno.test(`${JSON.stringify(text)} tells ${expected ? "" : "nothing "}of memory or disk that is used up`, () => {
    assertEquals(tellsOfShortage(text), expected);
  });
}
