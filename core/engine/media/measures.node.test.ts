import { expect, it } from 'vitest';
import type { VideoFacts } from '../../disk/facts.ts';
import { filmstripPlan } from './makeFilmstrip.node.ts';
import { PeakReader } from './makePeaks.node.ts';
import { proxySize } from './makeProxy.node.ts';
import { judgePlayable } from './playable.ts';
import { refusalByHead } from './sniff.node.ts';
import { rateOfStream } from './streamRate.ts';

const h264: VideoFacts = {
  streamIndex: 0,
  width: 1280,
  height: 720,
  codedWidth: 1280,
  codedHeight: 720,
  rate: { num: 30, den: 1 },
  codec: 'h264',
  pixelFormat: 'yuv420p',
  rotationDegrees: 0,
  mirrored: false,
  sampleAspect: { num: 1, den: 1 },
  hasAlpha: false,
  matrix: 'bt709',
  transfer: 'bt709',
  primaries: 'bt709',
  range: 'tv',
  clockJumps: false,
  untimedFrames: 0,
  peakNits: null,
  gopFrames: 12,
  irregular: false,
  startSeconds: 0,
  endSeconds: 10,
  frameCount: 300,
  fieldOrder: 'progressive',
  fieldsMarked: false,
  changes: false,
};
const judge = (changes: Partial<VideoFacts>, format = 'mov,mp4') =>
  judgePlayable(format, { ...h264, ...changes }, null, 0);

it('a short-GOP H.264 is played as it is; what Chromium cannot decode or seek in gets a proxy and a reason', () => {
  expect(judge({})).toEqual({ decodable: true, proxyReason: null });
  expect(judge({ gopFrames: 250 })).toMatchObject({
    decodable: true,
    proxyReason: expect.stringContaining('250 frames apart'),
  });
  expect(judge({ gopFrames: 100, codedWidth: 320, codedHeight: 240 })).toMatchObject({ proxyReason: null });
  expect(judge({ codec: 'hevc' })).toMatchObject({ decodable: false });
  expect(judge({ pixelFormat: 'yuv444p' })).toMatchObject({ decodable: false });
  expect(judge({ transfer: 'arib-std-b67' })).toMatchObject({
    decodable: false,
    proxyReason: expect.stringContaining('HDR'),
  });
  expect(judge({ startSeconds: 0.08 })).toMatchObject({ decodable: false });
  expect(judge({}, 'mpegts')).toMatchObject({ decodable: false });
});

it('a rate is what most frames keep: averages of phones and millisecond clocks are seen through', () => {
  expect(rateOfStream('30000/1001', '30000/1001', null)).toEqual({ num: 30000, den: 1001 });
  expect(rateOfStream('51600/1841', '30/1', 1 / 30)).toEqual({ num: 30, den: 1 });
  expect(rateOfStream('60/1', '1000/1', 0.03337)).toEqual({ num: 30000, den: 1001 });
  expect(rateOfStream('179/6', '179/6', 6 / 179)).toEqual({ num: 179, den: 6 });
  // one long first frame (fragmented MP4 without an edit list) does not slow the others down
  expect(rateOfStream('384000/15497', '25/1', 1 / 25)).toEqual({ num: 25, den: 1 });
  expect(rateOfStream('0/0', '90000/1', null)).toEqual({ num: 30, den: 1 });
});

it('a proxy fits in 1280 by 720, upright pictures in 720 by 1280, sides even, never enlarged', () => {
  expect(proxySize({ width: 3840, height: 2160 })).toEqual({ width: 1280, height: 720 });
  expect(proxySize({ width: 1080, height: 1920 })).toEqual({ width: 720, height: 1280 });
  expect(proxySize({ width: 322, height: 181 })).toEqual({ width: 322, height: 182 });
});

it('peaks are the lowest and highest sample of each hundredth, whatever portions the bytes come in', () => {
  const samples = new Int16Array(1200);
  samples[10] = -32768;
  samples[20] = 16384;
  samples[500] = 258;
  const bytes = new Uint8Array(samples.buffer);
  const whole = new PeakReader();
  whole.push(bytes);
  const pieces = new PeakReader();
  for (let at = 0; at < bytes.length; at += 7) pieces.push(bytes.subarray(at, at + 7));
  expect([...whole.finish()]).toEqual([-127, 64, 0, 1, 0, 0]);
  expect([...pieces.finish()]).toEqual([-127, 64, 0, 1, 0, 0]);
});

it('a filmstrip has a tile each half second, and at most 256', () => {
  expect(filmstripPlan(705_600_000 * 4, 1280, 720)).toMatchObject({
    count: 8,
    columns: 8,
    tileWidth: 128,
    tileHeight: 72,
  });
  expect(filmstripPlan(705_600_000 * 3600, 1280, 720).count).toBe(256);
});

it('text, subtitles, documents and HEIC are known by their first bytes', () => {
  const head = (text: string) => refusalByHead(Buffer.from(text, 'latin1'))?.reason.text ?? null;
  expect(head('just a few words\n')).toMatch(/text file/);
  expect(head('1\n00:00:01,000 --> 00:00:02,000\nHello\n')).toMatch(/SubRip/);
  expect(head('%PDF-1.7')).toMatch(/PDF/);
  expect(head('\0\0\0\x18ftypheic\0\0\0\0')).toMatch(/HEIC/);
  expect(head('\0\0\0\x18ftypisom\0\0\0\0')).toBeNull();
  expect(head('<svg xmlns="http://www.w3.org/2000/svg"/>')).toBeNull();
  expect(head('\0'.repeat(64))).toMatch(/zeros/);
});
