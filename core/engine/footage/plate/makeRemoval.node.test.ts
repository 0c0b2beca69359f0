/** A removal as the engine makes it: masks, child's work, patch. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { decoded, ffmpeg } from '../../generation/testing/films.node.ts';
import type { ResolvedMask } from '../../generation/resolved.ts';
import { openRemovalRoom, type RemovalRoom } from './testing/removalRoom.node.ts';

let room: RemovalRoom;
beforeAll(async () => {
  room = await openRemovalRoom();
});
afterAll(() => room.close());

const frameCount = 10;
const [width, height] = [96, 64];

/**
 * A square that crosses a still pattern, the pattern alone, and the square as a mask, two pixels wider. (overlay counts
 * frames from 1.)
 */
async function makeFilms(): Promise<void> {
  const ground = ['-f', 'lavfi', '-i', `mandelbrot=s=${width}x${height}:rate=10:start_scale=0.4:end_scale=0.4`];
  const lossless = ['-frames:v', String(frameCount), '-pix_fmt', 'yuv420p', '-c:v', 'ffv1'];
  const laid = (size: number, place: string, colour: string) => [
    ...['-f', 'lavfi', '-i', `color=${colour}:s=${size}x${size}:r=10`],
    ...['-filter_complex', `[0][1]overlay=x=${place}`],
  ];
  ffmpeg(...ground, ...lossless, room.at('truth.mkv'));
  ffmpeg(...ground, ...laid(12, '4+6*n:y=20', 'red'), ...lossless, room.at('film.mkv'));
  const black = ['-f', 'lavfi', '-i', `color=black:s=${width}x${height}:r=10`];
  ffmpeg(...black, ...laid(16, '2+6*n:y=18', 'white'), ...lossless, room.at('mask.mkv'));
}

test('behind a square that crosses a still picture the picture comes back, in a patch of the mask alone', async () => {
  await makeFilms();
  const source = await room.file('film.mkv');
  const mask: ResolvedMask = { kind: 'video', file: await room.file('mask.mkv'), featherPx: 8 };
  const { made, notices } = await room.remove(source, mask);
  expect(made).toMatchObject({ kind: 'video', frameCount, width, height, patch: { picture: { width, height } } });
  expect(notices).toEqual(['Removed with what other frames show behind it.']);
  expect(made.recipe).toMatchObject({ method: { id: 'plate' }, packs: [], verdict: { kind: 'clean', spans: [] } });
  const { box } = made.patch!;
  expect(box).toEqual({ x: 8, y: 18, width: 16 + 6 * (frameCount - 1), height: 16 });
  const samples = samplesOf(source.facts.video!);
  const truth = decoded(room.at('truth.mkv'), samples, 0, frameCount, false);
  const patch = decoded(made.path, samples, 0, frameCount, false);
  const frameBytes = (width * height * 3) / 2;
  const patchBytes = (box.width * box.height * 2 * 3) / 2;
  let worst = 0;
  let opaque = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    for (let y = 0; y < box.height; y++) {
      for (let x = 0; x < box.width; x++) {
        const at = frame * patchBytes + y * box.width + x;
        const inside = x >= 6 * frame && x < 6 * frame + 16;
        expect(patch[at + box.width * box.height]).toBe(inside ? 255 : 0);
        if (!inside) continue;
        opaque++;
        const wanted = truth[frame * frameBytes + (box.y + y) * width + box.x + x]!;
        worst = Math.max(worst, Math.abs(patch[at]! - wanted));
      }
    }
  }
  expect(opaque).toBe(frameCount * 16 * 16);
  expect(worst).toBeLessThanOrEqual(2);
});

test('a mask that grows is written as much larger, and the tight one is named with what it lacks', async () => {
  const source = await room.file('film.mkv');
  const tight = ['-f', 'lavfi', '-i', `color=black:s=${width}x${height}:r=10`];
  const white = ['-f', 'lavfi', '-i', 'color=white:s=8x8:r=10', '-filter_complex', '[0][1]overlay=x=6+6*n:y=22'];
  ffmpeg(
    ...tight,
    ...white,
    '-frames:v',
    String(frameCount),
    '-pix_fmt',
    'yuv420p',
    '-c:v',
    'ffv1',
    room.at('tight.mkv'),
  );
  const mask: ResolvedMask = { kind: 'video', file: await room.file('tight.mkv'), featherPx: 0 };
  const { made, notices } = await room.remove(source, mask);
  expect(notices[1]).toMatch(/too tight: the thing’s edge reaches up to [2-4] px out of it/);
  expect(made.by).toMatchObject({ verdict: { tightPx: expect.any(Number) } });
  const grown = await room.remove(source, mask, 4);
  expect(grown.notices).toEqual(['Removed with what other frames show behind it.']);
  expect(grown.made.patch!.box).toEqual({ x: 8, y: 18, width: 16 + 6 * (frameCount - 1), height: 16 });
});

test('a photograph is filled from its surroundings, and a notice says so', async () => {
  ffmpeg(
    '-f',
    'lavfi',
    '-i',
    'gradients=s=80x60:c0=red:c1=blue:x0=0:y0=0:x1=79:y1=0',
    '-frames:v',
    '1',
    room.at('photo.png'),
  );
  const mask: ResolvedMask = {
    kind: 'drawn',
    mask: { kind: 'box', x: 0.4, y: 0.4, width: 0.2, height: 0.2, featherPx: 8 },
  };
  const source = await room.file('photo.png');
  const { made, notices } = await room.remove(source, mask);
  expect(made).toMatchObject({ kind: 'image', extension: 'png', frameCount: 1, rate: null });
  expect(notices.join()).toMatch(/single picture/);
  expect(made.patch!.box).toEqual({ x: 0, y: 0, width: 80, height: 60 });
});

test('an empty mask is refused with a sentence', async () => {
  const source = await room.file('film.mkv');
  const mask: ResolvedMask = { kind: 'drawn', mask: { kind: 'box', x: 0, y: 0, width: 0, height: 0, featherPx: 0 } };
  await expect(room.remove(source, mask)).rejects.toMatchObject({
    failure: { sentence: { key: 'generation.emptyMask' } },
  });
});
