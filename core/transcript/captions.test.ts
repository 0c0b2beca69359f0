/** Captions of two short lines, and the files they are written to. */
import { expect, test } from 'vitest';
import type { HeardWord } from '../contract/transcript.ts';
import { ticksPerSecond } from '../time/ticks.ts';
import { captionsOf } from './captions.ts';
import { toPlainText, toSubRip, toWebVtt } from './textFiles.ts';

/** Words of a third of a second; '|' is a pause of a second. */
function said(text: string, spaced = true): HeardWord[] {
  let at = 0;
  return (spaced ? text.split(' ') : [...text]).flatMap((word) => {
    if (word === '|') {
      at += 1;
      return [];
    }
    const from = at;
    at += 1 / 3;
    const ticks = (seconds: number) => Math.round(seconds * ticksPerSecond);
    return [{ text: word, spaced, fromTicks: ticks(from), toTicks: ticks(at), probability: 1 }];
  });
}

test('captions end with sentences and at pauses, and break into lines of about the same length', () => {
  const captions = captionsOf(
    said('We went home. Nobody | saw us there and the lamps along the river were all lit again by then'),
  );
  expect(captions.map(({ text }) => text)).toEqual([
    'We went home.',
    'Nobody',
    'saw us there and the lamps along\nthe river were all lit again by then',
  ]);
  for (const [i, { fromTicks }] of captions.entries())
    if (i > 0) expect(fromTicks).toBeGreaterThanOrEqual(captions[i - 1]!.toTicks);
});

test('no line is too long and no caption stays over six seconds', () => {
  const captions = captionsOf(said(Array.from({ length: 90 }, (_, i) => `word${i}`).join(' ')));
  for (const { text, fromTicks, toTicks } of captions) {
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(42 + 8);
    expect(toTicks - fromTicks).toBeLessThanOrEqual(6 * ticksPerSecond + 1);
  }
  const chinese = captionsOf(said('我们今天在河边看到了很多人他们都在等船可是船一直没有来所以大家就回家了', false));
  for (const { text } of chinese) for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(17);
});

test('a short caption stays long enough to be read, but not into the next one', () => {
  const [first, second] = captionsOf(said('No. | | Yes. We do.'));
  expect(first!.toTicks - first!.fromTicks).toBe(1.2 * ticksPerSecond);
  expect(second!.toTicks).toBe(second!.fromTicks + Math.round(ticksPerSecond / 3));
});

test('SubRip, WebVTT and plain text', () => {
  const words = said('Salt & <pepper>. | | | Go.');
  expect(toSubRip(words)).toBe(
    '1\n00:00:00,000 --> 00:00:01,200\nSalt & <pepper>.\n\n2\n00:00:04,000 --> 00:00:05,200\nGo.\n',
  );
  expect(toWebVtt(words)).toContain('00:00:00.000 --> 00:00:01.200\nSalt &amp; &lt;pepper>.\n');
  expect(toPlainText(words)).toBe('Salt & <pepper>.\n\nGo.\n');
});
