/**
 * A stand-in for `jsr:@std/assert`, for machines that cannot reach JSR: the functions that our tests use, with the
 * published signatures, over `node:assert`. `deno unlink` of this folder switches to the published package.
 *
 * @module
 */
import nodeAssert, { AssertionError } from "node:assert";
import { inspect } from "node:util";

type ErrorClass<E extends Error> = abstract new (...args: never[]) => E;

// `message as string`: where a dependency brings newer types of Node.js, these do not allow for an undefined message,
// which every version does.

/** Fails always. */
function fail(message?: string): never {
  throw new AssertionError({ message: `Failed assertion${message ? `: ${message}` : "."}` });
}

function check(condition: boolean, text: string, message?: string): void {
  if (!condition) throw new AssertionError({ message: message ? `${text}: ${message}` : text });
}

/** Makes sure that `value` is truthy. */
export function assert(value: unknown, message = ""): asserts value {
  if (!value) throw new AssertionError({ message });
}

/** Makes sure that `actual` and `expected` are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.deepStrictEqual(actual, expected, message as string);
}

/** Makes sure that `actual` and `expected` are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.notDeepStrictEqual(actual, expected, message as string);
}

/** Makes sure that `actual` and `expected` are the same value (`Object.is`). */
export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  nodeAssert.strictEqual(actual, expected, message as string);
}

/** Makes sure that two numbers differ by at most `tolerance` (default: 1e-7 of `expected`, as published). */
export function assertAlmostEquals(actual: number, expected: number, tolerance?: number, message?: string): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const difference = Math.abs(expected - actual);
  check(
    difference <= allowed,
    `Expected actual: ${actual} to be close to ${expected}: delta ${difference} > ${allowed}`,
    message,
  );
}

/** Makes sure that `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, message?: string): void {
  check(actual > expected, `Expect ${inspect(actual)} > ${inspect(expected)}`, message);
}

/** Makes sure that `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, message?: string): void {
  check(actual < expected, `Expect ${inspect(actual)} < ${inspect(expected)}`, message);
}

/** Makes sure that `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void {
  check(actual <= expected, `Expect ${inspect(actual)} <= ${inspect(expected)}`, message);
}

/** Makes sure that `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  nodeAssert.match(actual, expected, message as string);
}

/** Makes sure that `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  check(actual.includes(expected), `Expected ${inspect(actual)} to contain ${inspect(expected)}`, message);
}

function checkError<E extends Error>(error: unknown, errorClass: ErrorClass<E>, includes: string | undefined): E {
  check(error instanceof errorClass, `Expected error to be ${errorClass.name}, got ${inspect(error)}`);
  const text = (error as E).message;
  check(
    includes === undefined || text.includes(includes),
    `Expected error message to include ${inspect(includes)}, got ${inspect(text)}`,
  );
  return error as E;
}

/** Makes sure that `fn` throws, and returns the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClass: ErrorClass<E> = Error as unknown as ErrorClass<E>,
  msgIncludes?: string,
): E {
  try {
    fn();
  } catch (error) {
    return checkError(error, errorClass, msgIncludes);
  }
  return fail("Expected function to throw");
}

/** Makes sure that the promise of `fn` is rejected, and resolves to the error. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClass: ErrorClass<E> = Error as unknown as ErrorClass<E>,
  msgIncludes?: string,
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    return checkError(error, errorClass, msgIncludes);
  }
  return fail("Expected function to reject");
}
