/**
 * What the presets of a search say, for its help.
 *
 * @module
 */
import { planSearch } from "../experiment/mod.ts";
import type { Row } from "../report/mod.ts";
import type { JsonRecord } from "../study/mod.ts";
import type { FlagNames } from "./schema_flags.ts";

/** A machine that can do all that a preset asks for. */
const MACHINE = { engine: "tensorflow", engineVersion: "any", kernel: true, bfloat16: true, splitSeed: 1 };

const PRESETS = ["quick", "paper", "afos"] as const;

/** What each preset asks for. */
const RECORDS: Readonly<Record<string, JsonRecord>> = Object.fromEntries(
  PRESETS.map((preset) => [preset, planSearch({ preset }, MACHINE)]),
);

function valueText(value: unknown): string {
  if (value === undefined || value === null) return "none";
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "boolean" ? (value ? "on" : "off") : String(value);
}

/** The settings in which presets differ, by the names of their flags: a row for each. */
export function presetRows(names: FlagNames): Row[] {
  return Object.entries(names).map(([flag, field]) => ({
    preset: flag,
    ...Object.fromEntries(PRESETS.map((preset) => [preset, valueText(RECORDS[preset][field])])),
  })).filter(({ preset, ...values }) => preset !== "preset" && new Set(Object.values(values)).size > 1);
}

/** What counts where a flag of the search is not given: a value, or the preset's where presets differ. */
export function presetDefault(field: string): string {
  if (field === "preset") return "quick";
  const values = new Set(Object.values(RECORDS).map((record) => valueText(record[field])));
  return values.size > 1 ? "the preset's, below" : [...values][0];
}
