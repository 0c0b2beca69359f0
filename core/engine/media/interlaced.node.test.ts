/** Interlaced films: which field comes first is found out, and every frame is whole, wherever reading starts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MediaFacts } from '../../disk/facts.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { ticksAtFrame } from '../../time/ticks.ts';
import { judgeFields } from './fieldOrder.node.ts';
import { judgePlayable } from './playable.ts';
import { probeFile } from './probe.node.ts';
import { readFrames } from './readFrames.node.ts';
import { fewOf } from '../../time/testing/longTests.node.ts';

const [width, height] = [720, 576];
const stepPx = 12;
let folder = '';
const films: Record<string, string> = {};
const facts: Record<string, MediaFacts> = {};

/** A white bar of 40 px that moves 12 px with every field: field f has it at x = 12 f. */
const grounds = `color=black:s=${width}x${height}:r=50[b];color=white:s=40x${height}:r=50[w]`;
const bar = `${grounds};[b][w]overlay=x='t*50*${stepPx}':y=0:eval=frame,format=yuv420p`;

function film(name: string, filters: string, ...encoder: string[]): void {
  const path = join(folder, name);
  ffmpeg('-filter_complex', `${bar},${filters}`, '-t', '1', '-g', '8', '-bf', '2', ...encoder, path);
  films[name] = path;
}

/** From films that were encoded before. */
function derive(name: string, words: readonly string[]): void {
  films[name] = join(folder, name);
  ffmpeg(...words, '-c', 'copy', films[name]);
}

const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-qp', '4'];
const flagged = (field: 'tff' | 'bff') => [...h264, '-flags', '+ilme+ildct', '-x264opts', `${field}=1`];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-interlaced-'));
  film('top.mp4', 'tinterlace=mode=interleave_top,setfield=tff', ...flagged('tff'));
  film('bottom.mkv', 'tinterlace=mode=interleave_bottom,setfield=bff', ...flagged('bff'));
  film(
    'top.mpg',
    'tinterlace=mode=interleave_top,setfield=tff',
    '-c:v',
    'mpeg2video',
    '-q:v',
    '2',
    '-flags',
    '+ilme+ildct',
  );
  film('unmarked.mp4', 'tinterlace=mode=interleave_top,setfield=prog', ...h264);
  film('segmented.mp4', 'fps=25,setfield=tff', ...flagged('tff'));
  film('whole.mp4', 'fps=25,setfield=prog', ...h264);
  derive('turned.mov', ['-i', films['top.mp4']!, '-metadata:s:v', 'rotate=90']);
  derive('upside-down.mov', ['-i', films['top.mp4']!, '-metadata:s:v', 'rotate=180']);
  const list = join(folder, 'list');
  await writeFile(list, "file 'whole.mp4'\nfile 'top.mp4'\n");
  derive('mixed.mkv', ['-f', 'concat', '-i', list]);
  for (const [name, path] of Object.entries(films)) facts[name] = await probeFile(path);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Rows of grey, frame after frame. */
async function read(name: string, first: number, frameCount: number, size = { width, height }): Promise<Uint8Array[]> {
  const file = {
    path: films[name]!,
    facts: facts[name]!,
    contentKey: '' as never,
    cacheKey: '' as never,
    startTicks: 0,
    patches: [],
  };
  const startTicks = ticksAtFrame(first, { num: 25, den: 1 });
  const { data } = await readFrames({ startTicks, frameCount, fps: 25, ...size }, file);
  const pixels = width * height;
  return Array.from({ length: frameCount }, (_, frame) =>
    Uint8Array.from({ length: pixels }, (__, at) => data[(frame * pixels + at) * 3]!),
  );
}

/** Pixels that differ from the line above and from the line below in the same direction. */
function combed(frame: Uint8Array): number {
  let count = 0;
  for (let at = width; at < frame.length - width; at++) {
    const own = frame[at]!;
    if ((own - frame[at - width]!) * (own - frame[at + width]!) > 2000) count++;
  }
  return count;
}

/** Where the bar begins, px, in the middle line. */
function barAt(frame: Uint8Array): number {
  const line = frame.subarray((height / 2) * width, (height / 2 + 1) * width);
  return line.findIndex((value) => value > 128);
}

