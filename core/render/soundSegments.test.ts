import { expect, it } from 'vitest';
import { gainAt, soundSegments } from './soundSegments.ts';
import { scene, seconds, type Scene } from './testing.ts';

const heard = ({ document, sequence }: Scene, from = 0, length = 100) =>
  soundSegments(document, sequence.id, { startTicks: seconds(from), durationTicks: seconds(length) });

it('comes from audio tracks, cut to the range and to what the source has', () => {
  const s = scene();
  s.add('picture', 0, 4);
  const clip = s.add('speech', 2, 12, { sourceInTicks: seconds(1) });
  expect(heard(s)).toMatchObject([
    { clipId: clip.id, startTicks: seconds(2), durationTicks: seconds(9), sourceInTicks: seconds(1) },
  ]);
  expect(heard(s, 4, 1)).toMatchObject([
    { startTicks: seconds(4), durationTicks: seconds(1), sourceInTicks: seconds(3) },
  ]);
  expect(heard(s, 20, 1)).toEqual([]);
});

it('is silent where a handle has no material, where the picture holds a frame', () => {
  const s = scene();
  const a = s.add('music', 0, 2);
  const b = s.add('music', 2, 2);
  s.crossfade(a, b, 1);
  expect(heard(s)[1]).toMatchObject({ startTicks: seconds(2), sourceInTicks: 0 });
});

it('muted tracks and silent clips are left out; solo leaves only the soloed', () => {
  const s = scene();
  const a = s.add('music', 0, 1);
  const b = s.add('foley', 0, 1);
  s.add('ambience', 0, 1, { volumeDb: -96 });
  const ids = () => heard(s).map((segment) => segment.clipId);
  expect(ids().toSorted()).toEqual([a.id, b.id].toSorted());
  s.track('music').muted = true;
  expect(ids()).toEqual([b.id]);
  s.track('music').muted = false;
  s.track('music').solo = true;
  expect(ids()).toEqual([a.id]);
});

it('gain is clip times track, in straight lines through fades', () => {
  const s = scene();
  s.track('music').gainDb = -6.0206;
  s.add('music', 0, 4, { volumeDb: 6.0206, fadeInTicks: seconds(1), fadeOutTicks: seconds(2) });
  const [segment] = heard(s);
  expect([0, 0.5, 1, 2, 3, 4].map((t) => Math.round(gainAt(segment!, seconds(t)) * 1000) / 1000)).toEqual([
    0, 0.5, 1, 1, 0.5, 0,
  ]);
  // a range that begins inside of a fade begins at the fade's value
  expect(gainAt(heard(s, 3, 1)[0]!, 0)).toBeCloseTo(0.5, 5);
});

it('a crossfade keeps the power: both sides together are 1 at every moment', () => {
  const s = scene();
  const a = s.add('music', 0, 2, { sourceInTicks: seconds(2) });
  const b = s.add('music', 2, 2, { sourceInTicks: seconds(2) });
  s.crossfade(a, b, 1);
  const [from, to] = heard(s);
  expect(from).toMatchObject({ durationTicks: seconds(2.5) });
  expect(to).toMatchObject({ startTicks: seconds(1.5), sourceInTicks: seconds(1.5) });
  for (const t of [1.5, 1.6, 1.85, 2, 2.3, 2.5]) {
    const power = gainAt(from!, seconds(t)) ** 2 + gainAt(to!, seconds(t - 1.5)) ** 2;
    expect(power).toBeCloseTo(1, 1);
  }
});

it('speed reads more source; backwards, the part that is heard first lies last', () => {
  const s = scene();
  s.add('music', 0, 2, { sourceInTicks: seconds(1), speed: { num: 2, den: 1 } });
  expect(heard(s, 1, 1)[0]).toMatchObject({ sourceInTicks: seconds(3), speed: { num: 2, den: 1 } });
  s.track('music').clips[0]!.reversed = true;
  expect(heard(s, 0, 1)[0]).toMatchObject({ sourceInTicks: seconds(3), reversed: true });
});

it('a clip plays the sound stream that was chosen for it, the first where none was', () => {
  const s = scene();
  s.add('speech', 0, 1);
  s.add('speech', 1, 1, { soundStream: 3 });
  expect(heard(s).map(({ streamIndex }) => streamIndex)).toEqual([undefined, 3]);
});
