import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import packsInChinese from './packsInChinese.json' with { type: 'json' };

interface Texts {
  readonly name: string;
  readonly can: readonly string[];
  readonly cannot: readonly string[];
}
const textsOf = (pack: string) =>
  JSON.parse(
    readFileSync(new URL(`../../models/packs/${pack}/manifest.json`, import.meta.url).pathname, 'utf8'),
  ) as Texts;

it('the packs that come with the editor have their names and abilities in Chinese', () => {
  const { name, can, cannot } = textsOf('starter');
  const texts = [name, ...can, ...cannot, textsOf('footage').name];
  expect(
    texts.filter((text) => !/\p{Script=Han}/u.test((packsInChinese as Readonly<Record<string, string>>)[text] ?? '')),
  ).toEqual([]);
});
