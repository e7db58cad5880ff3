/**
 * Statistics and pairs of a comparison in words. It draws no conclusion.
 *
 * @module
 */
import { counted } from "../counted.ts";
import type { Comparison } from "./comparison.ts";
import type { Apart } from "./comparison_datasets.ts";
import { FEW_CASES, type FriedmanResult } from "./friedman.ts";
import { listed } from "./listed.ts";
import { pValueText } from "./p_value_text.ts";

const equals = (text: string) => text.startsWith("<") ? text : `= ${text}`;

const statistic = (value: number) => value === Infinity ? "∞" : value < 1000 ? value.toPrecision(3) : value.toFixed(0);

/** Whether Friedman's test itself decides beside Iman and Davenport's form: of few cases, without an exact probability. */
export const isRough = ({ cases, exactPValue }: FriedmanResult) => cases < FEW_CASES && exactPValue === undefined;

/** The statistics that decide: of few cases Friedman's too, and the exact probability where it is known. */
export function statisticsText(result: FriedmanResult, { unit }: { readonly unit: string }): string {
  const { cases, chiSquared, pValue, imanDavenport, degreesOfFreedom, denominatorDegreesOfFreedom } = result;
  const chi = `χ²(${degreesOfFreedom}) = ${statistic(chiSquared)}`;
  const f = `F(${degreesOfFreedom}, ${denominatorDegreesOfFreedom}) = ${statistic(imanDavenport.f)}`;
  if (result.exactPValue !== undefined) {
    const p = equals(pValueText(result.exactPValue));
    return `${chi}, ${f}: all ${counted(cases, unit)} give one order, whose exact probability is p ${p}`;
  }
  const tested = `${f}, p ${equals(pValueText(imanDavenport.pValue))}`;
  return isRough(result) ? `${chi}, p ${equals(pValueText(pValue))}; ${tested}` : tested;
}

/** `a ranks better than b and c; b ranks better than c`. */
export function ranksBetter(pairs: readonly Apart[]): string {
  return [...Map.groupBy(pairs, ({ first }) => first)]
    .map(([name, than]) => `${name} ranks better than ${listed(than.map(({ second }) => second))}`).join("; ");
}

/** More pairs than these are left to the table. */
export const MOST_PAIRS = 30;

/** The pairs that Nemenyi's test of cases shows to differ. */
export const pairsApart = ({ pairs, criticalDifference }: Comparison) =>
  pairs.filter(({ difference }) => difference >= criticalDifference);
