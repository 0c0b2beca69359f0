/** Pictures put into tiny films as the engine makes them: places, gaps, and nothing changed outside. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualPlacement, type Placement } from '../../../actions/inpaint/placement.ts';
import { sampleOf } from '../../../actions/testing/sampleRequests.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { placementOf } from '../../generation/filePlacement.node.ts';
import { decoded, ffmpeg } from '../../generation/testing/films.node.ts';
import type { ResolvedMask } from '../../generation/resolved.ts';
import { contextOf, dependencies, openRemovalRoom, type RemovalRoom } from '../plate/testing/removalRoom.node.ts';
import { makeAddition } from './makeAddition.node.ts';

const [width, height, frameCount] = [128, 96, 8];
/** Pixels that the camera moves by in each frame. */
const step = 3;

let room: RemovalRoom;
beforeAll(async () => {
  room = await openRemovalRoom();
  const red = { r: 230, g: 20, b: 20, alpha: 1 };
  await sharp({ create: { width: 24, height: 24, channels: 4, background: red } })
    .png()
    .toFile(room.at('red.png'));
  const ground = `mandelbrot=s=256x192:rate=10:start_scale=0.4:end_scale=0.4,noise=alls=10:all_seed=3`;
  const film = (name: string, filters: string) =>
    ffmpeg(
      ...['-f', 'lavfi', '-i', `${ground},${filters}`, '-frames:v', String(frameCount)],
      ...['-pix_fmt', 'yuv420p', '-c:v', 'ffv1', room.at(name)],
    );
  film('pan.mkv', `crop=${width}:${height}:60+${step}*n:50`);
  // another place of the same picture from frame 5 on
  film('cut.mkv', `crop=${width}:${height}:if(lt(n\\,5)\\,60\\,2):50,lutyuv=y=val`);
});
afterAll(() => room.close());

const usual: Placement = {
  ...usualPlacement,
  ...{ x: 0.6, y: 0.5, width: 0.15, cutOut: false, shadow: 0, light: 0, blur: 0, anchor: 'scene' },
};

async function add(
  name: string,
  change: Partial<Placement> = {},
  masks: { mask?: ResolvedMask; occluder?: ResolvedMask } = {},
) {
  const [source, picture] = [await room.file(name), await room.file('red.png')];
  const { durationTicks } = source.facts;
  const placement = { ...usual, ...change };
  const request = sampleOf('inpaint', {
    ...{ edit: 'add', placement, source: { kind: 'media', id: 'm', startTicks: 0, durationTicks } },
    references: [{ kind: 'media', mediaId: 'red', sourceTicks: 0 }],
  });
  const notices: string[] = [];
  const folder = await mkdtemp(join(room.at('.'), 'take-'));
  const resolved = {
    ...{ request, origin: 'footage' as const, source: { file: source, startTicks: 0, durationTicks } },
    ...{ mask: masks.mask ?? null, occluder: masks.occluder ?? null, references: [{ file: picture, ticks: 0 }] },
    ...{ firstFrame: null, lastFrame: null, renderPicture: null, inputKeys: [], sourceOffsetTicks: 0 },
    parentTakeId: null,
  };
  const method = { id: 'add', version: 1 } as const;
  const options = { size: null, picture: false, folder };
  const made = await makeAddition(resolved, method, dependencies, contextOf(notices), options);
  return { made, notices, source };
}

/** Of each frame the middle and number of the pixels that the patch covers. */
async function coveredBy({ made, source }: Awaited<ReturnType<typeof add>>) {
  const { box } = made.patch!;
  const planes = decoded(made.path, samplesOf(source.facts.video!), 0, frameCount, false);
  const bytes = (box.width * box.height * 2 * 3) / 2;
  return Array.from({ length: frameCount }, (_, frame) => {
    let [count, sx, sy] = [0, 0, 0];
    for (let i = 0; i < box.width * box.height; i++) {
      const opacity = planes[frame * bytes + box.width * box.height + i]!;
      expect(opacity === 0 || opacity === 255).toBe(true);
      if (opacity === 0) continue;
      count++;
      sx += box.x + (i % box.width);
      sy += box.y + Math.floor(i / box.width);
    }
    return { count, x: sx / count, y: sy / count };
  });
}

