/**
 * Text → expression, as it stands: nothing is simplified.
 *
 * Grammar, from loose to tight: sums (`+ -`), products (`* /`), sign (`-`), powers (`^`, from the right), then numbers,
 * `x`, `pi`, `e`, parentheses, `|u|`, `f(u, …)` and `where(a > b, u, v)`. A sign before a number that is no base of a
 * power belongs to the number. `e^u` is exp(u), `max` and `min` take two arguments or more, and a function of the
 * catalogue can be applied to any argument.
 *
 * @module
 */
import { didYouMean } from "../closest.ts";
import { UserError } from "../user_error.ts";
import { call, constant, type Expression, substitute, X } from "./expression.ts";
import { CATALOG_ALIASES, FORMULAS } from "./formulas.ts";
import { type Operator, OPERATORS } from "./operators.ts";

/** A token and the place where it starts. */
interface Token {
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
function syntaxError(text: string, { at, expected, got }: {
  readonly at: number;
  readonly expected: string;
  readonly got: string;
}): SyntaxError {
  return new SyntaxError(`Cannot read "${text}" at position ${at + 1}: expected ${expected}, got ${got}`);
}

/** The tokens of a text, an `end` last. Throws a SyntaxError for a character that belongs to none. */
function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0;;) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)![0].length;
    if (at === text.length) return [...tokens, { kind: "end", text: "", at }];
    const token = PATTERNS.map(([kind, pattern]) => {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      return match &&
        { kind, text: kind === "symbol" ? SAME[match[0]] ?? match[0] : match[0], at, length: match[0].length };
    }).find((found) => found !== null);
    if (!token) {
      throw syntaxError(text, { at, expected: "a number, a name or an operator", got: `"${[...text.slice(at)][0]}"` });
    }
    const { length, ...rest } = token;
    tokens.push(rest);
    at += length;
  }
}

const functions = new Map<string, Operator>();
const signs = new Map<string, Operator>();
for (const row of OPERATORS.values()) {
  if (row.infix) {
    if (row.arity === 2) signs.set(row.infix.symbol, row);
  } else for (const name of [row.name, ...row.aliases ?? []]) functions.set(name, row);
}

/** The catalogue's functions that are not operators already. */
const formulas = new Map<string, string>(Object.entries(FORMULAS).filter(([name]) => !functions.has(name)));
for (const [alias, name] of Object.entries(CATALOG_ALIASES)) formulas.set(alias, FORMULAS[name]);

const NUMBERS: Readonly<Record<string, number>> = { pi: Math.PI, "π": Math.PI, e: Math.E };

/** Names that a text can call, for messages. */
const CALLABLE = [...functions.keys(), ...formulas.keys()].sort();

/** How deep and how long an expression may be: with more, all that follows takes too long, or too much memory. */
const MOST_NESTED = 200;
const MOST_OPERATIONS = 20_000;

function tooLarge(got: string): UserError {
  return new UserError(
    `Expected a formula of at most ${MOST_NESTED} nested operations, and ${MOST_OPERATIONS.toLocaleString("en")} in ` +
      `all, but got ${got}; write it with fewer`,
  );
}

interface Size {
  readonly depth: number;
  readonly operations: number;
}

class Parser {
  private readonly tokens: readonly Token[];
  private next = 0;
  private depth = 0;
  private readonly sizes = new Map<Expression, Size>();

  constructor(
    private readonly text: string,
    private readonly variables: readonly string[],
    private readonly own: Readonly<Record<string, Expression>>,
  ) {
    this.tokens = tokenize(text);
  }

  /** The size of an expression of which only the uppermost operations may be new. */
  private size(e: Expression): Size {
    if (e.kind !== "call") return { depth: 0, operations: 0 };
    let size = this.sizes.get(e);
    if (!size) {
      const args = e.args.map((arg) => this.size(arg));
      size = {
        depth: 1 + Math.max(...args.map(({ depth }) => depth)),
        operations: args.reduce((total, { operations }) => total + operations, 1),
      };
      this.sizes.set(e, size);
    }
    return size;
  }

  /** The expression, unless it is too large with the functions of the catalogue written out. */
  private checked(e: Expression): Expression {
    const { depth, operations } = this.size(e);
    if (depth > MOST_NESTED) throw tooLarge("more nested ones");
    if (operations > MOST_OPERATIONS) throw tooLarge("more in all");
    return e;
  }

  private get token(): Token {
    return this.tokens[this.next];
  }

  private is(text: string): boolean {
    return this.token.kind === "symbol" && this.token.text === text;
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false;
    this.next++;
    return true;
  }

  /** `words`: what may have been meant. */
  private fail(expected: string, token = this.token, words: readonly string[] = []): never {
    const got = token.kind === "end" ? "the end of the text" : `"${token.text}"${didYouMean(token.text, words)}`;
    throw syntaxError(this.text, { at: token.at, expected, got });
  }

