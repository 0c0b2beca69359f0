/** When a music take is out of date: only where the user chose another SoundFont since. */
import { expect, test } from 'vitest';
import type { ProjectDocument } from '../../document/schema.ts';
import { musicHash } from './musicHash.node.ts';

const hashBy = (soundFont: string | null): string => `music played by ${soundFont ?? 'anyone'}`;
const take = (requestHash: string): ProjectDocument =>
  ({ takes: { t1: { id: 't1', requestHash } } }) as unknown as ProjectDocument;

async function isStale(takeHash: string, ownChoice: string | null, instruments?: object): Promise<boolean> {
  const readRecipe = async () => ({ ...(instruments === undefined ? {} : { instruments }) });
  return (await musicHash({ document: take(takeHash), takeHash, ownChoice, hashBy, readRecipe })) !== takeHash;
}

test('what Framewright picked by itself is up to date on every machine, whoever played there', async () => {
  expect(await isStale(hashBy(null), null, { kind: 'soundFont', sha256: 'a', chosen: false })).toBe(false);
  expect(await isStale(hashBy(null), null, { kind: 'builtIn' })).toBe(false);
  expect(await isStale(hashBy(null), null)).toBe(false);
});

test('choosing a SoundFont, choosing another and removing it each put music out of date', async () => {
  const chosen = { kind: 'soundFont', sha256: 'a', chosen: true };
  expect(await isStale(hashBy(null), 'a')).toBe(true);
  expect(await isStale(hashBy('a'), 'a', chosen)).toBe(false);
  expect(await isStale(hashBy('a'), 'b', chosen)).toBe(true);
  expect(await isStale(hashBy('a'), null, chosen)).toBe(true);
});

test('an older take, whose hash counts any SoundFont, is up to date until the user chooses one', async () => {
  const older = { kind: 'soundFont', sha256: 'a' };
  expect(await isStale(hashBy('a'), null, older)).toBe(false);
  expect(await isStale(hashBy('a'), 'b', older)).toBe(true);
  // another request than the one the take was made for
  expect(await isStale('other words', null, older)).toBe(true);
  const unreadable = { document: take(hashBy('a')), takeHash: hashBy('a'), ownChoice: null, hashBy };
  const readRecipe = () => Promise.reject(new Error('gone'));
  expect(await musicHash({ ...unreadable, readRecipe })).toBe(hashBy(null));
});
