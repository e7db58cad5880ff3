/**
 * Checks of settings, by name. They know no setting.
 *
 * @module
 */

/** What a setting must be. */
export interface Check {
  /** In words, for the error. */
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

/** A text of at least a character. */
export const text: Check = { expected: "a text", holds: (value) => typeof value === "string" && value !== "" };

/** A number of things. */
export const count: Check = {
  expected: "an integer of at least 1",
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
};

/** What a generator takes. */
export const seed: Check = {
  expected: "an integer of at least 0",
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
};

/** A rate. */
export const positive: Check = {
  expected: "a number above 0",
  holds: (value) => Number.isFinite(value) && (value as number) > 0,
};

/** A strength that may be none. */
export const notNegative: Check = {
  expected: "a number of at least 0",
  holds: (value) => Number.isFinite(value) && (value as number) >= 0,
};

/** A share of a whole. */
export const share: Check = {
  expected: "a number of at least 0 and below 1",
  holds: (value) => Number.isFinite(value) && (value as number) >= 0 && (value as number) < 1,
};

/** Yes or no. */
export const flag: Check = { expected: "true or false", holds: (value) => typeof value === "boolean" };

/** One of some texts. */
export function oneOf(choices: readonly string[]): Check {
  return { expected: choices.join(" or "), holds: (value) => choices.includes(value as string) };
}

/** What a check takes, or null. */
export function orNull({ expected, holds }: Check): Check {
  return { expected: `${expected}, or null`, holds: (value) => value === null || holds(value) };
}

/**
 * Picks the settings that have a check out of a record that may hold others too. Throws a RangeError that names the
 * setting which is missing or out of range.
 */
export function pickSettings<T>(
  record: Readonly<Record<string, unknown>>,
  checks: Readonly<Record<keyof T & string, Check>>,
): T {
  const picked = Object.entries<Check>(checks).map(([name, { expected, holds }]) => {
    if (!holds(record[name])) {
      throw new RangeError(`Cannot train: expected ${name} to be ${expected}, got ${JSON.stringify(record[name])}`);
    }
    return [name, record[name]];
  });
  return Object.fromEntries(picked);
}
