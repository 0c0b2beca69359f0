import { expect, it } from 'vitest';
import { longestTarget, parseTarget } from './requestTarget.ts';

const targetOf = (text: string) => {
  const parsed = parseTarget(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.target;
};

it('splits an address into path and query', () => {
  const target = targetOf('/files/a%20b?name=x%2Fy&name=z');
  expect([target.path, target.decodedPath]).toEqual(['/files/a%20b', '/files/a b']);
  expect(target.query.getAll('name')).toEqual(['x/y', 'z']);
});

it('resolves dot segments, however they are written', () => {
  expect(targetOf('/a/../../b').path).toBe('/b');
  expect(targetOf('/%2e%2e/b').path).toBe('/b');
  expect(targetOf('/a\\..\\b').path).toBe('/b');
});

it('refuses everything else with a reason, and never throws', () => {
  const refused = [
    undefined,
    '',
    '*',
    'a',
    '//',
    '//evil.example/a',
    '/\\evil.example',
    '\\\\server\\share',
    'http://127.0.0.1/',
    '/%',
    '/%zz',
    '/%c3%28',
    '/%00',
    '/a%0d%0ab',
    `/${'a'.repeat(longestTarget)}`,
  ];
  for (const text of refused) expect(parseTarget(text), String(text)).toMatchObject({ ok: false });
});
