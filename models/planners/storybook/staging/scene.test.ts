import { describe, expect, it } from 'vitest';
import type { VideoFamily } from '../../../families/pack.ts';
import type { Frames, MaskFrames, PipelineContext } from '../../../families/pipeline.ts';
import type { VideoRequest, VideoResult } from '../../../families/video/contract.ts';
import { cutOutFigure } from './cutOut.ts';
import { runVideoPipeline } from '../../../families/video/pipeline.ts';
import { plannerOf } from '../planner.ts';
import { cameraFamily, castFamily, fakeWorld } from '../../../families/video/testing.ts';

const { width, height } = castFamily;
const request: VideoRequest = {
  prompt: 'a red cat walks on the beach',
  frameCount: 9,
  seed: 1,
  known: null,
  mask: null,
  references: [],
};
const grey = (frameCount: number): Frames => ({
  data: new Uint8Array(frameCount * width * height * 3).fill(90),
  frameCount,
  width,
  height,
});

function run(asked: VideoRequest, family: VideoFamily, context: PipelineContext): Promise<VideoResult> {
  return runVideoPipeline(asked, family, context, plannerOf(family, context.pack.readText));
}

/** The layout of the first window: [T, slots, 2, 10]. */
async function layoutOf(
  asked: VideoRequest,
): Promise<{ used: number; layout: Float32Array; world: ReturnType<typeof fakeWorld> }> {
  const world = fakeWorld(0.1, true);
  await run(asked, castFamily, world.context);
  const layout = (world.runs.get('plane')?.[0]?.['layout']?.data ?? new Float32Array(0)) as Float32Array;
  let used = 0;
  for (let i = 0; i < layout.length; i += 10) used += layout[i]!;
  return { used, layout, world };
}

describe('figures', () => {
  it('paints the named figure, places it in every latent, and passes it to the transformer', async () => {
    const { used, world } = await layoutOf(request);
    expect(world.runs.get('painter')!.map((feeds) => [...feeds['who']!.data].map(Number))).toEqual([[0, 1, 0, 0, 0]]);
    expect(used).toBe(3 * 2); // three latents, two moments each, one figure
    expect(world.runs.get('transformer')![0]!['figures']!.dims).toEqual([1, 128, 3, 2, 4]);
  });

  it('repeats the sentence and reports the words it could not use', async () => {
    const { reading } = await run(
      { ...request, prompt: 'a red cat yodels on the beach' },
      castFamily,
      fakeWorld(0.1, true).context,
    );
    expect(reading).toEqual({
      text: 'a red cat stands still on the beach by day',
      used: ['red', 'cat', 'beach'],
      guessed: [],
      unused: ['yodels'],
    });
  });

  it('gives nothing to draw where nobody is named', async () => {
    const { world } = await layoutOf({ ...request, prompt: 'on the beach' });
    expect(world.runs.has('plane')).toBe(false);
    expect((world.runs.get('transformer')![0]!['figures']!.data as Float32Array).every((value) => value === 0)).toBe(
      true,
    );
  });

  it('goes on in later windows where the first left off', async () => {
    const { world } = await layoutOf({ ...request, frameCount: 13 });
    const [first, second] = world.runs.get('plane')!.map((feeds) => feeds['layout']!.data as Float32Array);
    expect(second![3]).not.toBeCloseTo(first![3]!, 3);
  });

  it('fits a figure into a mask and follows it', async () => {
    const data = new Uint8Array(9 * width * height);
    for (let f = 0; f < 9; f += 1)
      for (let y = 4; y < 14; y += 1)
        data.fill(255, (f * height + y) * width + 2 + f, (f * height + y) * width + 14 + f);
    const mask: MaskFrames = { data, frameCount: 9, width, height };
    const { layout, used } = await layoutOf({ ...request, prompt: 'add a cat', known: grey(9), mask });
    expect(used).toBe(6);
    // Column c of the map falls as the mask moves right.
    const across = [0, 1, 2].map((k) => layout[k * 2 * 2 * 10 + 3]! / layout[k * 2 * 2 * 10 + 1]!);
    expect(across[1]!).toBeLessThan(across[0]!);
    expect(across[2]!).toBeLessThan(across[1]!);
  });

  it('draws nobody over known frames that show their own figures', async () => {
    const { world } = await layoutOf({ ...request, known: grey(9) });
    expect(world.runs.has('plane')).toBe(false);
  });

  it('places an added figure without a mask, and keeps the rest byte for byte', async () => {
    const world = fakeWorld(0.1, true);
    const known = grey(9);
    // stripes, which generated pixels do not have
    known.data.forEach((value, i) => (known.data[i] = value + 20 * (Math.floor(i / 3) % 2)));
    const { frames } = await run({ ...request, prompt: 'add a small cat', known }, castFamily, world.context);
    const kept = frames.data.filter((value, i) => value === known.data[i]).length / frames.data.length;
    expect(kept).toBeGreaterThan(0.2);
    expect(kept).toBeLessThan(1);
  });

  it("takes a user's picture for the figure that is named", async () => {
    const { world } = await layoutOf({
      ...request,
      references: [{ data: new Uint8Array(12 * 12 * 3).fill(30), frameCount: 1, width: 12, height: 12 }],
    });
    expect(world.runs.has('painter')).toBe(false);
    expect(world.runs.get('transformer')![0]!['hidden_states']!.dims).toEqual([1, 16, 3, 2, 4]); // not put in front
  });
});

