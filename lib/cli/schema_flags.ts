/**
 * Flags of a command that follow from a schema of settings.
 *
 * @module
 */
import { factsOf, type FieldFacts, type SettingsSchema } from "../schema.ts";
import type { Flag } from "./flags.ts";

/** Which fields have flags: names of fields by names of flags. */
export type FlagNames = Readonly<Record<string, string>>;

function flagOf({ description, kind, choices, bounds }: FieldFacts, otherwise: string): Flag {
  const said = { description: `${description} (default: ${otherwise})` };
  switch (kind) {
    case "integer":
    case "number":
      return { ...said, kind, ...bounds };
    case "choice":
      return { ...said, kind, choices: choices! };
    case "boolean":
      return { ...said, kind: "choice", choices: ["on", "off"] };
    case "list":
      return { ...said, kind: "text", placeholder: "LIST" };
    case "text":
      return { ...said, kind };
  }
}

/** A flag for each of the names; `otherwise` says what counts where it is not given: "the preset's". */
export function schemaFlags<N extends FlagNames>(
  schema: SettingsSchema,
  { names, otherwise }: { readonly names: N; readonly otherwise: string },
): { readonly [F in keyof N]: Flag } {
  const flags = Object.entries(names).map(([flag, name]) => {
    const facts = factsOf(schema.shape[name] as never);
    if (!facts) throw new Error(`Expected the field ${name} to be described`);
    return [flag, flagOf(facts, otherwise)];
  });
  return Object.fromEntries(flags);
}

/** The settings that the flags say, by the names of their fields. */
export function settingsOf(
  schema: SettingsSchema,
  { names, values }: { readonly names: FlagNames; readonly values: Readonly<Record<string, unknown>> },
): Record<string, unknown> {
  const read = (name: string, value: unknown): unknown => {
    const { kind, of } = factsOf(schema.shape[name] as never)!;
    if (kind === "boolean") return value === "on";
    if (kind !== "list") return value;
    const texts = String(value).split(",").map((text) => text.trim());
    return of?.kind === "number" ? texts.map((text) => text === "" ? NaN : Number(text)) : texts;
  };
  const given = Object.entries(names).filter(([flag]) => values[flag] !== undefined);
  return Object.fromEntries(given.map(([flag, name]) => [name, read(name, values[flag])]));
}
