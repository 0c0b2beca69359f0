import { describe, expect, test } from 'vitest';
import { fakeVideoFamily } from './testing/fakeVideoFamily.ts';
import { ticksFromSeconds } from '../time/ticks.ts';
import { planVideo, type VideoActionKind, type VideoRequest } from './actions.ts';
import type { RequestOf } from './schema.ts';
import { sampleOf } from './testing/sampleRequests.ts';
import { plannedTicks, type PlanFile, type PlanMaterials, type VideoPlan } from './videoPlan.ts';

const seconds = ticksFromSeconds;
const file = (kind: 'video' | 'image', durationSeconds: number, width = 1279, height = 720): PlanFile => ({
  name: 'a.mp4',
  facts: { kind, durationTicks: seconds(durationSeconds), video: { width, height, rate: { num: 30, den: 1 } } },
});
const blank: PlanMaterials<PlanFile> = { firstFrame: null, lastFrame: null, source: null, mask: null };
const resolved = <A extends VideoActionKind>(
  action: A,
  changes: Partial<RequestOf<A>> = {},
  materials: Partial<PlanMaterials<PlanFile>> = {},
) => ({
  request: sampleOf(action, { durationTicks: seconds(1), ...changes } as Partial<RequestOf<A>>) as VideoRequest,
  materials: { ...blank, ...materials },
});
/** The plan; throws the refusal's code. */
const plan = (
  { request, materials }: ReturnType<typeof resolved>,
  family = fakeVideoFamily,
  sizePx: { width: number; height: number } | null = null,
): VideoPlan => {
  const planned = planVideo(request, materials, family, sizePx);
  if (!planned.ok) throw new Error(planned.refusal.code);
  return planned.plan;
};
const drawn = { kind: 'drawn', mask: { kind: 'box', x: 0, y: 0, width: 1, height: 1, featherPx: 0 } } as const;