describe('the order of fields', () => {
  it.each([
    ['top.mp4', 'top'],
    ['bottom.mkv', 'bottom'],
    ['top.mpg', 'top'],
    // no mark in the file: the picture shows it
    ['unmarked.mp4', 'top'],
    // whole pictures in a stream marked interlaced
    ['segmented.mp4', 'progressive'],
    ['whole.mp4', 'progressive'],
    ['turned.mov', 'top'],
    ['upside-down.mov', 'top'],
    // whole pictures, then interlaced ones
    ['mixed.mkv', 'top'],
  ])('%s: %s', (name, order) => {
    expect(facts[name]!.video!.fieldOrder).toBe(order);
    const key = order === 'top' ? 'mediaRemark.interlacedTop' : 'mediaRemark.interlacedBottom';
    expect(facts[name]!.remarks.map((remark) => remark.key)).toEqual(order === 'progressive' ? [] : [key]);
  });

  it('where nothing moves a header is believed, and one that says progressive where little is combed', () => {
    const still = { top: 0, bottom: 0, progressive: 0 };
    expect(judgeFields('bottom', still)).toBe('bottom');
    expect(judgeFields(null, still)).toBe('progressive');
    expect(judgeFields('progressive', { top: 4, bottom: 3, progressive: 2 })).toBe('progressive');
    expect(judgeFields('bottom', { top: 20, bottom: 1, progressive: 0 })).toBe('top');
    // 3:2 pulldown: two combed frames in five
    expect(judgeFields('progressive', { top: 24, bottom: 0, progressive: 36 })).toBe('top');
  });

  it('the window plays interlaced films from their proxy', () => {
    const { video, formatName } = facts['top.mp4']!;
    const tagged = { ...video!, matrix: 'bt709' };
    expect(judgePlayable(formatName, tagged, null, 0)).toMatchObject({
      proxyReason: expect.stringContaining('interlaced'),
    });
  });
});

describe.each(fewOf(['top.mp4', 'bottom.mkv'], 1))('%s', (name) => {
  it('frames are whole, each at the time of its first field', async () => {
    const frames = await read(name, 0, 10);
    expect(frames.map(combed)).toEqual(frames.map(() => 0));
    frames.forEach((frame, index) => expect(Math.abs(barAt(frame) - index * 2 * stepPx)).toBeLessThanOrEqual(2));
  });

  it('a frame is the same wherever reading starts', async () => {
    const all = await read(name, 0, 18);
    for (const first of [8, 9, 16]) expect(Buffer.compare((await read(name, first, 1))[0]!, all[first]!)).toBe(0);
  });
});

it('whole pictures in an interlaced stream keep their samples', async () => {
  const [frame] = await read('segmented.mp4', 9, 1);
  const [plain] = await read('whole.mp4', 9, 1);
  expect(combed(frame!)).toBe(0);
  expect(barAt(frame!)).toBe(barAt(plain!));
});

/** The pixel of a picture that stands at (x, y) of the upright one, by the turn that its file asks for. */
const placed: Readonly<Record<string, (x: number, y: number) => number>> = {
  'turned.mov': (x, y) => (width - 1 - x) * height + y,
  'upside-down.mov': (x, y) => (height - 1 - y) * width + (width - 1 - x),
};

it.each([
  ['turned.mov', { width: height, height: width }],
  ['upside-down.mov', { width, height }],
])('frames of %s are made whole before they are turned', async (name, size) => {
  const [[turned], [upright]] = [await read(name, 9, 1, size), await read('top.mp4', 9, 1)];
  let furthest = 0;
  for (let y = 0; y < height; y += 7)
    for (let x = 0; x < width; x++)
      furthest = Math.max(furthest, Math.abs(turned![placed[name]!(x, y)]! - upright![y * width + x]!));
  expect(furthest).toBeLessThanOrEqual(3);
});

it('where whole and interlaced frames mix, whole ones keep their samples', async () => {
  expect(facts['mixed.mkv']!.video!.fieldsMarked).toBe(true);
  expect(facts['unmarked.mp4']!.video!.fieldsMarked).toBe(false);
  const [whole, plain] = [await read('mixed.mkv', 9, 2), await read('whole.mp4', 9, 2)];
  whole.forEach((frame, index) => expect(Buffer.compare(frame, plain[index]!)).toBe(0));
  const later = await read('mixed.mkv', 25, 12);
  expect(later.map(combed)).toEqual(later.map(() => 0));
});
