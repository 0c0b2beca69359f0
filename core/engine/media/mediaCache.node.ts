/** Makes what is missing of one file's cache: proxy, peaks, filmstrip, poster. Each part is whole or not there. */
import { join } from 'node:path';
import { format, toBt709 } from '../../ffmpeg/colour.ts';
import { assetNames, exists, type AssetName } from '../../disk/assetFiles.node.ts';
import { colourOf, type MediaFacts } from '../../disk/facts.ts';
import { keyFramesOf, makeFilmstrip, makePoster, type StripSource } from './makeFilmstrip.node.ts';
import { makePeaks } from './makePeaks.node.ts';
import { makeProxy } from './makeProxy.node.ts';
import { drawPoster, drawStill } from './still.node.ts';
import { makeWholeFile, removeLeftovers } from '../../disk/wholeFile.node.ts';

/** What to fill one file's cache with, and who follows it. */
export interface CacheWork {
  readonly source: string;
  /** The cache folder of this content. */
  readonly folder: string;
  readonly facts: MediaFacts;
  readonly signal?: AbortSignal;
  onProgress(fraction: number, stage: string): void;
  /** A part is there now. */
  onPart(): void;
}

interface Part {
  readonly asset: AssetName;
  readonly stage: string;
  /** Share of the whole work, any unit. */
  readonly weight: number;
  make(to: string, onFraction: (fraction: number) => void): Promise<void>;
}

/** Whether a part that this file should have is not there; a silent film lacks no peaks. */
export async function lacksParts(work: Pick<CacheWork, 'source' | 'folder' | 'facts'>): Promise<boolean> {
  return (await missingParts({ ...work, onProgress: () => undefined, onPart: () => undefined })).length > 0;
}

async function missingParts(work: CacheWork): Promise<Part[]> {
  const path = (asset: AssetName) => join(work.folder, assetNames[asset]);
  const parts = partsOf(work, path);
  const there = await Promise.all(parts.map((part) => exists(path(part.asset))));
  return parts.filter((_, index) => !there[index]);
}

/** Throws FailureError as ffmpeg's runs; the parts made before stay. */
export async function fillCache(work: CacheWork): Promise<void> {
  const path = (asset: AssetName) => join(work.folder, assetNames[asset]);
  await removeLeftovers(work.folder);
  const todo = await missingParts(work);
  const total = todo.reduce((sum, part) => sum + part.weight, 0);
  let done = 0;
  for (const part of todo) {
    work.onProgress(done / total, part.stage);
    await part.make(path(part.asset), (fraction) =>
      work.onProgress((done + part.weight * fraction) / total, part.stage),
    );
    done += part.weight;
    work.onPart();
  }
}

/** The poster first: it is what the bin waits for. */
function partsOf(work: CacheWork, path: (asset: AssetName) => string): Part[] {
  const { facts, source, signal } = work;
  if (facts.kind === 'image') {
    const poster: Part = {
      asset: 'poster',
      stage: 'poster',
      weight: 1,
      make: (to) => makeWholeFile(to, (temporary) => drawPoster(source, temporary, 480)),
    };
    const still: Part = {
      asset: 'still',
      stage: 'proxy',
      weight: 2,
      make: (to) => makeWholeFile(to, (temporary) => drawStill(source, temporary)),
    };
    return facts.proxyReason === null ? [poster] : [poster, still];
  }
  const parts: Part[] = [];
  const video = facts.video;
  const original: StripSource | null = video && {
    ...keyFramesOf(source, video.streamIndex),
    durationTicks: facts.durationTicks,
    width: video.width,
    height: video.height,
    colour: toBt709(colourOf(video), false),
  };
  if (original)
    parts.push({ asset: 'poster', stage: 'poster', weight: 1, make: (to) => makePoster(original, to, signal) });
  if (facts.proxyReason !== null)
    parts.push({
      asset: 'proxy',
      stage: 'proxy',
      weight: 40,
      make: (to, onFraction) => makeProxy(source, facts, to, onFraction, signal),
    });
  if (facts.audio)
    parts.push({
      asset: 'peaks',
      stage: 'peaks',
      weight: 2,
      make: (to, onFraction) => makePeaks(source, facts, to, onFraction, signal),
    });
  if (original) {
    // a proxy has a key frame every 12 frames: more tiles that differ, and cheaper to read
    const strip =
      facts.proxyReason === null
        ? original
        : { ...original, ...keyFramesOf(path('proxy'), 0), colour: [format('yuv420p')] };
    parts.push({
      asset: 'filmstrip',
      stage: 'filmstrip',
      weight: 3,
      make: (to) => makeFilmstrip(strip, to, path('filmstripInfo'), signal),
    });
  }
  return parts;
}