describe('a request as one control (frames at the pack’s 16 a second)', () => {
  test('generate: as many frames as cover the time, at the pack’s size', () => {
    const made = plan(resolved('generate', { durationTicks: seconds(5.01) }), fakeVideoFamily);
    expect(made).toMatchObject({
      frameCount: 81,
      known: [],
      kept: { from: 0, count: 81 },
      output: { width: 64, height: 36, rate: { num: 16, den: 1 }, over: null },
    });
    expect(plannedTicks(made)).toBeGreaterThanOrEqual(seconds(5.01));
    expect(plan(resolved('generate', { durationTicks: seconds(1) }), fakeVideoFamily).frameCount).toBe(16);
  });

  test('generate, upscaled: made at the pack’s size, kept at four times that or at the size asked for', () => {
    const able = { ...fakeVideoFamily, graphs: { ...fakeVideoFamily.graphs, upscaler: 'upscaler.onnx' } };
    expect(plan(resolved('generate', { upscale: 4 }), able)).toMatchObject({
      upscale: true,
      frameCount: 16,
      output: { width: 256, height: 144 },
    });
    expect(plan(resolved('generate', { upscale: 4 }), able, { width: 128, height: 72 })).toMatchObject({
      upscale: true,
      output: { width: 128, height: 72 },
    });
    expect(plan(resolved('generate', {}), able)).toMatchObject({ upscale: false, output: { width: 64, height: 36 } });
    expect(() => plan(resolved('generate', { upscale: 4 }), fakeVideoFamily)).toThrow('noUpscaler');
  });

  test('between two pictures: the first and the last frame are known', () => {
    const made = plan(
      resolved(
        'generate',
        {},
        { firstFrame: { file: file('image', 0), ticks: 0 }, lastFrame: { file: file('video', 9), ticks: seconds(2) } },
      ),
      fakeVideoFamily,
    );
    expect(made.known.map(({ atFrame, count, startTicks, fit }) => ({ atFrame, count, startTicks, fit }))).toEqual([
      { atFrame: 0, count: 1, startTicks: 0, fit: 'cover' },
      { atFrame: 15, count: 1, startTicks: seconds(2), fit: 'cover' },
    ]);
    expect(made.anew).toBe('frames');
  });

  test('extend forward: the last nine frames are known; the take is the new part, at the clip’s even size', () => {
    const made = plan(
      resolved(
        'extend',
        { direction: 'forward' },
        { source: { file: file('video', 10), startTicks: seconds(1), durationTicks: seconds(4) } },
      ),
      fakeVideoFamily,
    );
    expect(made.frameCount).toBe(25);
    expect(made.known[0]).toMatchObject({ atFrame: 0, count: 9, startTicks: seconds(5) - seconds(9 / 16) });
    expect(made.kept).toEqual({ from: 9, count: 16 });
    expect(made.output).toMatchObject({ width: 1278, height: 720, frameCount: 16 });
  });

  test('extend backward: the clip’s first frames are known, at the end and at the start of a latent’s group', () => {
    const made = plan(
      resolved(
        'extend',
        { direction: 'backward' },
        { source: { file: file('video', 10), startTicks: seconds(1), durationTicks: seconds(4) } },
      ),
      fakeVideoFamily,
    );
    expect(made.known[0]).toMatchObject({ atFrame: 17, count: 9, startTicks: seconds(1) });
    expect(made.kept).toEqual({ from: 1, count: 16 });
  });

  test('a short source lends what it has', () => {
    const made = plan(
      resolved(
        'extend',
        { direction: 'forward' },
        { source: { file: file('video', 0.25), startTicks: 0, durationTicks: seconds(0.25) } },
      ),
      fakeVideoFamily,
    );
    expect(made.known[0]).toMatchObject({ count: 4, startTicks: 0 });
    const still = plan(
      resolved(
        'extend',
        { direction: 'forward' },
        { source: { file: file('image', 0), startTicks: 0, durationTicks: seconds(1) } },
      ),
      fakeVideoFamily,
    );
    expect(still.known[0]).toMatchObject({ count: 1 });
  });

  test('fill a gap: the left clip’s last frame and the right one’s first frame stand at its edges', () => {
    const made = plan(
      resolved(
        'fillGap',
        {},
        {
          firstFrame: { file: file('video', 10), ticks: seconds(3) },
          lastFrame: { file: file('video', 10), ticks: seconds(6) },
        },
      ),
      fakeVideoFamily,
    );
    expect(made.known.map(({ atFrame, count }) => ({ atFrame, count }))).toEqual([
      { atFrame: 0, count: 9 },
      { atFrame: 25, count: 9 },
    ]);
    // the ninth known frame is the left picture itself
    expect((made.known[0]?.startTicks ?? 0) + seconds(8 / 16)).toBe(seconds(3));
    expect(made.known[1]?.startTicks).toBe(seconds(6));
    expect(made).toMatchObject({ frameCount: 34, kept: { from: 9, count: 16 } });
  });

  test('inpaint: the mask’s inside is new, laid over the source at its own size and rate', () => {
    const source = { file: file('video', 10), startTicks: seconds(1), durationTicks: seconds(2) };
    const made = plan(resolved('inpaint', {}, { source, mask: drawn }), fakeVideoFamily);
    expect(made).toMatchObject({
      frameCount: 32,
      anew: 'region',
      output: { width: 1279, height: 720, rate: { num: 30, den: 1 }, frameCount: 60, over: source },
    });
    expect(plan(resolved('inpaint', {}, { source }), fakeVideoFamily)).toMatchObject({
      anew: 'structure',
      output: { over: null },
    });
  });

  test('restyle: everything by its structure, or the background around the mask', () => {
    const source = { file: file('video', 10), startTicks: 0, durationTicks: seconds(2) };
    expect(
      plan(resolved('restyle', { scope: 'everything', keepShapes: 0.6 }, { source, mask: drawn }), fakeVideoFamily),
    ).toMatchObject({ anew: 'structure', controlScale: 0.6, output: { over: null, rate: { num: 16, den: 1 } } });
    expect(plan(resolved('restyle', { scope: 'background' }, { source, mask: drawn }), fakeVideoFamily)).toMatchObject({
      anew: 'outside',
      output: { over: source },
    });
    expect(plan(resolved('restyle', { scope: 'masked' }, { source, mask: drawn }), fakeVideoFamily).anew).toBe(
      'region',
    );
  });

  test('a still stays one picture', () => {
    const source = { file: file('image', 0), startTicks: 0, durationTicks: seconds(5) };
    expect(plan(resolved('inpaint', {}, { source, mask: drawn }), fakeVideoFamily)).toMatchObject({
      frameCount: 1,
      output: { frameCount: 1 },
    });
  });

  test('what has no picture is refused by name', () => {
    const source = {
      file: { ...file('video', 3), facts: { kind: 'audio', durationTicks: seconds(3), video: null } as const },
      startTicks: 0,
      durationTicks: seconds(1),
    };
    expect(() => plan(resolved('extend', { direction: 'forward' }, { source }), fakeVideoFamily)).toThrow('noPicture');
  });
});
