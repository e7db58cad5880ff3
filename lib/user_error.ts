/**
 * The error of a user's mistake. It knows nothing of what went wrong: the message says what was expected, what came
 * and what to do, and the command line prints it as one line, without a stack trace.
 *
 * @module
 */

/** Thrown for what the user can put right: a wrong argument, a missing data set, a damaged study. */
export class UserError extends Error {
  /** `"UserError"`, also in messages from another process. */
  override name = "UserError";
}
