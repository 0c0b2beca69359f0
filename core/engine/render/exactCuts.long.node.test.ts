import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countedVideo, wrongFrames } from './testing/countedVideo.node.ts';
import { exportedFrames } from './testing/exportClips.node.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-cuts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const x264 = (params: string) => ['-c:v', 'libx264', '-qp', '4', '-x264-params', `scenecut=0:b-adapt=0:${params}`];
const x265 = (params: string) => [
  ...['-c:v', 'libx265', '-x265-params', `scenecut=0:b-adapt=0:log-level=none:qp=4:${params}`],
];
const open264 = x264('keyint=60:bframes=5:open-gop=1:b-pyramid=normal');
const closed264 = x264('keyint=50:bframes=3');
const open265 = x265('keyint=60:min-keyint=60:bframes=6:open-gop=1');
const deep264 = x264('keyint=60:bframes=12:open-gop=1:b-pyramid=strict');
const long264 = x264('keyint=240:min-keyint=240:bframes=2');
const mpeg2 = ['-c:v', 'mpeg2video', '-q:v', '1', '-bf', '2', '-g', '15'];
const mpeg4 = ['-c:v', 'mpeg4', '-q:v', '1', '-bf', '2', '-g', '40'];
const vp8 = ['-c:v', 'libvpx', '-crf', '4', '-b:v', '2M', '-g', '60'];
const vp9 = ['-c:v', 'libvpx-vp9', '-crf', '4', '-b:v', '0', '-cpu-used', '8', '-g', '60'];
const av1 = ['-c:v', 'libsvtav1', '-crf', '5', '-preset', '12', '-g', '60'];

const films: readonly (readonly [name: string, encoder: readonly string[], rate: string])[] = [
  ['open264.mp4', open264, '25'],
  ['closed264.mp4', closed264, '25'],
  ['deep264.mp4', deep264, '25'],
  ['open265.mp4', open265, '25'],
  ['fragmented264.mp4', [...open264, '-movflags', 'frag_keyframe+empty_moov'], '25'],
  ['mpeg4.mp4', mpeg4, '25'],
  ['av1.mp4', av1, '25'],
  ['vp9.mp4', vp9, '25'],
  ['open264.mov', open264, '25'],
  ['open265.mov', [...open265, '-tag:v', 'hvc1'], '25'],
  ['prores.mov', ['-c:v', 'prores_ks'], '25'],
  ['mjpeg.mov', ['-c:v', 'mjpeg', '-q:v', '1', '-pix_fmt', 'yuvj420p'], '25'],
  ['open264.mkv', open264, '25'],
  ['open265.mkv', open265, '25'],
  ['ffv1.mkv', ['-c:v', 'ffv1', '-g', '20'], '25'],
  ['mpeg2.mkv', mpeg2, '25'],
  ['vp8.webm', vp8, '25'],
  ['vp9.webm', vp9, '25'],
  ['av1.webm', av1, '25'],
  ['mpeg4.avi', mpeg4, '25'],
  ['open264.avi', open264, '25'],
  ['ffv1.avi', ['-c:v', 'ffv1'], '25'],
  ['ntsc.avi', ['-c:v', 'mpeg4', '-q:v', '1', '-g', '40'], '30000/1001'],
  ['open264.ts', open264, '25'],
  ['long264.ts', long264, '25'],
  ['slow264.ts', long264, '12'],
  ['open265.ts', open265, '25'],
  ['mpeg2.ts', mpeg2, '25'],
  ['mpeg2.mpg', mpeg2, '25'],
  ['open264.flv', open264, '25'],
  ['sorenson.flv', ['-c:v', 'flv', '-q:v', '1', '-g', '40'], '25'],
  ['wmv2.wmv', ['-c:v', 'wmv2', '-q:v', '1', '-g', '40'], '25'],
  ['theora.ogv', ['-c:v', 'libtheora', '-q:v', '10', '-g', '40'], '25'],
  ['mpeg2.mxf', mpeg2, '25'],
  ['ntsc.mxf', mpeg2, '30000/1001'],
  ['open264.nut', open264, '25'],
  ['closed264.h264', closed264, '25'],
];

/** AVI has no presentation times: frames come as late as their decoder holds them back, as in every use of ffmpeg. */
const heldBack: Readonly<Record<string, number>> = { 'mpeg4.avi': 1, 'open264.avi': 2 };

it.each(films)('62 cuts of one frame in %s show the frames asked for', async (name, encoder, rate) => {
  const [num = 25, den = 1] = rate.split('/').map(Number);
  const path = countedVideo(folder, { name, rate, frames: 250, encoder });
  let state = 7;
  const draw = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const wanted = [
    0,
    58,
    59,
    60,
    117,
    120,
    176,
    239,
    240,
    249,
    ...Array.from({ length: 52 }, () => Math.floor(draw() * 250)),
  ];
  const { frames, notices } = await exportedFrames(
    folder,
    { num, den },
    wanted.map((from) => ({ path, from, count: 1 })),
  );
  const shown = wanted.map((frame) => Math.max(0, frame - (heldBack[name] ?? 0)));
  expect({ wrong: wrongFrames(frames, shown), notices }).toEqual({ wrong: [], notices: [] });
});

const highRates = ['144', '165', '240000/1001', '240', '480', '960'].flatMap((rate) => [
  [rate, 'mp4'] as const,
  [rate, 'mkv'] as const,
]);

it.each(highRates)('%s frames a second in %s slow down to their own frames', async (rate, ending) => {
  const [num = 25, den = 1] = rate.split('/').map(Number);
  const name = `${rate.replace('/', '_')}.${ending}`;
  const path = countedVideo(folder, { name, rate, frames: 60, encoder: closed264 });
  const clip = { path, from: 0, count: 60, speed: { num: 25 * den, den: num } };
  const { frames, notices } = await exportedFrames(folder, { num: 25, den: 1 }, [clip]);
  const wanted = Array.from({ length: 60 }, (_, frame) => frame);
  expect({ wrong: wrongFrames(frames, wanted), notices }).toEqual({ wrong: [], notices: [] });
});
