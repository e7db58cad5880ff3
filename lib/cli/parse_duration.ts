/**
 * Durations as a person writes them.
 *
 * @module
 */
import { UsageError } from "./command.ts";

const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of a text such as `90`, `90s`, `5m`, `1.5h`. Throws a UsageError for any other text. */
export function parseDuration(text: string, { flag }: { flag: string }): number {
  const [, number, unit] = /^(\d+\.?\d*|\.\d+)\s*([smhd]?)$/.exec(text) ?? [];
  const seconds = Number(number) * UNITS[unit];
  if (!(seconds > 0)) {
    throw new UsageError(`Cannot use --${flag}: expected a time such as 90s, 5m or 1.5h, got ${text || "none"}`);
  }
  return seconds;
}
