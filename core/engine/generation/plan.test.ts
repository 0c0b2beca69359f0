import { describe, expect, test } from 'vitest';
import type { GenerationRequest } from '../../document/schema.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import { fakeVideoFamily } from '../inference/testing/fakeManifest.ts';
import type { MediaFacts } from '../../disk/facts.ts';
import { planVideo, plannedTicks } from './plan.ts';
import type { ResolvedRequest, SourceFile } from './resolved.ts';

const seconds = ticksFromSeconds;
const blank: GenerationRequest = {
  action: 'generate',
  prompt: 'x',
  seed: 1,
  steps: null,
  guidance: null,
  packId: 'fake',
  durationTicks: seconds(1),
  firstFrame: null,
  lastFrame: null,
  references: [],
  source: null,
  mask: null,
  edit: null,
  keepShapes: null,
  scope: null,
  direction: null,
  stem: null,
  sequenceRange: null,
  hitTicks: [],
  tempoBpm: null,
};
const file = (kind: 'video' | 'image', durationSeconds: number, width = 1279, height = 720): SourceFile => ({
  path: '/a.mp4',
  name: 'a.mp4',
  contentKey: 'k',
  facts: {
    kind,
    durationTicks: seconds(durationSeconds),
    video: { width, height, rate: { num: 30, den: 1 } },
  } as MediaFacts,
});
const resolved = (request: Partial<GenerationRequest>, more: Partial<ResolvedRequest> = {}): ResolvedRequest => ({
  request: { ...blank, ...request },
  firstFrame: null,
  lastFrame: null,
  references: [],
  source: null,
  mask: null,
  renderPicture: null,
  inputKeys: [],
  sourceOffsetTicks: 0,
  parentTakeId: null,
  ...more,
});
const drawn = { kind: 'drawn', mask: { kind: 'box', x: 0, y: 0, width: 1, height: 1, featherPx: 0 } } as const;