describe('the camera', () => {
  const pan: VideoRequest = { ...request, prompt: 'a red cat walks on the beach, the camera pans left' };
  /** What the plane was told in its runs: f32[T, 2, 5] of each window. */
  async function told(asked: VideoRequest): Promise<{ cameras: Float32Array[]; world: ReturnType<typeof fakeWorld> }> {
    const world = fakeWorld(0.1, true, { camera: true });
    await run(asked, cameraFamily, world.context);
    return { cameras: (world.runs.get('plane') ?? []).map((feeds) => feeds['camera']!.data as Float32Array), world };
  }
  const moments = (camera: Float32Array): number[][] =>
    Array.from({ length: camera.length / 5 }, (_, i) => [...camera.subarray(5 * i, 5 * i + 5)]);
  const isUntold = (cameras: readonly Float32Array[]): boolean =>
    cameras.length > 0 && cameras.every((camera) => camera.every((value) => value === 0));
  const wholeFrames = (isNew: (frame: number) => boolean): MaskFrames => ({
    data: Uint8Array.from({ length: 9 * width * height }, (_, i) =>
      isNew(Math.floor(i / (width * height))) ? 255 : 0,
    ),
    frameCount: 9,
    width,
    height,
  });

  it('is an input at both moments of each latent', async () => {
    const { cameras, world } = await told(pan);
    const seen = moments(cameras[0]!);
    expect(seen).toHaveLength(6);
    expect(seen.every(([used, , tilt, zoom, roll]) => used === 1 && tilt === 0 && zoom === 1 && roll === 0)).toBe(true);
    // frames 0 0 | 1 4 | 5 8 of a camera at -.16 frame heights a second
    const pans = seen.map(([, value]) => value!);
    [0, 0, 1, 4, 5, 8].forEach((frame, i) => expect(pans[i]! - pans[0]!).toBeCloseTo(-0.16 * (frame / 16), 5));
    expect(world.runs.get('transformer')![0]!['figures']!.dims).toEqual([1, 154, 3, 2, 4]);
  });

  it('counts the frames of the request: windows agree about a latent that they share', async () => {
    const { cameras } = await told({ ...pan, frameCount: 13 });
    expect(cameras).toHaveLength(2); // latents 0..2 and 1..3, once for all steps
    expect(moments(cameras[0]!).slice(2)).toEqual(moments(cameras[1]!).slice(0, 4));
  });

  it('is an input even if nobody is in the picture', async () => {
    const { cameras, world } = await told({ ...request, prompt: 'on the beach' });
    expect(moments(cameras[0]!)).toEqual(new Array(6).fill([1, 0, 0, 1, 0]));
    expect((world.runs.get('plane')![0]!['layout']!.data as Float32Array).every((value) => value === 0)).toBe(true);
  });

  it('is an input if new frames continue whole known frames, or lead to them', async () => {
    for (const isNew of [
      (frame: number) => frame > 0,
      (frame: number) => frame < 5,
      (frame: number) => frame > 0 && frame < 8,
    ]) {
      const { cameras } = await told({ ...pan, known: grey(9), mask: wholeFrames(isNew) });
      expect(moments(cameras[0]!).every(([used]) => used === 1)).toBe(true);
    }
  });

  it('is left out where known frames show through: with a mask, in a restyle, in an edit without a mask', async () => {
    const hole = wholeFrames(() => true);
    const box = wholeFrames(() => false);
    for (let f = 0; f < 9; f += 1)
      for (let y = 4; y < 14; y += 1)
        for (const [mask, value] of [
          [hole, 0],
          [box, 255],
        ] as const)
          mask.data.fill(value, (f * height + y) * width + 8, (f * height + y) * width + 20);
    expect(isUntold((await told({ ...pan, known: grey(9), mask: box })).cameras)).toBe(true);
    expect(isUntold((await told({ ...pan, known: grey(9), mask: hole })).cameras)).toBe(true);
    expect(isUntold((await told({ ...pan, known: grey(9) })).cameras)).toBe(true);
    expect(isUntold((await told({ ...pan, prompt: 'add a small cat', known: grey(9) })).cameras)).toBe(true);
  });

  it('is left out for a plane without that input', async () => {
    const { world } = await layoutOf(pan);
    expect(Object.keys(world.runs.get('plane')![0]!)).toEqual(['layout', 'textures']);
    expect(world.runs.get('transformer')![0]!['figures']!.dims).toEqual([1, 128, 3, 2, 4]);
  });
});

describe('cutOutFigure', () => {
  function picture(draw: (x: number, y: number) => readonly [number, number, number]): Frames {
    const data = new Uint8Array(40 * 40 * 3);
    for (let y = 0; y < 40; y += 1) for (let x = 0; x < 40; x += 1) data.set(draw(x, y), (y * 40 + x) * 3);
    return { data, frameCount: 1, width: 40, height: 40 };
  }

  it('takes plain surroundings off, keeps white inside, and gives the shape', () => {
    const { texture, aspect, isCutOut } = cutOutFigure(
      picture((x, y) =>
        x >= 10 && x < 30 && y >= 5 && y < 35
          ? x > 17 && x < 23 && y > 15 && y < 25
            ? [255, 255, 255]
            : [200, 20, 20]
          : [255, 255, 255],
      ),
      8,
    );
    expect(isCutOut).toBe(true);
    expect(aspect).toBeCloseTo(20 / 30, 2);
    const alpha = texture.slice(3 * 64);
    expect(Math.min(...alpha)).toBe(1); // the hole in the middle is not surroundings
    expect(texture[0]).toBeCloseTo(200 / 255, 2);
  });

  it('keeps a photograph whole', () => {
    const { isCutOut, aspect, texture } = cutOutFigure(
      picture((x, y) => [(x * 37 + y * 11) % 256, (x * 7) % 256, (y * 53) % 256]),
      8,
    );
    expect(isCutOut).toBe(false);
    expect(aspect).toBe(1);
    expect(texture.slice(3 * 64).every((a) => a === 1)).toBe(true);
  });
});
