import { describe, expect, test } from 'vitest';
import { importCircles, importsOf, undocumentedExports, wideLines } from './sourceRules.js';

describe('import circles', () => {
  test('types and dynamic imports count, comments do not', () => {
    const text = [
      "import type { A } from './a.ts';",
      "export { b } from '../b.ts';",
      "const c = await import('./c.ts');",
      "// import { d } from './d.ts';",
      "/* import { e } from './e.ts'; */",
      "import { readFile } from 'node:fs/promises';",
    ].join('\n');
    expect(importsOf(text)).toEqual(['./a.ts', '../b.ts', './c.ts']);
  });

  test('each circle is found once, with all its files', () => {
    const sources = new Map([
      ['x/a.ts', "import './b.ts';"],
      ['x/b.ts', "import type { C } from '../c.ts';"],
      ['c.ts', "import { a } from './x/a.ts';"],
      ['alone.ts', "import './alone.ts';"],
      ['straight.ts', "import './c.ts';"],
    ]);
    expect(importCircles(sources).toSorted()).toEqual([['alone.ts'], ['c.ts', 'x/a.ts', 'x/b.ts']]);
  });
});

test('lines over 120 columns count, unless they are one literal', () => {
  const long = 'x'.repeat(130);
  expect(wideLines(`short\nconst a = f(${long});\n  key: '${long}',\n'${long}'`)).toEqual([2]);
});

test('exported values need a doc comment right above; types do not', () => {
  const text = [
    '/** Has one. */',
    'export const a = 1;',
    'export function b() {}',
    '/** Far away. */',
    '',
    'export class C {}',
    'export interface D {}',
    'export type E = string;',
  ].join('\n');
  expect(undocumentedExports(text)).toEqual(['b', 'C']);
});