test('a picture anchored to the scene moves as the camera does, and the patch covers it alone', async () => {
  const added = await add('pan.mkv');
  expect(added.made).toMatchObject({ kind: 'video', frameCount, width, height });
  expect(added.made.recipe).toMatchObject({ method: { id: 'add', version: 1 }, verdict: { kind: 'clean' } });
  const covered = await coveredBy(added);
  const size = 0.15 * width;
  for (const [frame, { count, x, y }] of covered.entries()) {
    expect(Math.abs(x - (0.6 * width - 0.5 - step * frame))).toBeLessThan(1.5);
    expect(Math.abs(y - (0.5 * height - 0.5))).toBeLessThan(1.5);
    // its own pixels, and those that share their chroma
    expect(count).toBeGreaterThan(size * size * 0.9);
    expect(count).toBeLessThan((size + 4) ** 2);
  }
});

test('behind a cut it is not shown, and the frames are named', async () => {
  const added = await add('cut.mkv');
  const covered = await coveredBy(added);
  expect(covered.map(({ count }) => count > 0)).toEqual([...Array(5).fill(true), ...Array(3).fill(false)]);
  expect(added.made.by).toMatchObject({
    verdict: { kind: 'check', spans: [{ startTicks: expect.any(Number) as number }] },
  });
  expect(added.notices.join()).toContain('0.5–0.8 s (5–7)');
});

test('what stands before it covers it; one that replaces nothing and follows nothing needs no mask', async () => {
  const left: ResolvedMask = {
    kind: 'drawn',
    mask: { kind: 'box', x: 0, y: 0, width: 0.6, height: 1, featherPx: 0 },
  };
  const whole = await coveredBy(await add('pan.mkv', { anchor: 'frame' }));
  const half = await coveredBy(await add('pan.mkv', { anchor: 'frame' }, { occluder: left }));
  expect(half[0]!.count).toBeLessThan(0.75 * whole[0]!.count);
  expect(half[0]!.x).toBeGreaterThan(whole[0]!.x + 2);
  await expect(add('pan.mkv', { anchor: 'thing' })).rejects.toMatchObject({
    failure: { sentence: { key: 'add.thingNeedsMask' } },
  });
});

test('a photograph gets it once, as a picture with alpha', async () => {
  ffmpeg('-i', room.at('pan.mkv'), '-frames:v', '1', room.at('photo.png'));
  const { made } = await add('photo.png', { shadow: 0.5, light: 0.7, blur: 1 });
  expect(made).toMatchObject({ kind: 'image', extension: 'png', frameCount: 1 });
  const { channels } = await sharp(made.path).metadata();
  expect(channels).toBe(4);
});

test('what replaces something stands where its mask is on the frame, as wide as it', async () => {
  const mask: ResolvedMask = {
    kind: 'drawn',
    mask: { kind: 'box', x: 32 / width, y: 24 / height, width: 48 / width, height: 24 / height, featherPx: 0 },
  };
  const folder = await mkdtemp(join(room.at('.'), 'place-'));
  const { cutOut, shadow, shadowSide, light, blur, rotationDegrees, anchor } = usual;
  const settings = { cutOut, shadow, shadowSide, light, blur, rotationDegrees, anchor };
  const asked = {
    picturePath: room.at('red.png'),
    atSeconds: 0,
    middle: null,
    width: null,
    corners: null,
    front: null,
  };
  const placed = await placementOf({ ...asked, settings }, await room.file('pan.mkv'), mask, folder);
  expect(placed.x).toBeCloseTo(56 / width, 1);
  expect(placed.y).toBeCloseTo(36 / height, 1);
  expect(placed.width).toBeCloseTo(48 / width, 1);
});
