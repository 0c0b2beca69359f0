import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const renderer = new URL('..', import.meta.url).pathname;

function tsxFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'testing' ? [] : tsxFiles(path);
    return entry.name.endsWith('.tsx') && !entry.name.endsWith('.test.tsx') ? [path] : [];
  });
}

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

it('the reader sees raw words, and does not see translated ones', () => {
  expect(rawWords('<p className="a">Hello there</p>')).toEqual(['Hello there']);
  expect(rawWords('<IconButton icon={X} label="Close" />')).toEqual(['Close']);
  expect(rawWords("<p>{t('hello')}</p><b>×</b><h1>Framewright</h1>")).toEqual([]);
});

it.each(tsxFiles(renderer).map((path) => path.slice(renderer.length)))('%s has its words in i18n', (path) => {
  expect(rawWords(readFileSync(join(renderer, path), 'utf8'))).toEqual([]);
});
