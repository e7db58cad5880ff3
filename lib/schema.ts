/**
 * Schemas of settings: a zod object whose fields say, beside their type and default, what they are for and what is
 * expected of a value. Checks, errors, command-line flags and help follow from it.
 *
 * @module
 */
import { z } from "zod";
import { didYouMean } from "./closest.ts";
import { UserError } from "./user_error.ts";

/** A setting that is unknown, missing or out of range. */
export class SettingsError extends UserError {}

/** What a field says of itself. */
export interface FieldFacts {
  /** What the setting is, with its unit and range. */
  readonly description: string;
  /** What a value must be, in words: "an integer of at least 1". */
  readonly expected: string;
  /** How a value is written on a command line. */
  readonly kind: "boolean" | "integer" | "number" | "text" | "choice" | "list";
  /** The choices of a choice. */
  readonly choices?: readonly string[];
  /** A word that stands for the whole list: "all". */
  readonly whole?: string;
  /** The bounds of a number. */
  readonly bounds?: Bounds;
  /** What a value of a list is. */
  readonly of?: FieldFacts;
}

/** Bounds of a number. */
export interface Bounds {
  /** The least value. */
  readonly minimum?: number;
  /** A bound that the value must exceed. */
  readonly above?: number;
  /** A bound that the value must stay below. */
  readonly below?: number;
  /** The greatest value. */
  readonly maximum?: number;
}

const facts = z.registry<FieldFacts>();

/** Describes a schema; the copy that is described is returned. */
function field<S extends z.ZodType>(schema: S, given: FieldFacts): S {
  const described = schema.clone() as S;
  facts.add(described, given);
  return described;
}

function boundsText(noun: string, { minimum, above, below, maximum }: Bounds): string {
  const bounds = [
    ...minimum === undefined ? [] : [`of at least ${minimum}`],
    ...above === undefined ? [] : [`above ${above}`],
    ...below === undefined ? [] : [`below ${below}`],
    ...maximum === undefined ? [] : [`of at most ${maximum}`],
  ];
  return [noun, bounds.join(" and ")].filter(Boolean).join(" ");
}

function within({ minimum = -Infinity, above = -Infinity, below = Infinity, maximum = Infinity }: Bounds) {
  return (value: number) =>
    value >= minimum && (value > above || above === -Infinity) && value < below && value <= maximum;
}

/** An integer. */
export function integer(description: string, bounds: Bounds = {}): z.ZodNumber {
  return field(z.number().int().refine(within(bounds)), {
    description,
    kind: "integer",
    bounds,
    expected: boundsText("an integer", bounds),
  });
}

/** A finite number. */
export function number(description: string, bounds: Bounds = {}): z.ZodNumber {
  return field(z.number().refine(within(bounds)), {
    description,
    kind: "number",
    bounds,
    expected: boundsText("a number", bounds),
  });
}

/** A text of at least one character. */
export function text(description: string): z.ZodString {
  return field(z.string().min(1), { description, kind: "text", expected: "a text" });
}

/** True or false. */
export function flag(description: string): z.ZodBoolean {
  return field(z.boolean(), { description, kind: "boolean", expected: "true or false" });
}

/** One of some texts. */
export function choice<const T extends readonly [string, ...string[]]>(
  description: string,
  choices: T,
): z.ZodType<T[number], T[number]> {
  return field(z.enum(choices) as unknown as z.ZodType<T[number], T[number]>, {
    description,
    kind: "choice",
    choices,
    expected: choices.join(" or "),
  });
}

/** A list of at least `minimum` values, none twice. */
export function list<S extends z.ZodType>(description: string, { of, minimum = 0 }: { of: S; minimum?: number }) {
  const distinct = (values: readonly unknown[]) => new Set(values).size === values.length;
  return field(z.array(of).min(minimum).refine(distinct).readonly(), {
    description,
    kind: "list",
    of: factsOf(of),
    expected: `a list of ${minimum > 0 ? `at least ${minimum} ` : ""}different values, each ${
      factsOf(of)?.expected ?? "a value"
    }`,
  });
}

/** Any number of texts, or a word that stands for all that there are. */
export function texts(
  description: string,
  { whole }: { readonly whole?: string } = {},
): z.ZodType<readonly string[] | string> {
  const words = z.array(z.string().min(1)).readonly();
  return field(
    whole === undefined ? words : z.union([words, z.literal(whole)]) as z.ZodType<readonly string[] | string>,
    {
      description,
      kind: "list",
      whole,
      expected: `a list of texts${whole === undefined ? "" : `, or ${whole}`}`,
    },
  );
}

