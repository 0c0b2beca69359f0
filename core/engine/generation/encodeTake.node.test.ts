import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ticksFromSeconds } from '../../time/ticks.ts';
import { FilterGraph, type Stream } from '../../ffmpeg/filterGraph.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { probeFile } from '../media/probe.node.ts';
import { openSource, takeGraph } from './encodeTake.node.ts';
import { drawShape, featherInwards, opacityPlanes } from './maskShapes.node.ts';
import type { VideoPlan } from './requirePossible.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-compose-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function rawFrames(graph: FilterGraph, stream: Stream): Promise<Buffer> {
  const path = join(folder, 'frames.yuv');
  await runFfmpeg({
    graph,
    outputs: [
      {
        to: path,
        streams: [stream],
        format: 'rawvideo',
        options: [
          ['pix_fmt', 'yuv420p'],
          ['fps_mode', 'passthrough'],
        ],
      },
    ],
  });
  return readFile(path);
}

/** [name, encoder options of the source] */
const sources: readonly (readonly [string, number, number, readonly string[]])[] = [
  ['h264 bt709', 320, 180, ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-colorspace', 'bt709', '-color_range', 'tv']],
  [
    'bt601, 25 fps',
    320,
    180,
    ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-r', '25', '-colorspace', 'smpte170m', '-color_range', 'tv'],
  ],
  ['10 bit', 320, 180, ['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-x265-params', 'log-level=none']],
  ['odd size', 319, 179, ['-c:v', 'libx264', '-pix_fmt', 'yuv444p']],
  [
    'odd size, bt601',
    321,
    181,
    ['-c:v', 'libx264', '-pix_fmt', 'yuv444p', '-colorspace', 'smpte170m', '-color_range', 'tv'],
  ],
];

describe('laying what was made over the source', () => {
  test.each(sources)(
    'outside the mask every value of every plane is the source’s own, inside it is not: %s',
    async (name, width, height, options) => {
      const path = join(folder, `${name.replace(/\W/g, '')}.mp4`);
      ffmpeg('-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=30:duration=1`, ...options, path);
      const facts = await probeFile(path);
      const rate = facts.video?.rate ?? { num: 30, den: 1 };
      const size = { width: width & ~1, height: height & ~1 };
      const source = {
        file: { path, name, contentKey: 'k', facts },
        startTicks: ticksFromSeconds(0.2),
        durationTicks: ticksFromSeconds(0.5),
      };
      const output = { ...size, rate, frameCount: Math.ceil((0.5 * rate.num) / rate.den), over: source };
      const plan: VideoPlan = {
        frameCount: 8,
        known: [],
        anew: 'region',
        kept: { from: 0, count: 8 },
        controlScale: null,
        upscale: false,
        output,
      };

      const madePath = join(folder, 'made.rgb');
      await writeFile(madePath, Buffer.alloc(8 * 64 * 36 * 3, 200));
      const shape = await drawShape(
        { kind: 'box', x: 0.303, y: 0.207, width: 0.411, height: 0.509, featherPx: 6 },
        width,
        height,
        () => undefined,
      );
      const opacityPath = join(folder, 'opacity.yuv');
      await writeFile(opacityPath, opacityPlanes(await featherInwards(shape, 6), size.width, size.height));

      const take = takeGraph(
        plan,
        { path: madePath, frameCount: 8, width: 64, height: 36 },
        { num: 16, den: 1 },
        opacityPath,
      );
      const composed = await rawFrames(take.graph, take.video);
      const own = new FilterGraph();
      const original = await rawFrames(own, openSource(own, source, output).picture);
      const frameBytes = (size.width * size.height * 3) / 2;
      expect(composed.length).toBe(output.frameCount * frameBytes);
      expect(original.length).toBe(composed.length);

      let worstOutside = 0;
      let changedInside = 0;
      for (let frame = 0; frame < output.frameCount; frame++) {
        for (let y = 0; y < size.height; y++) {
          for (let x = 0; x < size.width; x++) {
            const luma = frame * frameBytes + y * size.width + x;
            const chroma = frame * frameBytes + size.width * size.height + (y >> 1) * (size.width / 2) + (x >> 1);
            const difference = Math.max(
              ...[luma, chroma, chroma + (size.width * size.height) / 4].map((at) =>
                Math.abs((composed[at] ?? 0) - (original[at] ?? 0)),
              ),
            );
            if ((shape.data[y * width + x] ?? 0) === 0) worstOutside = Math.max(worstOutside, difference);
            else if (difference > 8) changedInside++;
          }
        }
      }
      expect(worstOutside).toBe(0);
      expect(changedInside).toBeGreaterThan(1000 * output.frameCount);
    },
    60_000,
  );
});
