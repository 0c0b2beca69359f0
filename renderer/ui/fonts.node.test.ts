import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

it('names the shipped faces as their packages register them', () => {
  const registered = ['inter', 'noto-sans-sc'].map(
    (name) => /font-family: '([^']+)'/.exec(read(`../../node_modules/@fontsource-variable/${name}/index.css`))?.[1],
  );
  const asked = /--font-ui:\s*([^;]+);/.exec(read('./tokens.css'))?.[1] ?? '';
  expect(
    asked
      .split(',')
      .slice(0, 2)
      .map((family) => family.trim().replaceAll("'", '')),
  ).toEqual(registered);
});
