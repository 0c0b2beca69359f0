import { expect, it } from 'vitest';
import { createClip } from '../document/create.ts';
import { frameAtTicks } from '../time/ticks.ts';
import type { PictureLayer } from './layers.ts';
import { pictureAt } from './pictureAt.ts';
import { scene, seconds, type Scene } from './testing.ts';

const at = ({ document, sequence }: Scene, second: number) => pictureAt(document, sequence.id, seconds(second)).layers;
const frameOf = (layer: unknown) => frameAtTicks((layer as PictureLayer).sourceTicks, { num: 30, den: 1 });

it('shows the source frame that belongs to the tick, sampled inside of the frame rather than at its edge', () => {
  const s = scene();
  s.add('picture', 1, 2, { sourceInTicks: seconds(3) });
  const [layer] = at(s, 1.5);
  expect(frameOf(layer)).toBe(105);
  expect((layer as PictureLayer).sourceTicks - seconds(3.5)).toBeGreaterThan(seconds(0.4 / 30));
  expect(at(s, 0.99)).toEqual([]);
  expect(at(s, 3)).toEqual([]);
});

it('a playhead inside of a frame sees that frame', () => {
  const s = scene();
  s.add('picture', 0, 2, { fadeInTicks: seconds(1) });
  expect(at(s, 0.5 + 0.9 / 30)).toEqual(at(s, 0.5));
});

it('speed and direction map time; backwards, the last frame of the range comes first', () => {
  const s = scene();
  s.add('picture', 0, 1, { sourceInTicks: seconds(1), speed: { num: 2, den: 1 } });
  s.add('overlay', 0, 1, { sourceInTicks: seconds(1), reversed: true });
  expect(at(s, 0.5).map(frameOf)).toEqual([60, 44]);
  expect(at(s, 0).map(frameOf)).toEqual([30, 59]);
});

it('frames that are no whole number of ticks are not one off', () => {
  const rate = { num: 54000, den: 1801 };
  const s = scene(rate);
  const clip = s.add(
    'picture',
    0,
    8,
    {},
    { video: { width: 1280, height: 720, rate, codec: 'h264', rotationDegrees: 0, hasAlpha: false } },
  );
  clip.sourceInTicks = Math.ceil((7 * 1801 * 705_600_000) / 54000);
  for (const frame of [0, 1, 2, 50, 101, 200]) {
    const layer = pictureAt(s.document, s.sequence.id, Math.ceil((frame * 1801 * 705_600_000) / 54000)).layers[0];
    expect(frameAtTicks((layer as PictureLayer).sourceTicks, rate)).toBe(frame + 7);
  }
});

it('is clamped to the source: before its start the first frame, behind its end the last', () => {
  const s = scene();
  const a = s.add('picture', 0, 2);
  const b = s.add('picture', 2, 9);
  s.crossfade(a, b, 1);
  expect(frameOf(at(s, 1.6)[1])).toBe(0);
  s.document.media['m1']!.durationTicks = seconds(3);
  expect(frameOf(at(s, 9)[0])).toBe(89);
});

it('a crossfade is centred on the cut; the incoming picture comes up over the outgoing one, which stays whole', () => {
  const s = scene();
  const a = s.add('picture', 0, 2);
  const b = s.add('picture', 2, 2);
  s.crossfade(a, b, 1);
  expect(at(s, 1.4).map((layer) => layer.clipId)).toEqual([a.id]);
  expect(at(s, 2.2).map((layer) => [layer.clipId, Math.round(layer.opacity * 100)])).toEqual([
    [a.id, 100],
    [b.id, 70],
  ]);
  expect(at(s, 2.5).map((layer) => layer.clipId)).toEqual([b.id]);
});

