/**
 * Films of the kinds that people bring, made by ffmpeg alone, and a count of the samples in which two decoded films
 * differ: what the promise of a mask is held to.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { planeSizes, type SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { Shape } from '../maskShapes.node.ts';

/** What makes a file one that a model drew. */
export const recipeOfPack = '{"framewright":{"pack":{"id":"fake"}}}';

export function ffmpeg(...words: string[]): Buffer {
  return execFileSync('ffmpeg', ['-v', 'error', '-y', ...words], { maxBuffer: 1024 ** 3 });
}

export interface FilmSample {
  readonly name: string;
  readonly size: string;
  readonly rate: string;
  readonly pixelFormat: string;
  readonly ending: string;
  readonly encoder: readonly string[];
  readonly rotated?: boolean;
  /** Tried by `npm run test:long` alone: another film is of nearly its kind. */
  readonly long?: boolean;
}

const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '12'];
const bt709 = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
const bt709Frames = 'colorspace=bt709:color_primaries=bt709:color_trc=bt709';

export const filmSamples: readonly FilmSample[] = [
  { name: '8 bit', size: '320x180', rate: '30', pixelFormat: 'yuv420p', ending: 'mp4', encoder: [...h264, ...bt709] },
  {
    name: '29.97, bt601',
    size: '320x180',
    rate: '30000/1001',
    pixelFormat: 'yuv420p',
    ending: 'mp4',
    encoder: [...h264, '-colorspace', 'smpte170m'],
    long: true,
  },
  { name: 'rotated', size: '320x180', rate: '30', pixelFormat: 'yuv420p', ending: 'mp4', encoder: h264, rotated: true },
  { name: 'full range', size: '320x180', rate: '25', pixelFormat: 'yuvj420p', ending: 'mp4', encoder: h264 },
  {
    name: 'odd size',
    size: '319x179',
    rate: '25',
    pixelFormat: 'yuv420p',
    ending: 'mkv',
    encoder: ['-c:v', 'ffv1', ...bt709],
  },
  {
    name: '10 bit',
    size: '320x180',
    rate: '24',
    pixelFormat: 'yuv420p10le',
    ending: 'mp4',
    encoder: ['-c:v', 'libx265', '-x265-params', 'log-level=none', '-tag:v', 'hvc1', ...bt709],
  },
  {
    name: '10 bit, HLG',
    size: '320x180',
    rate: '25',
    pixelFormat: 'yuv420p10le',
    ending: 'mp4',
    encoder: [
      '-c:v',
      'libx265',
      '-x265-params',
      'log-level=none:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc',
    ],
    long: true,
  },
  {
    name: 'ProRes',
    size: '320x180',
    rate: '24000/1001',
    pixelFormat: 'yuv422p10le',
    ending: 'mov',
    // this encoder writes what the frames say, not what its options do
    encoder: ['-c:v', 'prores_ks', '-profile:v', '2', '-vf', `setparams=${bt709Frames}`],
  },
  {
    name: 'ProRes with alpha',
    size: '320x180',
    rate: '24',
    pixelFormat: 'yuva444p10le',
    ending: 'mov',
    encoder: ['-c:v', 'prores_ks', '-profile:v', '4444'],
  },
  {
    name: '4:4:4, 10 bit, odd',
    size: '319x179',
    rate: '30',
    pixelFormat: 'yuv444p10le',
    ending: 'mkv',
    encoder: ['-c:v', 'ffv1'],
  },
  {
    name: '12 bit',
    size: '320x180',
    rate: '30',
    pixelFormat: 'yuv420p12le',
    ending: 'mkv',
    encoder: ['-c:v', 'ffv1'],
    long: true,
  },
  { name: 'RGB', size: '319x179', rate: '30', pixelFormat: 'gbrp', ending: 'mkv', encoder: ['-c:v', 'ffv1'] },
];

/** Writes the film into a folder; returns its path. `isDrawn`: as if a model had drawn it. */
export function makeFilm(sample: FilmSample, folder: string, seconds = 0.7, isDrawn = false): string {
  const name = sample.name.replace(/\W+/g, '-');
  const plain = join(folder, `${name}.${sample.ending}`);
  const noisy = `testsrc2=size=640x360:rate=${sample.rate}:duration=${seconds},format=yuv444p,noise=alls=12:allf=t`;
  const toSize = `scale=${sample.size.replace('x', ':')},format=${sample.pixelFormat}`;
  const sound = ['-f', 'lavfi', '-i', `sine=frequency=300:duration=${seconds}`];
  ffmpeg(
    '-f',
    'lavfi',
    '-i',
    `${noisy},${toSize}`,
    ...sound,
    ...sample.encoder,
    ...(isDrawn ? ['-metadata', `comment=${recipeOfPack}`] : []),
    plain,
  );
  if (!sample.rotated) return plain;
  const turned = join(folder, `${name}-turned.${sample.ending}`);
  ffmpeg('-i', plain, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', turned);
  return turned;
}

/** What ffmpeg itself decodes, without a line of this program. */
export function decoded(path: string, format: SampleFormat, from: number, count: number, fullRange = false): Buffer {
  const name = fullRange ? format.name.replace('yuv', 'yuvj') : format.name;
  return ffmpeg(
    '-i',
    path,
    '-vf',
    `trim=start_frame=${from}:end_frame=${from + count}`,
    '-pix_fmt',
    name,
    '-f',
    'rawvideo',
    '-fps_mode',
    'passthrough',
    '-',
  );
}

/** Counts samples that differ outside `shape` and inside it, in every plane; chroma touching its edge is left out. */
export function differences(a: Buffer, b: Buffer, format: SampleFormat, shape: Shape) {
  const wide = format.bitDepth > 8 ? 2 : 1;
  const sizes = planeSizes(format, shape);
  if (format.hasAlpha) sizes.push({ width: shape.width, height: shape.height });
  const frameBytes = sizes.reduce((sum, { width, height }) => sum + width * height * wide, 0);
  let outside = 0;
  let inside = 0;
  let checked = 0;
  for (let start = 0; start < a.length; start += frameBytes) {
    let at = start;
    for (const [plane, size] of sizes.entries()) {
      const shift = plane === 0 || plane === 3 ? { x: 0, y: 0 } : format.chromaShift;
      for (let i = 0; i < size.width * size.height; i++, at += wide) {
        const same = a[at] === b[at] && (wide === 1 || a[at + 1] === b[at + 1]);
        const out = touchesOutside(shape, (i % size.width) << shift.x, Math.floor(i / size.width) << shift.y, shift);
        if (out) checked++;
        if (same) continue;
        if (out) outside++;
        else inside++;
      }
    }
  }
  return { outside, inside, checked, frameCount: a.length / frameBytes };
}

function touchesOutside(shape: Shape, left: number, top: number, shift: { x: number; y: number }): boolean {
  for (let y = top; y < Math.min(shape.height, top + (1 << shift.y)); y++)
    for (let x = left; x < Math.min(shape.width, left + (1 << shift.x)); x++)
      if (shape.data[y * shape.width + x] === 0) return true;
  return false;
}
