import { assert, assertEquals } from "@std/assert";
import { SettingsError } from "./schema.ts";
import { UserError } from "./user_error.ts";

Deno.test("The message of a user's error is one line without hidden characters, of its subclasses too", () => {
  for (const Kind of [UserError, SettingsError]) {
    const error = new Kind("Cannot read a\x1b]0;b\x07:\n  expected c\x9bd,\r\n got \u202ee", { cause: 1 });
    assertEquals(error.message, "Cannot read a\\x1b]0;b\\x07: expected c\\x9bd, got \\u202ee");
    assertEquals(error.cause, 1);
    assert(error instanceof UserError);
  }
});
