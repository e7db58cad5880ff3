/**
 * Durations as a person reads them.
 *
 * @module
 */

/** A duration in two units at most: `45 s`, `3 min 20 s`, `2 h 5 min`, `12 days 3 h`; `an unknown time` for no number. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "an unknown time";
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 2 * 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
  return `${Math.floor(whole / 86_400)} days ${Math.floor(whole % 86_400 / 3600)} h`;
}