  private expect(symbol: string): void {
    if (!this.take(symbol)) this.fail(`"${symbol}"`);
  }

  whole(): Expression {
    const e = this.chain(1);
    if (this.token.kind !== "end") this.fail("an operator or the end of the text");
    return e;
  }

  /** Sums (precedence 1) and products (2), from the left. */
  private chain(precedence: number): Expression {
    const operand = () => precedence === 1 ? this.chain(2) : this.signed();
    let left = operand();
    for (;;) {
      const row = this.token.kind === "symbol" ? signs.get(this.token.text) : undefined;
      if (row?.infix?.precedence !== precedence) return left;
      this.next++;
      left = this.checked(call(row.name, left, operand()));
    }
  }

  /** What every nested part begins with. */
  private signed(): Expression {
    if (++this.depth > MOST_NESTED + 1) throw tooLarge("more nested ones");
    const e = this.operand();
    this.depth--;
    return e;
  }

  private operand(): Expression {
    if (this.take("+")) return this.signed();
    if (!this.take("-")) return this.power();
    const literal = this.token.kind === "number" && this.tokens[this.next + 1].text !== "^";
    if (!literal) return this.checked(call("neg", this.signed()));
    return constant(-this.number());
  }

  private power(): Expression {
    if (this.token.text === "e" && this.tokens[this.next + 1].text === "^") {
      this.next += 2;
      return this.checked(call("exp", this.signed()));
    }
    const base = this.primary();
    return this.take("^") ? this.checked(call("pow", base, this.signed())) : base;
  }

  private number(): number {
    const token = this.token;
    const value = Number(token.text);
    if (!Number.isFinite(value)) this.fail("a number that float64 can hold");
    this.next++;
    return value;
  }

  private primary(): Expression {
    const token = this.token;
    if (token.kind === "number") return constant(this.number());
    for (const [open, close] of [["(", ")"], ["|", "|"]]) {
      if (!this.take(open)) continue;
      const inner = this.chain(1);
      this.expect(close);
      return open === "|" ? this.checked(call("abs", inner)) : inner;
    }
    if (token.kind !== "name") this.fail('a number, "x", a function or "("');
    this.next++;
    if (this.is("(")) return this.application(token);
    if (this.variables.includes(token.text)) return { kind: "variable", name: token.text };
    if (Object.hasOwn(NUMBERS, token.text)) return constant(NUMBERS[token.text]);
    return this.fail(
      CALLABLE.includes(token.text) ? `"(" after ${token.text}` : `x, pi, e or a function`,
      token,
      CALLABLE,
    );
  }

  private application(name: Token): Expression {
    const row = functions.get(name.text);
    const formula = formulas.get(name.text);
    const own = Object.hasOwn(this.own, name.text) ? this.own[name.text] : undefined;
    if (!row && !own && formula === undefined) {
      this.fail(`one of the functions ${CALLABLE.join(", ")}`, name, [...CALLABLE, ...Object.keys(this.own)]);
    }
    this.expect("(");
    const args = [this.chain(1)];
    if (row?.name === "where") {
      this.expect(">");
      args.push(this.chain(1));
    }
    while (this.take(",")) args.push(this.chain(1));
    const many = row?.name === "max" || row?.name === "min";
    const arity = row?.arity ?? 1;
    if (args.length < arity) this.fail(`"," and another argument of ${name.text}`);
    if (args.length > arity && !many) this.fail(`${arity} argument${arity > 1 ? "s" : ""} of ${name.text}`, name);
    this.expect(")");
    if (row) {
      return args.slice(arity).reduce<Expression>(
        (a, b) => this.checked(call(row.name, a, b)),
        this.checked(call(row.name, ...args.slice(0, arity))),
      );
    }
    return this.checked(substitute(own ?? parse(formula!), { x: args[0] }));
  }
}

/** Options of {@linkcode parse}. */
export interface ParseOptions {
  /** Names of the variables (default: x). */
  readonly variables?: readonly string[];
  /** Functions of x by name, beside those of the table and of the catalogue, whose names stay theirs. */
  readonly functions?: Readonly<Record<string, Expression>>;
}

/**
 * Reads an expression. Throws a SyntaxError that names the position, what was expected and what came, and a UserError
 * for one of more than 200 nested operations, or 20,000 in all.
 *
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { format } from "./format.ts";
 * import { parse } from "./parse.ts";
 * assertEquals(format(parse("-x*erf(e^(-x))")), "-x * erf(exp(-x))");
 * assertEquals(format(parse("2 * swish(x + 1)")), "2 * ((x + 1) * sigmoid(x + 1))");
 * assertThrows(() => parse("x *"), SyntaxError, "position 4");
 * ```
 */
export function parse(text: string, options: ParseOptions = {}): Expression {
  return new Parser(text, options.variables ?? [(X as { name: string }).name], options.functions ?? {}).whole();
}
