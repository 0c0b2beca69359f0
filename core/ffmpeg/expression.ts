/** Expressions that ffmpeg evaluates (ffmpeg-utils, 'Expression Evaluation'), built from numbers and known names. */

// prettier-ignore
const variables = [
  // timestamps
  'N', 'n', 'PTS', 'STARTPTS', 'SR', 'TB', 'T', 't',
  // pixels and sizes
  'X', 'Y', 'W', 'H', 'iw', 'ih', 'in_w', 'in_h', 'out_w', 'out_h', 'ow', 'oh', 'dar', 'val',
  // values of two pictures in lut2
  'x', 'y',
  // channels
  'nb_channels',
] as const;
// prettier-ignore
const functions = [
  'if', 'between', 'lt', 'lte', 'gt', 'gte', 'eq', 'not', 'min', 'max', 'clip', 'abs', 'floor', 'ceil', 'round',
  'trunc', 'mod', 'pow', 'sqrt', 'sin', 'cos', 'val', 'r', 'g', 'b', 'alpha', 'lum', 'cb', 'cr', 'p',
  // registers, and words for the log
  'ld', 'st', 'print',
] as const;

/** Values that filters know by name; which of them depends on the filter. */
export type VariableName = (typeof variables)[number];
/** Functions of ffmpeg's expressions, and of `geq` and `aeval`. */
export type FunctionName = (typeof functions)[number];
/** A number stands for itself. */
export type Operand = number | Expression;

/** How tightly the outermost operator binds. */
const strengths = { sum: 1, product: 2, atom: 3 } as const;

/** A checked expression. Only the functions of this file make one. */
export class Expression {
  readonly #text: string;
  readonly #strength: number;

  /** @internal Use `variable`, `call`, `add`, `subtract`, `multiply` and `divide`. */
  constructor(key: typeof makerKey, text: string, strength: number) {
    if (key !== makerKey) throw new TypeError('Expressions are built from numbers and known names only.');
    this.#text = text;
    this.#strength = strength;
  }

  /** The text as an operand, in parentheses where its own operator binds less tightly than needed. */
  within(needed: number): string {
    return this.#strength >= needed ? this.#text : `(${this.#text})`;
  }

  toString(): string {
    return this.#text;
  }
}

const makerKey = Symbol('expression');

/** A value that the filter knows by name, like the frame's number `N` or the time `t`. */
export function variable(name: VariableName): Expression {
  if (!variables.includes(name)) throw new TypeError(`'${String(name)}' is not a variable of ffmpeg's expressions.`);
  return new Expression(makerKey, name, strengths.atom);
}

/** A number as an expression. */
export function constant(value: number): Expression {
  return expressionOf(value);
}

/** A function of ffmpeg's, like `between(t, 1, 2)`. */
export function call(name: FunctionName, ...operands: readonly Operand[]): Expression {
  if (!functions.includes(name)) throw new TypeError(`'${String(name)}' is not a function of ffmpeg's expressions.`);
  const given = operands.map((operand) => expressionOf(operand).toString());
  return new Expression(makerKey, `${name}(${given.join(',')})`, strengths.atom);
}

/** The sum of all operands. */
export function add(...operands: readonly [Operand, ...Operand[]]): Expression {
  return joined('+', operands, strengths.sum);
}

/** The first operand less the second. */
export function subtract(from: Operand, less: Operand): Expression {
  return joined('-', [from, less], strengths.sum);
}

/** The product of all operands. */
export function multiply(...operands: readonly [Operand, ...Operand[]]): Expression {
  return joined('*', operands, strengths.product);
}

/** The first operand over the second. */
export function divide(over: Operand, by: Operand): Expression {
  return joined('/', [over, by], strengths.product);
}

function joined(operator: string, operands: readonly Operand[], strength: number): Expression {
  // a - (b - c): only the first operand may go without parentheses at equal strength
  const texts = operands.map((operand, index) => expressionOf(operand).within(index === 0 ? strength : strength + 1));
  return new Expression(makerKey, texts.join(operator), strength);
}

function expressionOf(operand: Operand): Expression {
  if (operand instanceof Expression) return operand;
  const text = decimal(operand);
  return new Expression(makerKey, operand < 0 ? `(${text})` : text, strengths.atom);
}

/** A number without an exponent. Throws RangeError for anything that is not finite or has more than 21 digits. */
export function decimal(value: number): string {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) >= 1e21)
    throw new RangeError(`A filter needs a finite number, not ${String(value)}.`);
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '').replace(/\.$/, '') : text;
}
