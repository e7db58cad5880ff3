/**
 * The prefix code of AFOS, both ways. It knows nothing of a search.
 *
 * A tree that was decoded is read back by its structure. Any other function is looked for by its values among those
 * of 3 and 5 genes (see genome_lookup.ts).
 *
 * @module
 */
import { type Expression, sameTree } from "./expression.ts";
import { BINARY_CODES, binaryPattern, UNARY_CODES, unaryOf } from "./genome_codes.ts";
import { lookUpGenome } from "./genome_lookup.ts";

export { BINARY_CODES, decodeGenome, isGenome, UNARY_CODES } from "./genome_codes.ts";

type Bindings = { readonly [name: string]: Expression };

/** What the variables of the pattern stand for in `e`; undefined where it does not have the pattern's form. */
function match(pattern: Expression, e: Expression, bound: Bindings = {}): Bindings | undefined {
  if (pattern.kind === "variable") {
    const before = bound[pattern.name];
    if (before) return sameTree(before, e) ? bound : undefined;
    return { ...bound, [pattern.name]: e };
  }
  if (pattern.kind === "constant") return sameTree(pattern, e) ? bound : undefined;
  if (e.kind !== "call" || e.operator !== pattern.operator) return undefined;
  return pattern.args.reduce<Bindings | undefined>(
    (known, arg, i) => known && match(arg, e.args[i], known),
    bound,
  );
}

function unaryCode(e: Expression): number | undefined {
  const code = UNARY_CODES.findIndex((_, candidate) => sameTree(unaryOf(candidate), e));
  return code < 0 ? undefined : code;
}

/** All ways to read the root of `e` as a coded binary operator. */
function* roots(e: Expression): Generator<{ code: number; a: Expression; b: Expression }> {
  for (const code of BINARY_CODES.keys()) {
    const found = match(binaryPattern(code), e);
    if (found) yield { code, a: found.a, b: found.b };
  }
}

/** [b, u, u] of a tree of 3 genes. */
function readThree(e: Expression): [number, number, number] | undefined {
  for (const { code, a, b } of roots(e)) {
    const [u, v] = [unaryCode(a), unaryCode(b)];
    if (u !== undefined && v !== undefined) return [code, u, v];
  }
  return undefined;
}

function read(e: Expression): number[] | undefined {
  const three = readThree(e);
  if (three) return three;
  for (const { code, a, b } of roots(e)) {
    const left = readThree(a);
    if (!left) continue;
    const [lb, ...lu] = left;
    const last = unaryCode(b);
    if (last !== undefined) return [code, lb, ...lu, last];
    const right = readThree(b);
    if (right) return [code, lb, right[0], ...lu, ...right.slice(1)];
  }
  return undefined;
}

/**
 * A genome of the function: `decodeGenome(encodeGenome(e))` is the tree `e` where it was decoded from a genome, else
 * an equal function of 3 or 5 genes. Undefined where none is found.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encodeGenome } from "./genome.ts";
 * import { parse } from "./parse.ts";
 * assertEquals(encodeGenome(parse("-x * erf(e^-x)")), [3, 3, 4]);
 * ```
 */
export function encodeGenome(e: Expression): number[] | undefined {
  return read(e) ?? lookUpGenome(e);
}
