/**
 * Flags of a command that follow from a schema of settings.
 *
 * @module
 */
import { splitList } from "../experiment/mod.ts";
import { factsOf, type FieldFacts, type SettingsSchema } from "../schema.ts";
import type { Flag } from "./flags.ts";

/** Which fields have flags: names of fields by names of flags. */
export type FlagNames = Readonly<Record<string, string>>;

function flagOf({ description, kind, choices, bounds, whole }: FieldFacts, otherwise: string): Flag {
  const said = { description, otherwise };
  switch (kind) {
    case "integer":
    case "number":
      return { ...said, kind, ...bounds };
    case "choice":
      return { ...said, kind, choices: choices! };
    case "boolean":
      return { ...said, kind: "choice", choices: ["on", "off"] };
    case "list":
      return { ...said, kind: "text", placeholder: whole ? `LIST|${whole}` : "LIST" };
    case "text":
      return { ...said, kind };
  }
}

/** A flag for each of the names; `otherwise` says of a field what counts where its flag is not given. */
export function schemaFlags<N extends FlagNames>(
  schema: SettingsSchema,
  { names, otherwise }: { readonly names: N; readonly otherwise: (field: string) => string },
): { readonly [F in keyof N]: Flag } {
  const flags = Object.entries(names).map(([flag, name]) => {
    const facts = factsOf(schema.shape[name] as never);
    if (!facts) throw new Error(`Expected the field ${name} to be described`);
    return [flag, flagOf(facts, otherwise(name))];
  });
  return Object.fromEntries(flags);
}

/** The settings that the flags say, by the names of their fields. */
export function settingsOf(
  schema: SettingsSchema,
  { names, values }: { readonly names: FlagNames; readonly values: Readonly<Record<string, unknown>> },
): Record<string, unknown> {
  const read = (name: string, value: unknown): unknown => {
    const { kind, of, whole } = factsOf(schema.shape[name] as never)!;
    if (kind === "boolean") return value === "on";
    if (kind !== "list" || value === whole) return value;
    const texts = splitList(String(value));
    const isNumber = of?.kind === "number" || of?.kind === "integer";
    return isNumber ? texts.map(Number) : texts;
  };
  const given = Object.entries(names).filter(([flag]) => values[flag] !== undefined);
  return Object.fromEntries(given.map(([flag, name]) => [name, read(name, values[flag])]));
}