it('an outgoing picture that the incoming one does not cover fades out in the second half of the crossfade', () => {
  const s = scene();
  const a = s.add('picture', 0, 2);
  const b = s.add(
    'picture',
    2,
    2,
    {},
    {
      video: { width: 720, height: 720, rate: { num: 30, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false },
    },
  );
  s.crossfade(a, b, 1);
  expect(at(s, 2)[0]!.opacity).toBe(1);
  expect(at(s, 2.4)[0]!.opacity).toBeCloseTo(0.2, 5);
});

it('a crossfade takes the place of the fade at its edge; fades multiply the opacity', () => {
  const s = scene();
  const a = s.add('picture', 0, 2, { fadeOutTicks: seconds(1), fadeInTicks: seconds(1), opacity: 0.5 });
  expect(at(s, 0.5)[0]!.opacity).toBeCloseTo(0.25, 5);
  expect(at(s, 1.5)[0]!.opacity).toBeCloseTo(0.25, 5);
  s.crossfade(a, s.add('picture', 2, 2, {}), 0.2);
  expect(at(s, 1.5)[0]!.opacity).toBeCloseTo(0.5, 5);
});

it('pictures are fitted whole and centred, then moved, scaled and turned', () => {
  const s = scene();
  s.add(
    'picture',
    0,
    1,
    { transform: { x: 10, y: -20, scale: 0.5, rotationDegrees: 30 } },
    {
      video: {
        width: 1000,
        height: 1000,
        rate: { num: 30, den: 1 },
        codec: 'h264',
        rotationDegrees: 0,
        hasAlpha: false,
      },
    },
  );
  expect(at(s, 0)[0]).toMatchObject({ centreX: 650, centreY: 340, width: 360, height: 360, rotationDegrees: 30 });
});

it('hidden tracks and disabled clips show nothing; tracks lie back to front', () => {
  const s = scene();
  const a = s.add('picture', 0, 1);
  const b = s.add('overlay', 0, 1);
  expect(at(s, 0).map((layer) => layer.clipId)).toEqual([a.id, b.id]);
  s.track('overlay').hidden = true;
  expect(at(s, 0).map((layer) => layer.clipId)).toEqual([a.id]);
  a.enabled = false;
  expect(at(s, 0)).toEqual([]);
});

it('an active take is shown in place of the reference, its own time counted from where it was made', () => {
  const s = scene();
  const clip = s.add('picture', 0, 2, { sourceInTicks: seconds(4) });
  const take = s.take(clip, { sourceStartTicks: seconds(3.5) });
  expect(at(s, 1)[0]).toMatchObject({ source: { kind: 'take', id: take.id } });
  expect(frameOf(at(s, 1)[0])).toBe(45);
  clip.generation!.activeTakeId = null;
  expect(at(s, 1)[0]).toMatchObject({ source: { kind: 'media' } });
});

it('a generated clip without a take is pending; sound without a picture is no layer', () => {
  const s = scene();
  s.track('picture').clips.push(createClip('new', { kind: 'generated' }, 0, seconds(1)));
  s.add('overlay', 0, 1, {}, { kind: 'audio', video: null });
  expect(at(s, 0).map((layer) => layer.kind)).toEqual(['pending']);
});

const box = { x: 320, y: 180, width: 640, height: 180 };
const over = (kind: 'media' | 'take', id: string, startSeconds: number) => ({
  over: { kind, id, startTicks: seconds(startSeconds) },
  picture: { width: 1280, height: 720 },
  box,
});

it('an active patch shows its source, frame for frame, and the patch over it in fractions of the picture', () => {
  const s = scene();
  const clip = s.add('picture', 0, 2, { sourceInTicks: seconds(4) });
  const take = s.take(clip, {
    sourceStartTicks: seconds(3.5),
    durationTicks: seconds(3),
    patch: over('media', 'm0', 3.5),
  });
  const [layer] = at(s, 1);
  expect(layer).toMatchObject({
    source: { kind: 'media', id: 'm0' },
    patches: [{ takeId: take.id, box: { x: 0.25, y: 0.25, width: 0.5, height: 0.25 } }],
  });
  expect(frameOf(layer)).toBe(150);
  expect(frameAtTicks((layer as PictureLayer).patches[0]!.sourceTicks, { num: 30, den: 1 })).toBe(45);
  clip.generation!.activeTakeId = null;
  expect(at(s, 1)[0]).toMatchObject({ source: { kind: 'media', id: 'm0' }, patches: [] });
});

it('a patch over a patch reads the film below both, and keeps all three in step', () => {
  const s = scene();
  const clip = s.add('picture', 0, 1, { sourceInTicks: seconds(1) });
  const lower = s.take(clip, { durationTicks: seconds(3), patch: over('media', 'm0', 2) });
  const upper = s.take(clip, { durationTicks: seconds(2), patch: over('take', lower.id, 0.5) });
  const layer = at(s, 0.5)[0] as PictureLayer;
  expect(layer.source).toEqual({ kind: 'media', id: 'm0' });
  expect(frameOf(layer)).toBe(30 * (2 + 0.5 + 1.5));
  expect(layer.patches.map((patch) => [patch.takeId, frameAtTicks(patch.sourceTicks, { num: 30, den: 1 })])).toEqual([
    [lower.id, 30 * (0.5 + 1.5)],
    [upper.id, 30 * 1.5],
  ]);
});

it('takes of whole frames lie under patches like any film; a circle of patches ends', () => {
  const s = scene();
  const clip = s.add('picture', 0, 1);
  const film = s.take(clip, { durationTicks: seconds(3) });
  const patch = s.take(clip, { patch: over('take', film.id, 0) });
  expect(at(s, 0)[0]).toMatchObject({ source: { kind: 'take', id: film.id }, patches: [{ takeId: patch.id }] });
  film.patch = over('take', patch.id, 0);
  expect((at(s, 0)[0] as PictureLayer).patches.length).toBeLessThanOrEqual(2);
});