describe('a request as one control (frames at the pack’s 16 a second)', () => {
  test('generate: as many frames as cover the time, at the pack’s size', () => {
    const plan = planVideo(resolved({ durationTicks: seconds(5.01) }), fakeVideoFamily);
    expect(plan).toMatchObject({
      frameCount: 81,
      known: [],
      kept: { from: 0, count: 81 },
      output: { width: 64, height: 36, rate: { num: 16, den: 1 }, over: null },
    });
    expect(plannedTicks(plan)).toBeGreaterThanOrEqual(seconds(5.01));
    expect(planVideo(resolved({ durationTicks: seconds(1) }), fakeVideoFamily).frameCount).toBe(16);
  });

  test('generate, upscaled: made at the pack’s size, kept four times as wide and high, or at the size asked for', () => {
    const able = { ...fakeVideoFamily, graphs: { ...fakeVideoFamily.graphs, upscaler: 'upscaler.onnx' } };
    expect(planVideo(resolved({ upscale: 4 }), able)).toMatchObject({
      upscale: true,
      frameCount: 16,
      output: { width: 256, height: 144 },
    });
    expect(planVideo(resolved({ upscale: 4 }), able, { width: 128, height: 72 })).toMatchObject({
      upscale: true,
      output: { width: 128, height: 72 },
    });
    expect(planVideo(resolved({}), able)).toMatchObject({ upscale: false, output: { width: 64, height: 36 } });
    expect(() => planVideo(resolved({ upscale: 4 }), fakeVideoFamily)).toThrow('no upscaler');
  });

  test('between two pictures: the first and the last frame are known', () => {
    const plan = planVideo(
      resolved(
        {},
        { firstFrame: { file: file('image', 0), ticks: 0 }, lastFrame: { file: file('video', 9), ticks: seconds(2) } },
      ),
      fakeVideoFamily,
    );
    expect(plan.known.map(({ atFrame, count, startTicks, fit }) => ({ atFrame, count, startTicks, fit }))).toEqual([
      { atFrame: 0, count: 1, startTicks: 0, fit: 'cover' },
      { atFrame: 15, count: 1, startTicks: seconds(2), fit: 'cover' },
    ]);
    expect(plan.anew).toBe('frames');
  });

  test('extend forward: the clip’s last nine frames are known, only the new part is the take, at the clip’s even size', () => {
    const plan = planVideo(
      resolved(
        { action: 'extend', direction: 'forward' },
        { source: { file: file('video', 10), startTicks: seconds(1), durationTicks: seconds(4) } },
      ),
      fakeVideoFamily,
    );
    expect(plan.frameCount).toBe(25);
    expect(plan.known[0]).toMatchObject({ atFrame: 0, count: 9, startTicks: seconds(5) - seconds(9 / 16) });
    expect(plan.kept).toEqual({ from: 9, count: 16 });
    expect(plan.output).toMatchObject({ width: 1278, height: 720, frameCount: 16 });
  });

  test('extend backward: the clip’s first frames are known, at the end and at the start of a latent’s group', () => {
    const plan = planVideo(
      resolved(
        { action: 'extend', direction: 'backward' },
        { source: { file: file('video', 10), startTicks: seconds(1), durationTicks: seconds(4) } },
      ),
      fakeVideoFamily,
    );
    expect(plan.known[0]).toMatchObject({ atFrame: 17, count: 9, startTicks: seconds(1) });
    expect(plan.kept).toEqual({ from: 1, count: 16 });
  });

  test('a short source lends what it has', () => {
    const plan = planVideo(
      resolved(
        { action: 'extend', direction: 'forward' },
        { source: { file: file('video', 0.25), startTicks: 0, durationTicks: seconds(0.25) } },
      ),
      fakeVideoFamily,
    );
    expect(plan.known[0]).toMatchObject({ count: 4, startTicks: 0 });
    const still = planVideo(
      resolved(
        { action: 'extend', direction: 'forward' },
        { source: { file: file('image', 0), startTicks: 0, durationTicks: seconds(1) } },
      ),
      fakeVideoFamily,
    );
    expect(still.known[0]).toMatchObject({ count: 1 });
  });

  test('fill a gap: the left clip’s last frame and the right one’s first frame stand at its edges', () => {
    const plan = planVideo(
      resolved(
        { action: 'fillGap' },
        {
          firstFrame: { file: file('video', 10), ticks: seconds(3) },
          lastFrame: { file: file('video', 10), ticks: seconds(6) },
        },
      ),
      fakeVideoFamily,
    );
    expect(plan.known.map(({ atFrame, count }) => ({ atFrame, count }))).toEqual([
      { atFrame: 0, count: 9 },
      { atFrame: 25, count: 9 },
    ]);
    // the ninth known frame is the left picture itself
    expect((plan.known[0]?.startTicks ?? 0) + seconds(8 / 16)).toBe(seconds(3));
    expect(plan.known[1]?.startTicks).toBe(seconds(6));
    expect(plan).toMatchObject({ frameCount: 34, kept: { from: 9, count: 16 } });
  });

  test('inpaint: the mask’s inside is new, laid over the source at its own size and rate', () => {
    const source = { file: file('video', 10), startTicks: seconds(1), durationTicks: seconds(2) };
    const plan = planVideo(resolved({ action: 'inpaint' }, { source, mask: drawn }), fakeVideoFamily);
    expect(plan).toMatchObject({
      frameCount: 32,
      anew: 'region',
      output: { width: 1278, height: 720, rate: { num: 30, den: 1 }, frameCount: 60, over: source },
    });
    expect(planVideo(resolved({ action: 'inpaint' }, { source }), fakeVideoFamily)).toMatchObject({
      anew: 'structure',
      output: { over: null },
    });
  });

  test('restyle: everything by its structure, or the background around the mask', () => {
    const source = { file: file('video', 10), startTicks: 0, durationTicks: seconds(2) };
    expect(
      planVideo(
        resolved({ action: 'restyle', scope: 'everything', keepShapes: 0.6 }, { source, mask: drawn }),
        fakeVideoFamily,
      ),
    ).toMatchObject({ anew: 'structure', controlScale: 0.6, output: { over: null, rate: { num: 16, den: 1 } } });
    expect(
      planVideo(resolved({ action: 'restyle', scope: 'background' }, { source, mask: drawn }), fakeVideoFamily),
    ).toMatchObject({ anew: 'outside', output: { over: source } });
    expect(
      planVideo(resolved({ action: 'restyle', scope: 'masked' }, { source, mask: drawn }), fakeVideoFamily).anew,
    ).toBe('region');
  });

  test('a still stays one picture', () => {
    const source = { file: file('image', 0), startTicks: 0, durationTicks: seconds(5) };
    expect(planVideo(resolved({ action: 'inpaint' }, { source, mask: drawn }), fakeVideoFamily)).toMatchObject({
      frameCount: 1,
      output: { frameCount: 1 },
    });
  });

  test('what has no picture is refused by name', () => {
    const source = {
      file: { ...file('video', 3), facts: { kind: 'audio', durationTicks: seconds(3), video: null } as MediaFacts },
      startTicks: 0,
      durationTicks: seconds(1),
    };
    expect(() => planVideo(resolved({ action: 'extend', direction: 'forward' }, { source }), fakeVideoFamily)).toThrow(
      'a.mp4 has no picture.',
    );
  });
});
