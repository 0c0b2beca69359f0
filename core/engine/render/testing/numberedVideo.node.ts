/**
 * Test media whose frames say their number: frame k is a flat grey of luma 16 + 2k mod 200. And documents to put them
 * in.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ffmpeg } from '../../../ffmpeg/testing/ffmpegWords.node.ts';
import { createClip, createProject } from '../../../document/create.ts';
import type { Clip, MediaItem, ProjectDocument, Sequence, Track } from '../../../document/schema.ts';
import { ticksFromSeconds, type Rate } from '../../../time/ticks.ts';

export function lumaOf(frame: number): number {
  return 16 + ((frame * 2) % 200);
}

/** Lossless H.264 with B-frames and long GOPs, so that seeking has something to get wrong. */
export function numberedVideo(folder: string, rate: string, seconds: number, more: readonly string[] = []): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `numbered-${rate.replace('/', '_')}-${seconds}${more.join('').replace(/\W/g, '')}.mp4`);
  if (existsSync(path)) return path;
  ffmpeg(
    '-f',
    'lavfi',
    '-i',
    `color=s=64x36:r=${rate}:d=${seconds},format=yuv420p,geq=lum='16+mod(N*2,200)':cb=128:cr=128`,
    '-c:v',
    'libx264',
    '-qp',
    '0',
    '-preset',
    'veryfast',
    '-g',
    '50',
    '-bf',
    '2',
    '-colorspace',
    'bt709',
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-color_range',
    'tv',
    ...more,
    path,
  );
  return path;
}

export function emptyDocument(
  rate: Rate = { num: 30, den: 1 },
  size = { width: 64, height: 36 },
): { document: ProjectDocument; sequence: Sequence; track: (role: Track['role']) => Track } {
  const document = createProject('Test', { ...size, rate });
  const sequence = document.sequences[document.activeSequenceId]!;
  return { document, sequence, track: (role) => sequence.tracks.find((each) => each.role === role)! };
}

export function mediaClip(item: MediaItem, startSeconds: number, seconds: number, changes: Partial<Clip> = {}): Clip {
  return {
    ...createClip(
      item.name,
      { kind: 'media', mediaId: item.id },
      ticksFromSeconds(startSeconds),
      ticksFromSeconds(seconds),
    ),
    ...changes,
  };
}

/** Luma (as coded, 16..235) in the middle of every frame of a file of this size. */
export function lumas(path: string, width = 64, height = 36): number[] {
  const raw = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-fps_mode', 'passthrough', '-'],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  const frameBytes = (width * height * 3) / 2;
  return Array.from(
    { length: raw.length / frameBytes },
    (_, frame) => raw[frame * frameBytes + Math.floor(height / 2) * width + width / 2]!,
  );
}

/** The left channel as float samples at 48 kHz. */
export function samples(path: string): Float32Array {
  const raw = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-vn', '-af', 'aresample=48000,pan=mono|c0=c0', '-f', 'f32le', '-'],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  return new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length - (raw.length % 4)));
}
