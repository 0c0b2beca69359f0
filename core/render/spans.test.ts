import { expect, it } from 'vitest';
import { chunksOf, framesOf, shownWindows, spansOf } from './spans.ts';
import { scene, seconds, type Scene } from './testing.ts';
import { pictureWindows } from './windows.ts';

function spans({ document, sequence }: Scene, from: number, length: number) {
  const range = framesOf({ startTicks: seconds(from), durationTicks: seconds(length) }, sequence.rate);
  return spansOf(shownWindows(pictureWindows(document, sequence), sequence.rate), range, sequence);
}

it('spans cover the range without holes, gaps as spans of nothing', () => {
  const s = scene();
  s.add('picture', 1, 1);
  const all = spans(s, 0, 3);
  expect(all.map((span) => [span.startFrame, span.endFrame, span.shown.length])).toEqual([
    [0, 30, 0],
    [30, 60, 1],
    [60, 90, 0],
  ]);
});

it('what an opaque full frame hides is left out, and comes back while that fades', () => {
  const s = scene();
  const below = s.add('picture', 0, 2);
  const above = s.add('overlay', 0, 2, { fadeOutTicks: seconds(1) });
  expect(spans(s, 0, 2).map((span) => span.shown.map((each) => each.window.clip.id))).toEqual([
    [above.id],
    [below.id, above.id],
  ]);
});

it('a thousand clips are cut into chunks of few, every frame in exactly one', () => {
  const s = scene();
  for (let index = 0; index < 1000; index++) s.add('picture', index, 1);
  const chunks = chunksOf(spans(s, 0, 1000), { mostWindows: 24, mostReversedFrames: 100 });
  expect(chunks.length).toBe(Math.ceil(1000 / 24));
  expect(chunks.reduce((end, chunk) => (chunk.startFrame === end ? end + chunk.frameCount : Number.NaN), 0)).toBe(
    30000,
  );
});

it('stretches that run backwards are cut short, since all their frames are held', () => {
  const s = scene();
  s.add('picture', 0, 10, { reversed: true });
  const chunks = chunksOf(spans(s, 0, 10), { mostWindows: 24, mostReversedFrames: 64 });
  expect(Math.max(...chunks.map((chunk) => chunk.frameCount))).toBe(64);
  expect(chunks.reduce((sum, chunk) => sum + chunk.frameCount, 0)).toBe(300);
});
