/**
 * Means as text.
 *
 * @module
 */
import { mean, standardDeviation } from "../statistics/mod.ts";

/**
 * Mean ± sample standard deviation (n − 1), or the mean of a single number alone, as in `"91.25 ± 0.40"`; `"–"` of none.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { meanText } from "./mean_text.ts";
 * assertEquals([[0.5, 0.75], [1], []].map((values) => meanText(values)), ["0.63 ± 0.18", "1.00", "–"]);
 * ```
 */
export function meanText(values: readonly number[], { scale = 1 }: { readonly scale?: number } = {}): string {
  if (values.length === 0) return "–";
  const deviation = values.length > 1 ? ` ± ${(scale * standardDeviation(values)).toFixed(2)}` : "";
  return (scale * mean(values)).toFixed(2) + deviation;
}
