import { describe, expect, it } from 'vitest';
import { createClip, createProject } from '../../../core/document/create.ts';
import type { MediaItem, Take } from '../../../core/document/schema.ts';
import { ticksPerSecond } from '../../../core/time/ticks.ts';
import { sampleOf } from '../../../core/actions/testing/sampleRequests.ts';
import { fractionInLayer, pictureOfMedia, picturesToShow, soundToPlay } from './pictures.ts';
import { contentKeyOfName, takeFileOf } from '../../../core/document/names.ts';

const second = ticksPerSecond;

describe('what the viewer shows', () => {
  it('compares two takes of a clip without touching the document', () => {
    const document = createProject('p');
    const take = (id: string): Take => ({
      id,
      file: takeFileOf(`${id}.mp4`),
      kind: 'video',
      action: 'generate',
      prompt: '',
      rewrittenPrompt: '',
      unknownWords: [],
      seed: 1,
      packId: 'starter',
      requestHash: '',
      durationTicks: 5 * second,
      width: 256,
      height: 144,
      rate: { num: 16, den: 1 },
      sourceStartTicks: 0,
      device: 'CPU',
      createdAt: '',
      parentTakeId: null,
    });
    document.takes = { a: take('a'), b: take('b') };
    const clip = {
      ...createClip('c', { kind: 'generated' }, 0, 5 * second),
      generation: {
        request: sampleOf('generate'),
        takeIds: ['a', 'b'],
        activeTakeId: 'b',
        failure: null,
      },
    };
    document.sequences[document.activeSequenceId]!.tracks[0]!.clips.push(clip);
    const before = JSON.stringify(document);
    const shown = picturesToShow(document, { clipId: clip.id, a: 'a', b: 'b', mode: 'wipe', position: 0.5 }, second);
    expect(shown.map((picture) => picture.layers[0])).toMatchObject([
      { source: { kind: 'take', id: 'a' } },
      { source: { kind: 'take', id: 'b' } },
    ]);
    expect(JSON.stringify(document)).toBe(before);
    // another shot is not wiped
    expect(
      picturesToShow(document, { clipId: clip.id, a: 'a', b: 'b', mode: 'wipe', position: 0.5 }, 6 * second),
    ).toHaveLength(1);
  });

  it('has both takes of a sound while they are compared, each on its side, and one picture', () => {
    const document = createProject('p');
    const take = (id: string): Take => ({
      id,
      file: takeFileOf(`${id}.wav`),
      kind: 'audio',
      action: 'soundtrack',
      prompt: '',
      rewrittenPrompt: '',
      unknownWords: [],
      seed: 1,
      packId: 'starter',
      requestHash: '',
      durationTicks: 5 * second,
      width: 0,
      height: 0,
      rate: null,
      sourceStartTicks: 0,
      device: 'CPU',
      createdAt: '',
      parentTakeId: null,
    });
    document.takes = { a: take('a'), b: take('b') };
    const clip = {
      ...createClip('c', { kind: 'generated' }, 0, 5 * second),
      generation: {
        request: sampleOf('soundtrack'),
        takeIds: ['a', 'b'],
        activeTakeId: 'b',
        failure: null,
      },
    };
    document.sequences[document.activeSequenceId]!.tracks.find((track) => track.role === 'foley')!.clips.push(clip);
    const range = { startTicks: 0, durationTicks: 10 * second };
    const compare = { clipId: clip.id, a: 'a', b: 'b', mode: 'wipe', position: 0.5 } as const;
    expect(soundToPlay(document, null, range).map(({ source, side }) => [source.id, side])).toEqual([['b', undefined]]);
    expect(soundToPlay(document, compare, range).map(({ source, side }) => [source.id, side])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
    expect(picturesToShow(document, compare, second)).toHaveLength(1);
    // a take that was cleaned and is 6 dB lower: the other is turned down to it
    document.takes['b']!.loudnessChangeDb = -6;
    const [a, b] = soundToPlay(document, compare, range).map(({ gain }) => gain[0]!.value);
    expect(20 * Math.log10(b! / a!)).toBeCloseTo(6, 5);
  });

  it('holds the last frame of a file of the bin at its end', () => {
    const media: MediaItem = {
      id: 'm',
      name: 'm',
      path: '',
      contentKey: contentKeyOfName(''),
      sizeBytes: 0,
      kind: 'video',
      durationTicks: 2 * second,
      importedAt: '',
      audio: null,
      video: { width: 640, height: 360, rate: { num: 25, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false },
    };
    expect(pictureOfMedia(media, 9 * second).layers[0]).toMatchObject({
      sourceTicks: 2 * second - 1,
      width: 640,
      centreY: 180,
    });
  });

  it('finds the same point of a picture whether it is moved, scaled or turned', () => {
    const still = { centreX: 640, centreY: 360, rotationDegrees: 0, width: 1280, height: 720 };
    expect(fractionInLayer(still, 320, 180)).toEqual({ x: 0.25, y: 0.25 });
    const turned = fractionInLayer(
      { centreX: 100, centreY: 100, rotationDegrees: 90, width: 200, height: 100 },
      100,
      200,
    );
    // a quarter turn clockwise: below the centre lies what was right of it
    expect(turned.x).toBeCloseTo(1);
    expect(turned.y).toBeCloseTo(0.5);
  });
});
