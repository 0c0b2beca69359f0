/** Films that are not as one would wish: cuts, black frames, things that leave, single frames, tall pictures. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import type { ResolvedMask, SourceFile } from '../../generation/resolved.ts';
import { decoded, ffmpeg } from '../../generation/testing/films.node.ts';
import { openRemovalRoom, type RemovalRoom } from './testing/removalRoom.node.ts';

let room: RemovalRoom;
beforeAll(async () => {
  room = await openRemovalRoom();
});
afterAll(() => room.close());

const [width, height, count] = [64, 36, 12];
const lossless = ['-pix_fmt', 'yuv420p', '-c:v', 'ffv1'];
/** Grounds as expressions of ffmpeg's geq; N is the frame, from 0. */
const ground = '90+40*sin(X/5)*cos(Y/4)';
const cut = `if(lt(N,6),${ground},160+40*cos(X/3+Y/6))`;
const blackInside = `if(between(N,5,6),16,${ground})`;

function film(name: string, luma: string, { size = `${width}x${height}`, frames = count, tail = '' } = {}): void {
  const picture = `color=gray:s=${size}:r=10,geq=lum='${luma}':cb=120:cr=130${tail}`;
  ffmpeg('-f', 'lavfi', '-i', picture, '-frames:v', String(frames), ...lossless, room.at(name));
}

/** 8 by 8 px, 4 px further in each frame. */
const thing = (about: string): string => `if(between(X-4*N,4,11)*between(Y,14,21),235,${about})`;
const things = `if(between(X-4*N,2,13)*between(Y,12,23),255,0)`;
const box: ResolvedMask = {
  kind: 'drawn',
  mask: { kind: 'box', x: 0.4, y: 0.4, width: 0.2, height: 0.25, featherPx: 0 },
};

const maskFilm = async (name: string): Promise<ResolvedMask> => ({
  kind: 'video',
  file: await room.file(name),
  featherPx: 0,
});

/** Worst difference of luma from the truth where the patch is opaque, and how many samples of each frame are. */
async function compare(name: string, source: SourceFile, truth: string, mask: ResolvedMask, frames = count) {
  const { made, notices } = await room.remove(source, mask);
  expect(made, name).toMatchObject({ kind: 'video', frameCount: frames });
  const { box: at } = made.patch!;
  const samples = samplesOf(source.facts.video!);
  const patch = decoded(made.path, samples, 0, frames, false);
  const wanted = decoded(room.at(truth), samples, 0, frames, false);
  const [patchBytes, frameBytes] = [at.width * at.height * 3, (width * height * 3) / 2];
  const opaque = Array.from({ length: frames }, () => 0);
  let worst = 0;
  for (let frame = 0; frame < frames; frame++) {
    for (let i = 0; i < at.width * at.height; i++) {
      if (patch[frame * patchBytes + at.width * at.height + i] !== 255) continue;
      opaque[frame]!++;
      const to = frame * frameBytes + (at.y + Math.floor(i / at.width)) * width + at.x + (i % at.width);
      worst = Math.max(worst, Math.abs(patch[frame * patchBytes + i]! - wanted[to]!));
    }
  }
  return { worst, opaque, notices, made };
}

test('across a cut nothing is taken from the other shot', async () => {
  film('cut.mkv', cut);
  film('cut-thing.mkv', thing(cut));
  film('things.mkv', things);
  const { worst } = await compare('cut', await room.file('cut-thing.mkv'), 'cut.mkv', await maskFilm('things.mkv'));
  expect(worst).toBeLessThanOrEqual(4);
});

test('black frames stay black, and the others take nothing from them', async () => {
  film('black.mkv', blackInside);
  film('black-thing.mkv', thing(blackInside));
  film('things.mkv', things);
  const { worst } = await compare(
    'black',
    await room.file('black-thing.mkv'),
    'black.mkv',
    await maskFilm('things.mkv'),
  );
  expect(worst).toBeLessThanOrEqual(4);
});

test('where the thing has left nothing is written', async () => {
  film('truth.mkv', ground);
  film('leaving.mkv', `if(lt(N,5),${thing(ground)},${ground})`);
  film('leaving-mask.mkv', `if(lt(N,5),${things},0)`);
  const mask = await maskFilm('leaving-mask.mkv');
  const { worst, opaque } = await compare('leaving', await room.file('leaving.mkv'), 'truth.mkv', mask);
  expect(worst).toBeLessThanOrEqual(2);
  expect(opaque).toEqual(Array.from({ length: count }, (_, frame) => (frame < 5 ? 144 : 0)));
});

test('frames that come at uneven times are filled on the film’s own grid', async () => {
  film('uneven.mkv', ground, { tail: `,setpts='(N+0.3*mod(N,2))/(10*TB)'` });
  film('truth.mkv', ground);
  const source = await room.file('uneven.mkv');
  const frames = source.facts.video!.frameCount;
  const { made } = await room.remove(source, box);
  expect(made).toMatchObject({ kind: 'video', frameCount: frames, width, height });
});

test.each([
  ['a single frame', { frames: 1 }],
  ['a tall picture', { size: '36x64', frames: 3 }],
])('%s is filled, and its verdict says that all was invented', async (name, options) => {
  film('odd.mkv', ground, options);
  const { made, notices } = await room.remove(await room.file('odd.mkv'), box);
  expect(made, name).toMatchObject({ kind: 'video', frameCount: options.frames });
  expect(made.by).toMatchObject({ verdict: { kind: 'invented' } });
  expect(notices.join()).toMatch(/100 % of what is behind it is never visible/);
});

test('a mask beside the picture is refused as an empty one is', async () => {
  film('truth.mkv', ground);
  const mask: ResolvedMask = {
    kind: 'drawn',
    mask: { kind: 'box', x: 1.2, y: 0.2, width: 0.1, height: 0.1, featherPx: 0 },
  };
  await expect(room.remove(await room.file('truth.mkv'), mask)).rejects.toMatchObject({
    failure: { sentence: { key: 'generation.emptyMask' } },
  });
});
