/** Makes what is missing of one file's cache: proxy, sounds, peaks, filmstrip, poster. Each part is whole or absent. */
import { join } from 'node:path';
import { format, toBt709 } from '../../ffmpeg/colour.ts';
import { assetNames, exists, soundAssetName, type AssetName } from '../../disk/assetFiles.node.ts';
import { colourOf, type AudioFacts } from '../../disk/facts.ts';
import { needsDecoding } from './decodeSound.node.ts';
import type { KnownFile } from './factsStore.node.ts';
import { keyFramesOf, makeFilmstrip, makePoster, type StripSource } from './makeFilmstrip.node.ts';
import { makePeaks } from './makePeaks.node.ts';
import { alphaDecoder } from './locateSource.node.ts';
import { makeProxy } from './makeProxy.node.ts';
import type { SoundCache } from './soundCache.node.ts';
import { overBlack, unstackOverBlack } from './stackedPicture.ts';
import { drawPoster, drawStill } from './still.node.ts';
import { makeWholeFile, removeLeftovers } from '../../disk/wholeFile.node.ts';

/** What to fill one file's cache with, and who follows it. */
export interface CacheWork {
  readonly file: KnownFile;
  /** The cache folder of this content. */
  readonly folder: string;
  readonly sounds: SoundCache;
  readonly signal?: AbortSignal;
  onProgress(fraction: number, stage: string): void;
  /** A part is there now. */
  onPart(): void;
}

interface Part {
  /** File name in the cache folder. */
  readonly name: string;
  readonly stage: string;
  /** Share of the whole work, any unit. */
  readonly weight: number;
  make(to: string, onFraction: (fraction: number) => void): Promise<void>;
}

/** Names of the files that this one's cache should have and has not; a silent film lacks no peaks. */
export async function missingNames(work: Pick<CacheWork, 'file' | 'folder' | 'sounds'>): Promise<string[]> {
  const parts = await missingParts({ ...work, onProgress: () => undefined, onPart: () => undefined });
  return parts.flatMap(({ name }) => (name === assetNames.filmstrip ? [assetNames.filmstripInfo, name] : [name]));
}

async function missingParts(work: CacheWork): Promise<Part[]> {
  const parts = partsOf(work);
  const there = await Promise.all(parts.map((part) => exists(join(work.folder, part.name))));
  return parts.filter((_, index) => !there[index]);
}

/** Throws FailureError as ffmpeg's runs; the parts made before stay. */
export async function fillCache(work: CacheWork): Promise<void> {
  await removeLeftovers(work.folder);
  const todo = await missingParts(work);
  const total = todo.reduce((sum, part) => sum + part.weight, 0);
  let done = 0;
  for (const part of todo) {
    work.onProgress(done / total, part.stage);
    await part.make(join(work.folder, part.name), (fraction) =>
      work.onProgress((done + part.weight * fraction) / total, part.stage),
    );
    done += part.weight;
    work.onPart();
  }
}

/** The poster first: it is what the bin waits for. */
function partsOf(work: CacheWork): Part[] {
  return work.file.facts.kind === 'image' ? stillParts(work) : filmParts(work);
}

function stillParts({ file: { path, facts } }: CacheWork): Part[] {
  const poster: Part = {
    name: assetNames.poster,
    stage: 'poster',
    weight: 1,
    make: (to) => makeWholeFile(to, (temporary) => drawPoster(path, temporary, 480)),
  };
  const still: Part = {
    name: assetNames.still,
    stage: 'proxy',
    weight: 2,
    make: (to) => makeWholeFile(to, (temporary) => drawStill(path, temporary)),
  };
  return facts.proxyReason === null ? [poster] : [poster, still];
}

function filmParts(work: CacheWork): Part[] {
  const { file, folder, sounds, signal } = work;
  const { facts } = file;
  const video = facts.video;
  const original: StripSource | null = video && {
    ...keyFramesOf(file.path, video.streamIndex, video, alphaDecoder(video)),
    durationTicks: facts.durationTicks,
    width: video.width,
    height: video.height,
    colour: video.hasAlpha ? [...toBt709(colourOf(video), true), ...overBlack] : toBt709(colourOf(video), false),
  };
  const poster = original && part('poster', 1, (to) => makePoster(original, to, signal));
  const proxyName = video?.hasAlpha ? 'alphaProxy' : 'proxy';
  const proxy = part(proxyName, 40, async (to, onFraction) => {
    // a sound that changes would start the picture's filters again
    const sound = facts.audio && (await sounds.readable(file, facts.audio, { signal }));
    await makeProxy(file.path, facts, sound, to, onFraction, signal);
  });
  // a proxy has a key frame every 12 frames: more tiles that differ, and cheaper to read
  const strip =
    original && facts.proxyReason !== null
      ? stripOfProxy(original, join(folder, assetNames[proxyName]), proxyName === 'alphaProxy')
      : original;
  const info = join(folder, assetNames.filmstripInfo);
  return [
    ...(poster ? [poster] : []),
    ...facts.sounds.flatMap((audio, index) => (needsDecoding(audio) || index > 0 ? [decodedPart(work, audio)] : [])),
    ...(facts.proxyReason === null ? [] : [proxy]),
    ...facts.sounds.map((audio) => peaksPart(work, audio)),
    ...(strip ? [part('filmstrip', 3, (to) => makeFilmstrip(strip, to, info, signal))] : []),
  ];
}

function stripOfProxy(original: StripSource, path: string, isStacked: boolean): StripSource {
  const proxy = keyFramesOf(path, 0);
  if (!isStacked) return { ...original, ...proxy, colour: [format('yuv420p')] };
  const open: StripSource['open'] = (graph, atSeconds) => unstackOverBlack(graph, proxy.open(graph, atSeconds));
  const { openAll: _all, ...source } = original;
  return { ...source, about: path, open, colour: [] };
}

function part(asset: AssetName, weight: number, make: Part['make']): Part {
  return { name: assetNames[asset], stage: asset === 'alphaProxy' ? 'proxy' : asset, weight, make };
}

/** The window plays a file's first sound from the file where that is exact, and every other from here. */
function decodedPart({ file, sounds, signal }: CacheWork, audio: AudioFacts): Part {
  return {
    name: soundAssetName('sound', audio.streamIndex),
    stage: 'sound',
    weight: 4,
    make: async (_, onFraction) => {
      await sounds.decoded(file, audio, { signal, onFraction });
    },
  };
}

function peaksPart({ file, sounds, signal }: CacheWork, audio: AudioFacts): Part {
  const make: Part['make'] = async (to, onFraction) => {
    const read = await sounds.readable(file, audio, { signal });
    await makePeaks({ ...read, endSeconds: audio.endSeconds, about: file.path }, to, onFraction, signal);
  };
  return { name: soundAssetName('peaks', audio.streamIndex), stage: 'peaks', weight: 2, make };
}
