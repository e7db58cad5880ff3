/**
 * Durations as a person writes and reads them.
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

/** A duration in two units at most: `45 s`, `3 min 20 s`, `2 h 5 min`, `12 days 3 h`; `an unknown time` for no number. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "an unknown time";
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 2 * 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
  return `${Math.floor(whole / 86_400)} days ${Math.floor(whole % 86_400 / 3600)} h`;
}
