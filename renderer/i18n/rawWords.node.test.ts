import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const renderer = new URL('..', import.meta.url).pathname;

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'testing' ? [] : sourceFiles(path);
    return /\.tsx?$/.test(entry.name) && !isTest.test(entry.name) ? [path] : [];
  });
}
const tsxFiles = (folder: string): string[] => sourceFiles(folder).filter((path) => path.endsWith('.tsx'));

const isTest = /\.test\.tsx?$/;

/** Names and signs that are the same in every language. */
const allowed = /^(Framewright|Aa|CRF|fps|dB|[A-Z]|[\d\s.,:;·×≈%°/()–—…<>+\-'"!?&#]*)$/;

/**
 * Words between tags, and in the attributes that are read or shown. Only letters count; expressions in braces are code.
 * A crude reader, yet it fails on `<p>Hello</p>` and on `label="Hello"`.
 */
export function rawWords(source: string): string[] {
  const code = source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/=>/g, '');
  const found: string[] = [];
  for (const [, text] of code.matchAll(/<\w[^<>{}]*(?:\{[^{}]*\}[^<>{}]*)*>([^<>{}\n]*[\p{L}]{2,}[^<>{}\n]*)<\//gu)) {
    if (!/[;=`]|&&|\|\|/.test(text!) && !allowed.test(text!.trim())) found.push(text!.trim());
  }
  for (const [, text] of code.matchAll(
    /\s(?:label|title|placeholder|aria-label|alt|closeLabel|valueText)="([^"]*)"/g,
  )) {
    if (!allowed.test(text!.trim())) found.push(text!);
  }
  return found;
}

/** Units of time that stand after a value in code, where a Chinese window would show them in English. */
export function rawUnits(source: string): string[] {
  const unit = /\}\s(?:s|min|h|ms)(?=[`'"<\s,)]|\$)|\bunit="(?:s|min|h)"/;
  return source.split('\n').filter((line) => !/^\s*(?:\/\/|\*|\/\*)/.test(line) && unit.test(line));
}

it('the reader sees raw words, and does not see translated ones', () => {
  expect(rawWords('<p className="a">Hello there</p>')).toEqual(['Hello there']);
  expect(rawWords('<IconButton icon={X} label="Close" />')).toEqual(['Close']);
  expect(rawWords("<p>{t('hello')}</p><b>×</b><h1>Framewright</h1>")).toEqual([]);
});

it.each(tsxFiles(renderer).map((path) => path.slice(renderer.length)))('%s has its words in i18n', (path) => {
  expect(rawWords(readFileSync(join(renderer, path), 'utf8'))).toEqual([]);
});

it('units of time are in i18n', () => {
  expect(rawUnits('label={`${seconds} s`}')).toHaveLength(1);
  expect(rawUnits('<span>{seconds} s</span>\n<NumberField unit="s" />')).toHaveLength(2);
  expect(rawUnits("t('units.seconds', { n: seconds })")).toEqual([]);
  const found = sourceFiles(renderer).flatMap((path) =>
    rawUnits(readFileSync(path, 'utf8')).map((line) => `${path.slice(renderer.length)}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
