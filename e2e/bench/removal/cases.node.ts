/** Which objects are laid over which clips: each clip of a folder gets a thing that moves, some a still one too. */
import { cacheKeyOfContent } from '../../../core/disk/cacheFolder.node.ts';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFile } from '../../../core/engine/generation/resolved.ts';
import { plainSource } from '../../../core/engine/media/locateSource.node.ts';
import { probeFile } from '../../../core/engine/media/probe.node.ts';

/** An object over a clip. */
export interface RemovalCase {
  readonly name: string;
  readonly source: SourceFile;
  readonly object: 'disc' | 'logo' | 'figure';
  readonly frameCount: number;
}

const mostFrames = Number(process.env['REMOVAL_FRAMES'] ?? 100);
const leastFrames = 24;
const noKey = '0'.repeat(64) as SourceFile['contentKey'];
const video = /\.(mp4|mov|mkv|webm|avi)$/i;

/** The cases of a folder, in the order of its names. `words` keep those whose names hold one of them. */
export async function casesIn(folder: string, words: readonly string[]): Promise<RemovalCase[]> {
  const cases: RemovalCase[] = [];
  let number = 0;
  for (const name of (await readdir(folder)).filter((each) => video.test(each)).toSorted()) {
    const path = join(folder, name);
    const facts = await probeFile(path).catch(() => null);
    if (!facts?.video || facts.kind !== 'video') continue;
    const frames = Math.min(mostFrames, facts.video.frameCount - 1);
    const pixels = facts.video.codedWidth * facts.video.codedHeight;
    if (frames < leastFrames || pixels < 200 * 150 || pixels > 1920 * 1088) continue;
    const source: SourceFile = {
      ...plainSource({ path, facts, contentKey: noKey, cacheKey: cacheKeyOfContent(noKey) }),
      name,
    };
    const objects = [
      'disc',
      ...(number % 2 === 0 ? ['logo'] : []),
      ...(number % 3 === 1 ? ['figure'] : []),
    ] as RemovalCase['object'][];
    for (const object of objects)
      cases.push({
        name: `${object} over ${name}`,
        source,
        object,
        frameCount: frames,
      });
    number++;
  }
  return cases.filter((each) => words.length === 0 || words.some((word) => each.name.includes(word)));
}