/** What a field says of itself, also where it has a default or may be null. */
export function factsOf(schema: z.ZodType): FieldFacts | undefined {
  const own = facts.get(schema);
  if (own) return own;
  const { type, innerType } = schema.def as { type: string; innerType?: z.ZodType };
  const inner = innerType && factsOf(innerType);
  return inner && type === "nullable" ? { ...inner, expected: `${inner.expected}, or null` } : inner;
}

/** The default of a field; undefined where it has none. */
export function defaultOf(schema: z.ZodType): unknown {
  const { defaultValue, innerType } = schema.def as { defaultValue?: unknown; innerType?: z.ZodType };
  return defaultValue !== undefined ? defaultValue : innerType && defaultOf(innerType);
}

/** An object of described fields. */
export type SettingsSchema = z.ZodObject<z.core.$ZodLooseShape>;

/** The fields of a record that a schema has. */
export function pickFields<S extends SettingsSchema>(schema: S, record: object): Partial<z.output<S>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => Object.hasOwn(schema.shape, name))) as Partial<
    z.output<S>
  >;
}

/** The schema with every field optional and without defaults: what may be asked for in place of a whole record. */
export function partial<S extends SettingsSchema>(schema: S): z.ZodObject<{ [K in keyof S["shape"]]: z.ZodOptional }> {
  const bare = (field: z.ZodType): z.ZodType => {
    const { type, innerType } = field.def as { type: string; innerType?: z.ZodType };
    return innerType && (type === "default" || type === "optional") ? bare(innerType) : field;
  };
  const shape = Object.entries(schema.shape).map(([name, field]) => [name, bare(field as z.ZodType).optional()]);
  return z.object(Object.fromEntries(shape)) as unknown as z.ZodObject<{ [K in keyof S["shape"]]: z.ZodOptional }>;
}

function show(value: unknown): string {
  if (value === undefined) return "none";
  return typeof value === "number" ? String(value) : JSON.stringify(value) ?? String(value);
}

/** Options of {@linkcode check}. */
export interface CheckOptions {
  /** Begins the error: "Cannot train". */
  readonly action: string;
  /** Where the record stands in a larger one: "case 1, field quick". */
  readonly path?: string;
}

/**
 * The record with its defaults. Throws a SettingsError that names the first field which is unknown, missing or out of range,
 * what was expected there and what was found.
 *
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { z } from "zod";
 * import { check, integer } from "./schema.ts";
 * const schema = z.object({ epochs: integer("Passes over the images", { minimum: 1 }).default(2) });
 * assertEquals(check(schema, {}, { action: "Cannot train" }), { epochs: 2 });
 * assertThrows(() => check(schema, { epoch: 3 }, { action: "Cannot train" }), Error, "did you mean epochs?");
 * assertThrows(
 *   () => check(schema, { epochs: 0 }, { action: "Cannot train" }),
 *   Error,
 *   "Cannot train: expected epochs to be an integer of at least 1, got 0",
 * );
 * ```
 */
export function check<S extends SettingsSchema>(schema: S, record: unknown, options: CheckOptions): z.output<S> {
  const { action, path } = options;
  const at = path === undefined ? "" : `${path}: `;
  if (typeof record !== "object" || record === null || Array.isArray(record)) {
    throw new SettingsError(`${action}: ${at}expected an object with settings, got ${show(record)}`);
  }
  const given = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
  const names = Object.keys(schema.shape);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const meant = didYouMean(unknown, names) || `: expected some of ${names.join(", ")}`;
    throw new SettingsError(`${action}: ${at}unknown setting ${unknown}${meant}`);
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue.path[0] ?? "");
  const { expected = issue.message, of, choices = of?.choices ?? [] } = factsOf(schema.shape[name] as z.ZodType) ?? {};
  const wrong = [given[name]].flat().find((value) => typeof value === "string" && !choices.includes(value));
  const meant = typeof wrong === "string" ? didYouMean(wrong, choices) : "";
  throw new SettingsError(`${action}: ${at}expected ${name} to be ${expected}, got ${show(given[name])}${meant}`);
}
