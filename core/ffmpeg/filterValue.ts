/** Values of filter options. Plain text is data wherever it stands: it is escaped for both of ffmpeg's parsers. */
import type { Size } from '../render/place.ts';
import type { Rate } from '../time/ticks.ts';
import { decimal, Expression } from './expression.ts';

/** A string is an identifier ('bicubic', 'yuv420p', 'arib-std-b67'); free text goes through `text`. */
export type FilterValue = number | boolean | string | Rate | Size | Expression | CheckedValue;

/**
 * A value whose text is known to be what its maker says. Options of outputs cross to the inference process: the field
 * is one that a structured clone keeps; it would lose `#text`, and loses the class.
 */
export class CheckedValue {
  private readonly checkedText: string;

  /** @internal Use the functions of this file. */
  constructor(key: typeof makerKey, value: string) {
    if (key !== makerKey) throw new TypeError('Values of filters are made by functions that check them.');
    this.checkedText = value;
  }

  /** Also of a clone. */
  static textOf({ checkedText }: CheckedValue): string {
    return checkedText;
  }

  toString(): string {
    return this.checkedText;
  }
}

const makerKey = Symbol('value');
const identifierPattern = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

function checked(value: string): CheckedValue {
  return new CheckedValue(makerKey, value);
}

function identifier(value: string): string {
  if (!identifierPattern.test(value)) throw new TypeError(`'${value}' is not an identifier: pass text by text().`);
  return value;
}

/** Any text, paths included. Throws TypeError for a NUL character, which no program can be given. */
export function text(value: string): CheckedValue {
  if (value.includes('\0')) throw new TypeError('Text for ffmpeg must not contain NUL characters.');
  return checked(value);
}

/** Switches that hold together: 'bicubic+accurate_rnd'. */
export function flags(...names: readonly [string, ...string[]]): CheckedValue {
  return checked(names.map(identifier).join('+'));
}

/** Alternatives or items: 'yuv420p|yuv422p', one expression a channel. */
export function list(...values: readonly [string | Expression, ...(string | Expression)[]]): CheckedValue {
  return checked(values.map((value) => (value instanceof Expression ? String(value) : identifier(value))).join('|'));
}

/** Seconds, to the microsecond: ffmpeg cuts further digits off. */
export function seconds(value: number): CheckedValue {
  return checked(decimal(Number(decimalPlaces(value, 6))));
}

/** A named colour, or '#rrggbb', with an opacity of 0..1. */
export function colour(name: string, opacity = 1): CheckedValue {
  if (!/^(#[0-9a-f]{6}|[A-Za-z]+)$/i.test(name)) throw new TypeError(`'${name}' is not a colour.`);
  return checked(opacity === 1 ? name : `${name}@${decimal(opacity)}`);
}

/** What `pan` takes: the layout, then each channel as a weighted sum of the input's channels. */
export function panning(
  layout: 'mono' | 'stereo',
  channels: Readonly<Record<string, readonly { readonly channel: number; readonly gain: number }[]>>,
): CheckedValue {
  const sums = Object.entries(channels).map(([name, parts]) => {
    const sum = parts.map(({ channel, gain }) => `${gain === 1 ? '' : `${decimal(gain)}*`}c${index(channel)}`);
    return `${identifier(name)}=${sum.join('+')}`;
  });
  return checked([layout, ...sums].join('|'));
}

/** A whole number from 0. Throws RangeError for anything else, strings that look like one included. */
export function index(value: number): string {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`A whole number from 0 is needed, not ${String(value)}.`);
  return String(value);
}

/** The value's text before escaping. */
export function plainValue(value: FilterValue): string {
  if (typeof value === 'string') return identifier(value);
  if (typeof value === 'number') return decimal(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Expression) return value.toString();
  if ('checkedText' in value) return text(CheckedValue.textOf(value)).toString();
  if ('num' in value) return `${index(value.num)}/${index(value.den)}`;
  return `${index(value.width)}x${index(value.height)}`;
}

/**
 * Escapes a value for the filter's own parser, then for the graph's (ffmpeg-filters, 'Notes on filtergraph escaping').
 * White space is escaped too: both parsers would trim it at the ends.
 */
export function escapeValue(value: string): string {
  const forOption = value.replace(/[\\':\s]/g, String.raw`\$&`);
  return forOption.replace(/[\\'[\],;\s]/g, String.raw`\$&`);
}

function decimalPlaces(value: number, places: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`A filter needs a finite number, not ${String(value)}.`);
  return value.toFixed(places);
}
