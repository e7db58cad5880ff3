/**
 * Cuts the text of an expression into tokens. It knows no grammar (see parse.ts).
 *
 * @module
 */

/** A token and the place where it starts. */
export interface Token {
  readonly kind: "number" | "name" | "symbol" | "end";
  readonly text: string;
  /** Offset in the text, from 0. */
  readonly at: number;
}

const SPACE = /\s*/y;
const PATTERNS: readonly (readonly [Token["kind"], RegExp])[] = [
  ["number", /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ["name", /[\p{L}_][\p{L}\d_]*/uy],
  ["symbol", /\*\*|[-+*/^(),>−·×|]/y],
];

/** Signs that mean the same as an ASCII one. */
const SAME: Readonly<Record<string, string>> = { "**": "^", "−": "-", "·": "*", "×": "*" };

/** A SyntaxError that says where, what was expected and what came. Positions count from 1. */
export function syntaxError(text: string, { at, expected, got }: {
  readonly at: number;
  readonly expected: string;
  readonly got: string;
}): SyntaxError {
  return new SyntaxError(`Cannot read "${text}" at position ${at + 1}: expected ${expected}, got ${got}`);
}

/** The tokens of a text, an `end` last. Throws a SyntaxError for a character that belongs to none. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0;;) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)![0].length;
    if (at === text.length) return [...tokens, { kind: "end", text: "", at }];
    const token = PATTERNS.map(([kind, pattern]) => {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      return match && { kind, text: SAME[match[0]] ?? match[0], at, length: match[0].length };
    }).find((found) => found !== null);
    if (!token) {
      throw syntaxError(text, { at, expected: "a number, a name or an operator", got: `"${[...text.slice(at)][0]}"` });
    }
    const { length, ...rest } = token;
    tokens.push(rest);
    at += length;
  }
}
