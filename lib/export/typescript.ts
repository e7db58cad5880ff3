/**
 * A function as a TypeScript module without imports: `NAME` and `dNAME` of numbers.
 *
 * @module
 */
import { description, type ModuleFacts } from "./module.ts";
import { bodiesOf, type Body, type Dialect } from "./steps.ts";

const DIALECT: Dialect = {
  target: "typescript",
  number: (value) => `${Object.is(value, -0) ? "-0" : value}`,
  filled: (text) => text,
  copy: "x",
  local: (name, text) => `const ${name} = ${text};`,
};

/** What the module may need besides `Math`, in the order in which it stands there. */
const HELPERS: Readonly<Record<string, string>> = {
  _erf: `/** The error function: its series (Abramowitz, Stegun, 7.1.6), or 1 - erfc. */
function _erf(x: number): number {
  const size = Math.abs(x);
  if (size > 2) return Math.sign(x) * (1 - _erfc(size));
  let [sum, term] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= 2 * x * x / (2 * n + 1);
    sum += term;
  }
  return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
}`,
  _erfc: `/** The complementary error function: its continued fraction (Abramowitz, Stegun, 7.1.14), or 1 - erf. */
function _erfc(x: number): number {
  if (x < 0) return 2 - _erfc(-x);
  if (x < 1) return 1 - _erf(x);
  let fraction = x;
  for (let n = Math.ceil(20 + 160 / (x * x)); n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}`,
  _sigmoid: `/** 1 / (1 + exp(-x)), accurate on both sides. */
function _sigmoid(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}`,
  _softplus: `/** log(1 + exp(x)), without overflow. */
function _softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}`,
  _product_or_zero: `/** a * b, and 0 where b is 0, even if a is infinite. */
function _product_or_zero(a: number, b: number): number {
  return b === 0 ? 0 : a * b;
}`,
};

function functionText(name: string, { locals, result }: Body): string {
  return `export function ${name}(x: number): number {\n` +
    locals.map((line) => `  ${line}\n`).join("") +
    `  return ${result};\n}`;
}

/** The module's text. */
export function typescriptModule(facts: ModuleFacts): string {
  const { name, expression, formula } = facts;
  const { value, slope } = bodiesOf(expression, DIALECT);
  const lines = description(facts, { target: "typescript", more: ["Numbers are float64."] });
  const functions = [
    `/** ${formula} */\n${functionText(name, value)}`,
    `/** The derivative of {@linkcode ${name}}; at a kink, that of one side. */\n${functionText(`d${name}`, slope)}`,
  ];
  const used = new Set<string>();
  const collect = (code: string): void => {
    for (const helper of Object.keys(HELPERS)) {
      if (used.has(helper) || !code.includes(`${helper}(`)) continue;
      used.add(helper);
      collect(HELPERS[helper]);
    }
  };
  collect(functions.join("\n"));
  const helpers = Object.keys(HELPERS).filter((helper) => used.has(helper)).map((helper) => HELPERS[helper]);
  const header = `/**\n${[...lines, "", "@module"].map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */`;
  return `${[header, ...functions, ...helpers].join("\n\n")}\n`;
}
