/** What the window shows of a patch: its own preview, and the posters of the whole that it makes with its source. */
import { FailureError } from '../../contract/errors.ts';
import { exists } from '../../disk/assetFiles.node.ts';
import { cacheKeyOfAll, type CacheFolder, type CacheKey } from '../../disk/cacheFolder.node.ts';
import { colourOf, type VideoFacts } from '../../disk/facts.ts';
import { readJsonOrNull, writeJsonFile } from '../../disk/jsonFile.node.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import { toBt709 } from '../../ffmpeg/colour.ts';
import { openFrames } from '../../ffmpeg/layPatches.ts';
import { lastSlot } from '../../render/sourceTime.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import { framesOf, type LocatedSource } from './locateSource.node.ts';
import { makeFilmstrip, makePoster, type StripSource } from './makeFilmstrip.node.ts';
import { makePatchProxy } from './makePatchProxy.node.ts';
import { drawPoster } from './still.node.ts';

/**
 * `locate` finds the source with the patch over it. Without the source there is nothing to show, which is no failure of
 * the patch: its looks are made once the source is back.
 */
export async function fillPatchCache(
  cache: CacheFolder,
  cacheKey: CacheKey,
  locate: () => Promise<LocatedSource>,
): Promise<void> {
  const source = await locate().catch((error: unknown) => {
    if (error instanceof FailureError && error.failure.code === 'notFound') return null;
    throw error;
  });
  if (!source) return;
  // another file behind the source, or another patch below, makes another picture
  const shownWith = cache.assetPath(cacheKey, 'shownWith');
  const whole = keyOfWhole(source);
  const isSame = (await readJsonOrNull(shownWith)) === whole;
  const missing = async (asset: 'poster' | 'proxy' | 'filmstripInfo') => {
    const path = cache.assetPath(cacheKey, asset);
    return (isSame || asset === 'proxy') && (await exists(path)) ? null : path;
  };
  const poster = await missing('poster');
  const { video, kind } = source.facts;
  if (kind === 'image' || !video) {
    if (poster) await makeWholeFile(poster, (to) => drawPoster(source.path, to, 480));
    return writeJsonFile(shownWith, whole);
  }
  const proxy = await missing('proxy');
  const patch = source.patches.at(-1)!;
  if (proxy) await makePatchProxy(patch.path, patch.box, video, proxy);
  const strip = patchedStrip(source, video);
  if (poster) await makePoster(strip, poster);
  const info = await missing('filmstripInfo');
  if (info) await makeFilmstrip(strip, cache.assetPath(cacheKey, 'filmstrip'), info);
  await writeJsonFile(shownWith, whole);
}

/** Names the files that make the whole: a photograph's is merged already. */
function keyOfWhole({ cacheKey, base, patches }: LocatedSource): CacheKey {
  return base === undefined || patches.length === 0 ? cacheKey : cacheKeyOfAll([{ cacheKey: base }, ...patches]);
}

/** All frames of the whole: a patch's key frames and its source's do not fall together. */
function patchedStrip(source: LocatedSource, video: VideoFacts): StripSource {
  const { durationTicks } = source.facts;
  return {
    about: source.path,
    durationTicks,
    width: video.width,
    height: video.height,
    colour: toBt709(colourOf(video), false),
    open: (graph, atSeconds) =>
      openFrames(graph, framesOf(source, video), {
        sourceRate: video.rate,
        sourceDurationTicks: durationTicks,
        startTicks: ticksFromSeconds(atSeconds ?? 0),
        speed: { num: 1, den: 1 },
        reversed: false,
        outputRate: video.rate,
        frameCount: atSeconds === null ? lastSlot(video.rate, durationTicks) + 1 : 1,
      }).stream,
  };
}
