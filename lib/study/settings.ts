/**
 * The settings of a study: one flat record of JSON values, recorded when the study is made. It does not know what any
 * setting means; it only tells whether two records are the same and where they differ.
 *
 * @module
 */

/** A value that a setting may have. Numbers are finite. */
export type SettingValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** Settings by name. A study holds one such record for all of its trials. */
export type Settings = Readonly<Record<string, SettingValue>>;

function isScalar(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "boolean" ||
    (typeof value === "number" && Number.isFinite(value));
}

/** Makes sure that the settings survive being written as JSON. Throws a RangeError that names the setting. */
export function checkSettings(settings: Settings): void {
  for (const [name, value] of Object.entries<unknown>(settings)) {
    if (!(Array.isArray(value) ? value.every(isScalar) : isScalar(value))) {
      throw new RangeError(
        `Cannot record setting ${name}: expected a text, a finite number, a boolean, null or a list of these, ` +
          `got ${String(value)}`,
      );
    }
  }
}

/**
 * Where what is asked for differs from what was recorded, one text a setting, in the order of the recorded ones.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { settingsDifferences } from "./settings.ts";
 * assertEquals(settingsDifferences({ learningRate: 0.01, epochs: 2 }, { learningRate: 0.02, epochs: 2 }), [
 *   "learningRate: study has 0.01, asked for 0.02",
 * ]);
 * ```
 */
export function settingsDifferences(recorded: Settings, asked: Settings): string[] {
  const text = (settings: Settings, name: string) =>
    Object.hasOwn(settings, name) ? JSON.stringify(settings[name]) : "none";
  return [...new Set([...Object.keys(recorded), ...Object.keys(asked)])]
    .map((name) => ({ name, has: text(recorded, name), wants: text(asked, name) }))
    .filter(({ has, wants }) => has !== wants)
    .map(({ name, has, wants }) => `${name}: study has ${has}, asked for ${wants}`);
}
