/**
 * Small media files of many kinds, sound and damaged, written by ffmpeg for the tests, with a manifest that says what
 * a reader should find. So a fresh clone tests its import without a file from elsewhere.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FailureCode } from '../../../contract/errors.ts';

/** What a file holds, in the form of ../shared/media/manifest.json. */
export interface ManifestEntry {
  readonly file: string;
  /** 'TRUNCATED' = damaged, 'SAR' = oblong pixels: see `contradictions` in mediaTable.node.ts. */
  readonly note: string;
  /** 'video h264 320 180 yuv420p 30/1', 'audio aac 2'. */
  readonly streams: readonly string[];
  /** Seconds; null for stills. */
  readonly duration: string | null;
  /** Code of the refusal, where neither the note nor the ending tells it. */
  readonly refusal?: FailureCode;
}

interface Recipe extends ManifestEntry {
  /** ffmpeg's options between the inputs and the output. */
  readonly options: readonly string[];
}

const [width, height, seconds] = [320, 180, 2];
const duration = seconds.toFixed(3);
const bt709 = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];

function film(file: string, codec: string, sound: string | null, options: string, note = ''): Recipe {
  const video = `video ${codec} ${width} ${height} yuv420p 30/1`;
  return {
    file,
    note,
    streams: sound === null ? [video] : [video, `audio ${sound}`],
    duration,
    options: [...options.split(' '), ...bt709, ...(sound === null ? ['-an'] : [])],
  };
}

function sound(file: string, stream: string, options = ''): Recipe {
  return { file, note: '', streams: [`audio ${stream}`], duration, options: ['-vn', ...words(options)] };
}

function still(file: string, codec: string): Recipe {
  const streams = [`video ${codec} ${width} ${height} rgb24 25/1`];
  return { file, note: '', streams, duration: null, options: ['-an', '-frames:v', '1'] };
}

const words = (text: string) => text.split(' ').filter((word) => word !== '');
const x264 = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p';

const recipes: readonly Recipe[] = [
  film('h264.mp4', 'h264', 'aac 2', `${x264} -c:a aac -ac 2`),
  film('h264 fragmented.mp4', 'h264', 'aac 2', `${x264} -c:a aac -ac 2 -movflags frag_keyframe+empty_moov`),
  film('silent.mov', 'h264', null, x264),
  film('hevc.mp4', 'hevc', 'aac 1', '-c:v libx265 -preset ultrafast -x265-params log-level=error -tag:v hvc1 -c:a aac'),
  film('prores.mov', 'prores', 'pcm_s16le 1', '-c:v prores_ks -profile:v 1 -c:a pcm_s16le'),
  film('vp9.webm', 'vp9', 'opus 1', '-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus'),
  film('vp8.webm', 'vp8', 'vorbis 1', '-c:v libvpx -deadline realtime -cpu-used 8 -c:a libvorbis'),
  film('h264.mkv', 'h264', 'flac 1', `${x264} -c:a flac`),
  film('h264.ts', 'h264', 'mp2 1', `${x264} -c:a mp2`),
  film('h264.flv', 'h264', 'mp3 1', `${x264} -c:a libmp3lame -ar 44100`),
  film('mpeg4.avi', 'mpeg4', 'mp3 1', '-c:v mpeg4 -q:v 5 -c:a libmp3lame'),
  film('mjpeg.avi', 'mjpeg', 'pcm_s16le 1', '-c:v mjpeg -q:v 5 -pix_fmt yuvj420p -c:a pcm_s16le'),
  film('mpeg2.mpg', 'mpeg2video', 'mp2 1', '-c:v mpeg2video -q:v 5 -c:a mp2'),
  film('six channels.mkv', 'h264', 'aac 6', `${x264} -c:a aac -ac 6`),
  film('oblong pixels.mp4', 'h264', null, `${x264} -vf setsar=2/1`, 'SAR 2:1'),
  sound('wav.wav', 'pcm_s16le 1'),
  sound('24 bit 96 kHz.wav', 'pcm_s24le 2', '-c:a pcm_s24le -ar 96000 -ac 2'),
  sound('mp3.mp3', 'mp3 1'),
  sound('flac.flac', 'flac 1'),
  sound('opus.ogg', 'opus 1', '-c:a libopus'),
  sound('aac.m4a', 'aac 1', '-c:a aac'),
  still('still.png', 'png'),
  still('still.jpg', 'mjpeg'),
  still('still.webp', 'webp'),
];

function ffmpeg(folder: string, file: string, options: readonly string[]): void {
  const inputs = [`testsrc2=s=${width}x${height}:r=30:d=${seconds}`, `sine=f=440:r=48000:d=${seconds}`].flatMap(
    (source) => ['-f', 'lavfi', '-i', source],
  );
  const output = ['-t', String(seconds), '-y', join(folder, file)];
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...inputs, ...options, ...output], { stdio: 'pipe' });
}

/** Damaged files and files without picture or sound: each must be refused with its reason. */
function writeDamaged(folder: string): readonly ManifestEntry[] {
  const whole = readFileSync(join(folder, 'h264.mp4'));
  writeFileSync(join(folder, 'cut off.mp4'), whole.subarray(0, Math.floor(whole.length * 0.6)));
  writeFileSync(join(folder, 'not a film.mp4'), 'these are only words\n'.repeat(500));
  writeFileSync(join(folder, 'captions.srt'), '1\n00:00:00,000 --> 00:00:01,000\nHello\n');
  const streams = [`video h264 ${width} ${height} yuv420p 30/1`, 'audio aac 2'];
  return [
    { file: 'cut off.mp4', note: 'TRUNCATED', streams, duration },
    { file: 'not a film.mp4', note: 'text', streams: [], duration: null, refusal: 'notMedia' },
    { file: 'captions.srt', note: 'captions', streams: [], duration: null },
  ];
}

/**
 * Writes the files and their manifest.json into `folder` in a few seconds; `only`: those of these names, and h264.mp4.
 * Throws when ffmpeg lacks an encoder.
 */
export function writeOwnMedia(folder: string, only?: readonly string[]): readonly ManifestEntry[] {
  // the damaged files are made of h264.mp4
  const chosen = recipes.filter(({ file }) => file === 'h264.mp4' || (only?.includes(file) ?? true));
  for (const { file, options } of chosen) ffmpeg(folder, file, options);
  const entries: readonly ManifestEntry[] = [...chosen, ...writeDamaged(folder)];
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(entries));
  return entries;
}
