/** Files of strangers are refused with a reason or imported harmlessly, whatever they are. */
import { expect, it } from 'vitest';
import { expectHarmless } from './testing/expectHarmless.node.ts';
import { hostileFiles } from './testing/hostileFiles.node.ts';
import { runHostile } from './testing/hostileRun.node.ts';
import { isLong } from '../../time/testing/longTests.node.ts';

// every third of them in `npm test`, each kind among them
const chosen = (paths: string[]) => (isLong ? paths : paths.filter((_, index) => index % 3 === 0));

it('hostile files: none writes, asks or kills', async () => {
  const { figures, done, written } = await runHostile((...where) => chosen(hostileFiles(...where)));
  expectHarmless({ figures, done, written });
  expect(figures.tried).toBeGreaterThanOrEqual(isLong ? 60 : 30);
  const imported = done.filter(({ outcome }) => outcome === 'imported').map(({ path }) => path);
  expect(imported.filter((path) => /\/(playlists|subtitles|archives|files)\//.test(path))).toEqual([]);
  // a strange name is no reason to refuse a film
  const refused = done.filter(({ path, outcome }) => path.includes('/names/') && outcome === 'refused');
  expect(refused).toEqual([]);
}, 1_800_000);
