/**
 * The error of a user's mistake: the message says what was expected, what came and what to do, and the command line
 * prints it as one line, without a stack trace.
 *
 * @module
 */
import { visibleText } from "./visible_text.ts";

/**
 * Thrown for what the user can put right: a wrong argument, a missing data set, a damaged study. Its message is one line
 * that can be shown anywhere, whatever the names in it hold.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { UserError } from "./user_error.ts";
 * assertEquals(new UserError("Cannot read a\u001b[2Jb").message, "Cannot read a\\x1b[2Jb");
 * ```
 */
export class UserError extends Error {
  /** `"UserError"`, also in messages from another process. */
  override name = "UserError";

  /** An error whose message is the text on one line, with every character escaped that would not be seen as one. */
  constructor(message: string, options?: ErrorOptions) {
    super(visibleText(message), options);
  }
}
