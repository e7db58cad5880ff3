/**
 * A search space of one's own: operators as texts, as PySR has them.
 *
 * @module
 */
import {
  BINARY_CODES,
  decodeGenome,
  encodeGenome,
  type Expression,
  identityKey,
  parse,
  type ParseOptions,
  sameTree,
  substitute,
  UNARY_CODES,
} from "../activation/mod.ts";
import { SettingsError } from "../schema.ts";
import { describeExpression } from "./describe_genome.ts";
import { allGenomes } from "./exhaustive_search.ts";
import type { Description } from "./gate.ts";
import { binaryCount, type Genes, type Genome } from "./genes.ts";

/** What may be drawn, and what its genomes stand for. */
export interface Space {
  /** Shapes and codes that may be drawn; codes behind those of the table are the space's own. */
  readonly genes: Genes;
  /** What a genome stands for. */
  readonly candidateOf: (genome: Genome) => Description;
}

/** Functions of one's own by name. */
export type Definitions = Readonly<Record<string, Expression>>;

const DEFINITION = /^\s*([\p{L}_][\p{L}\d_]*)\s*\(\s*x\s*\)\s*=(.*)$/su;

/**
 * Reads definitions: `lisht(x) = x * tanh(x)`; each may use those before it. Throws a SettingsError for another form and a
 * SyntaxError for what is no function of x.
 */
export function readDefinitions(texts: readonly string[]): Definitions {
  return texts.reduce<Definitions>((functions, text) => {
    const [, name, formula] = DEFINITION.exec(text) ??
      refuse(`expected a definition such as "lisht(x) = x * tanh(x)", got ${JSON.stringify(text)}`);
    const isTaken = isExpression(`${name}(x)`, { functions }) || isExpression(`${name}(x, x)`, { functions }) ||
      isExpression(name, { functions }) || ["a", "b"].includes(name);
    if (isTaken) refuse(`expected a name that is not taken, got ${name}`);
    return { ...functions, [name]: parse(formula, { functions }) };
  }, {});
}

function isExpression(text: string, options: ParseOptions): boolean {
  try {
    parse(text, options);
    return true;
  } catch {
    return false;
  }
}

function refuse(message: string): never {
  throw new SettingsError(`Cannot search: ${message}`);
}

const VARIABLES = { binary: ["a", "b"], unary: ["x"] } as const;
type Kind = keyof typeof VARIABLES;

const TABLE: Readonly<Record<Kind, readonly Expression[]>> = {
  binary: BINARY_CODES.map((text) => parse(text, { variables: VARIABLES.binary })),
  unary: UNARY_CODES.map((text) => parse(text)),
};

/** The variables of an expression. */
function variablesOf(e: Expression): ReadonlySet<string> {
  if (e.kind === "variable") return new Set([e.name]);
  return e.kind === "constant" ? new Set() : new Set(e.args.flatMap((arg) => [...variablesOf(arg)]));
}

/** An operator: `a * sigmoid(b)`, `tanh(x)`, or in short `tanh`, `max`, `+`. */
function readOperator(text: string, functions: Definitions): { readonly kind: Kind; readonly pattern: Expression } {
  const options = { variables: ["x", ...VARIABLES.binary], functions };
  const isSign = /^[-+*/^]$/.test(text.trim());
  const isName = /^[\p{L}_][\p{L}\d_]*$/u.test(text.trim());
  const short = isSign ? [`a ${text} b`] : isName ? [`${text}(x)`, `${text}(a, b)`] : [];
  const reading = short.find((reading) => isExpression(reading, options)) ?? text;
  const pattern = parse(reading, options);
  const used = [...variablesOf(pattern)].sort().join();
  if (used === "a,b") return { kind: "binary", pattern };
  if (used === "x") return { kind: "unary", pattern };
  return refuse(`expected operators of x, or of a and b, got ${JSON.stringify(text)}`);
}

/** Options of {@linkcode createSpace}. */
export interface SpaceOptions {
  /** Operators: `tanh`, `x * tanh(x)`, `a * sigmoid(b)`, `+`; of a kind of which there is none, all that `genes` has. */
  readonly operators: readonly string[];
  /** Functions of one's own that the operators may use. */
  readonly functions?: Definitions;
  /** What is drawn where nothing else is said. */
  readonly genes: Genes;
}

/**
 * A space of some operators. Those of the table keep their codes, others get the codes behind the table's. Throws a
 * SettingsError or SyntaxError for a text that is no operator.
 */
export function createSpace({ operators, functions = {}, genes }: SpaceOptions): Space {
  const patterns = { binary: [...TABLE.binary], unary: [...TABLE.unary] };
  const codes: Record<Kind, number[]> = { binary: [], unary: [] };
  for (const text of operators) {
    const { kind, pattern } = readOperator(text, functions);
    let code = patterns[kind].findIndex((known) => sameTree(known, pattern));
    if (code < 0) code = patterns[kind].push(pattern) - 1;
    if (!codes[kind].includes(code)) codes[kind].push(code);
  }
  const drawn = (kind: Kind) => codes[kind].length > 0 ? codes[kind].sort((a, b) => a - b) : genes[kind];

  function decode(genome: Genome): Expression {
    const places = binaryCount(genome);
    if (genome.every((code, i) => code < (i < places ? TABLE.binary : TABLE.unary).length)) return decodeGenome(genome);
    const b = genome.slice(0, places).map((code) => patterns.binary[code]);
    const u = genome.slice(places).map((code) => patterns.unary[code]);
    if (places === 1) return substitute(b[0], { a: u[0], b: u[1] });
    const right = places === 2 ? u[2] : substitute(b[2], { a: u[2], b: u[3] });
    return substitute(b[0], { a: substitute(b[1], { a: u[0], b: u[1] }), b: right });
  }

  return {
    genes: { shapes: genes.shapes, binary: drawn("binary"), unary: drawn("unary") },
    candidateOf: (genome) => describeExpression(decode(genome)),
  };
}

/**
 * A genome of the space for a function: as `encodeGenome` finds it, or of three genes; undefined where there is none.
 */
export function genomeIn({ genes, candidateOf }: Space, e: Expression): Genome | undefined {
  const known = encodeGenome(e);
  const isAllowed = (genome: Genome) =>
    (genes.shapes as readonly number[]).includes(genome.length) &&
    genome.every((code, place) => (place < binaryCount(genome) ? genes.binary : genes.unary).includes(code));
  if (known && isAllowed(known)) return known;
  if (!genes.shapes.includes(3)) return undefined;
  const identity = identityKey(e);
  for (const genome of allGenomes({ ...genes, shapes: [3] })) {
    if (candidateOf(genome).identity === identity) return genome;
  }
  return undefined;
}
