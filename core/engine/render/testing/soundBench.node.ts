/** Mixes of test media as samples, and what they should be. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MediaItem, ProjectDocument } from '../../../document/schema.ts';
import { createClip } from '../../../document/create.ts';
import { sequenceDuration } from '../../../document/query.ts';
import { ticksAtFrame, type Rate, type TickRange } from '../../../time/ticks.ts';
import { RenderSources } from '../renderSources.node.ts';
import { mixRange } from '../renderRange.node.ts';
import { emptyDocument } from './numberedVideo.node.ts';
import { renderAlone, type RenderAlone } from './renderAlone.node.ts';

const assets = join(import.meta.dirname, '../../../../assets');

/** Cuts are on frames of this rate. */
export const cutRate: Rate = { num: 30, den: 1 };

/** Both channels of a mix. */
export interface MixedSound {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly notices: readonly string[];
}

/** A document with media in it, and its mix. */
export interface SoundBench extends RenderAlone {
  readonly document: ProjectDocument;
  readonly items: readonly MediaItem[];
  /** A clip on the music track: frames of `cutRate`. */
  place(item: MediaItem, startFrame: number, frames: number, fromFrame: number, track?: 'music' | 'foley'): void;
  clear(): void;
  mix(range?: TickRange): Promise<MixedSound>;
}

/** `folder` gets the cache and the mixes. Throws where a file is refused. */
export async function soundBench(folder: string, ...paths: string[]): Promise<SoundBench> {
  const { document, sequence, track } = emptyDocument(cutRate);
  const alone = renderAlone(document, mkdtempSync(join(folder, 'bench-')), assets);
  const { imported, refused } = await alone.media.import(document.id, paths);
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  for (const item of imported) document.media[item.id] = item;
  const ticks = (frame: number) => ticksAtFrame(frame, cutRate);
  return {
    ...alone,
    document,
    items: imported,
    place(item, startFrame, frames, fromFrame, role = 'music') {
      const clip = createClip(item.name, { kind: 'media', mediaId: item.id }, ticks(startFrame), ticks(frames));
      track(role).clips.push({ ...clip, sourceInTicks: ticks(fromFrame) });
    },
    clear() {
      for (const each of sequence.tracks) each.clips.length = 0;
    },
    async mix(range = { startTicks: 0, durationTicks: sequenceDuration(sequence) }) {
      const notices: string[] = [];
      const workFolder = mkdtempSync(join(folder, 'mix-'));
      const sources = new RenderSources(alone.media, document.id);
      const notice = ({ text }: { readonly text: string }) => notices.push(text);
      const { path } = await mixRange({ document, sequence, sources, workFolder, notice }, range, () => undefined);
      return { ...channelsOf(readFileSync(path)), notices };
    },
  };
}

const placed = 'aresample=48000:async=1:first_pts=0';

/** All of a file's sound as ffmpeg decodes it from its time 0, brought to 48 kHz stereo in one go. */
export function decodedWhole(
  path: string,
  originSeconds: number,
  { isUnplaced = false }: { readonly isUnplaced?: boolean } = {},
): Pick<MixedSound, 'left' | 'right'> {
  const shift = originSeconds === 0 ? [] : ['-itsoffset', (-originSeconds).toFixed(6)];
  const words = ['-v', 'error', ...shift, '-i', path, '-vn', '-af', isUnplaced ? 'aresample=48000' : placed];
  return channelsOf(
    execFileSync('ffmpeg', [...words, '-ac', '2', '-f', 'f32le', '-'], { maxBuffer: 1024 * 1024 * 1024 }),
  );
}

function channelsOf(raw: Buffer): Pick<MixedSound, 'left' | 'right'> {
  const all = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length - (raw.length % 8)));
  return {
    left: all.filter((_, index) => index % 2 === 0),
    right: all.filter((_, index) => index % 2 === 1),
  };
}

/** Largest difference between two sounds, and where. What one has beyond the other counts as silence. */
export function farthest(a: Float32Array, b: Float32Array): { readonly by: number; readonly at: number } {
  let by = 0;
  let at = 0;
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = Math.abs((a[index] ?? 0) - (b[index] ?? 0));
    if (difference > by) [by, at] = [difference, index];
  }
  return { by, at };
}

/** Largest second difference: a click stands out of a tone. */
export function roughest(samples: Float32Array): number {
  let most = 0;
  for (let index = 1; index + 1 < samples.length; index++)
    most = Math.max(most, Math.abs(samples[index + 1]! - 2 * samples[index]! + samples[index - 1]!));
  return most;
}

/** The first sample that is louder than a tenth, from each half second on. */
export function burstsIn(samples: Float32Array): number[] {
  const bursts: number[] = [];
  for (let index = 0; index < samples.length; index++) {
    if (Math.abs(samples[index]!) <= 0.1) continue;
    bursts.push(index);
    index += 24_000;
  }
  return bursts;
}
