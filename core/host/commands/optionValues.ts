/** Parses option values. A value that cannot be read is a mistake in usage: exit code 2. */
import { InvalidArgumentError } from 'commander';
import type { FileMask } from '../../engine/generation/fileGeneration.ts';

/** A parser for options that take a number in a range, both ends included. */
export function numberBetween(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < minimum || value > maximum) {
      throw new InvalidArgumentError(`It must be a number from ${minimum} to ${maximum}.`);
    }
    return value;
  };
}

/** A parser for options that take a whole number in a range, both ends included. */
export function integerBetween(minimum: number, maximum: number): (text: string) => number {
  const read = numberBetween(minimum, maximum);
  return (text) => {
    const value = read(text);
    if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
    return value;
  };
}

/** '640x360' */
export function readSize(text: string): { width: number; height: number } {
  const match = /^(\d{2,4})x(\d{2,4})$/.exec(text);
  const width = Number(match?.[1]);
  const height = Number(match?.[2]);
  if (!match || width % 2 !== 0 || height % 2 !== 0 || width < 16 || height < 16) {
    throw new InvalidArgumentError('It must be WIDTHxHEIGHT in even pixels from 16 to 9998, like 640x360.');
  }
  return { width, height };
}

/** '2-5.5', seconds. */
export function readRange(text: string): { fromSeconds: number; toSeconds: number } {
  const match = /^\s*(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)\s*$/.exec(text);
  const fromSeconds = Number(match?.[1]);
  const toSeconds = Number(match?.[2]);
  if (!match || !(toSeconds > fromSeconds))
    throw new InvalidArgumentError('It must be FROM-TO in seconds, like 2-5.5.');
  return { fromSeconds, toSeconds };
}

/** 'box:x,y,w,h' in pixels of the input, or an image or video whose white pixels are regenerated. */
export function readMask(text: string): FileMask {
  if (!text.startsWith('box:')) return { kind: 'file', path: text };
  const numbers = text
    .slice(4)
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [x, y, width, height] = numbers;
  if (
    numbers.length !== 4 ||
    numbers.some((value) => !Number.isFinite(value) || value < 0) ||
    !(width! > 0 && height! > 0)
  ) {
    throw new InvalidArgumentError('A box is box:x,y,width,height in pixels of the input.');
  }
  return { kind: 'box', x: x!, y: y!, width: width!, height: height! };
}

/** A parser for options that can be given several times: keeps every value in order. */
export function collect(text: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, text];
}

/** 'remove the sign' removes, 'add a hat' adds; anything else describes the replacement. */
export function editOf(instruction: string): 'replace' | 'add' | 'remove' {
  const [, verb = ''] = /^\s*(?:please\s+)?(take (?:out|away)|get rid|[a-z]+)/i.exec(instruction) ?? [];
  if (/^(remove|erase|delete|take out|take away|get rid)$/i.test(verb)) return 'remove';
  return /^(add|insert|put|place)$/i.test(verb) ? 'add' : 'replace';
}
