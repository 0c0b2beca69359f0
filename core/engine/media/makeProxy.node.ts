/** Short-GOP proxies: what Chromium can play and seek in, frame for frame the source's regular grid. */
import { basename } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { lastSlot } from '../../render/sourceTime.ts';
import { toBt709 } from '../../ffmpeg/colour.ts';
import { openFrames } from '../../ffmpeg/layPatches.ts';
import { placedStereo } from '../../ffmpeg/soundGraph.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import { filter, FilterGraph, type Stream } from '../../ffmpeg/filterGraph.ts';
import { bt709Tags, type OutputOption } from '../../ffmpeg/option.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { runFrames } from '../../ffmpeg/run.node.ts';
import { framesOf } from './locateSource.node.ts';
import { colourOf, type MediaFacts, type VideoFacts } from '../../disk/facts.ts';
import type { ReadSound } from './soundCache.node.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import { stackAlpha } from './stackedPicture.ts';

/** Frames from key frame to key frame: at 720p a seek then decodes within 60 ms on two cores. */
export const proxyGopFrames = 12;
const longSidePx = 1280;
const shortSidePx = 720;

/** Size within 1280x720 (or 720x1280), aspect kept, even. */
export function proxySize(video: Pick<VideoFacts, 'width' | 'height'>): { width: number; height: number } {
  const wide = video.width >= video.height;
  const fit = Math.min(
    1,
    (wide ? longSidePx : shortSidePx) / video.width,
    (wide ? shortSidePx : longSidePx) / video.height,
  );
  const even = (px: number) => Math.max(2, Math.round((px * fit) / 2) * 2);
  return { width: even(video.width), height: even(video.height) };
}

/**
 * A picture with alpha becomes colours over opacity. Throws FailureError as `runFfmpeg`; nothing is left under `to`
 * then. `sound` null: the proxy is silent.
 */
export async function makeProxy(
  source: string,
  facts: MediaFacts,
  sound: ReadSound | null,
  to: string,
  onFraction: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { video } = facts;
  const frameCount = video ? lastSlot(video.rate, facts.durationTicks) + 1 : 0;
  const seconds = secondsFromTicks(facts.durationTicks);
  await makeWholeFile(to, async (temporary) => {
    const result = await runFrames((rereads) => {
      const graph = new FilterGraph(rereads);
      const picture = video ? [proxyPicture(graph, { path: source, facts, video, frameCount })] : [];
      return {
        graph,
        outputs: [
          {
            to: temporary,
            streams: [...picture, ...(sound ? [proxySound(graph, sound)] : [])],
            format: 'mp4',
            options: [
              ...(video ? proxyPictureOptions : []),
              ...(sound ? soundOptions : []),
              ['map_metadata', -1],
              ['movflags', 'faststart'],
            ],
          },
        ],
        about: source,
        signal,
        onProgress: (progress) => onFraction(Math.min(1, progress.seconds / seconds)),
      };
    });
    if (!video) return;
    if (result.frameCount === 0)
      throw new FailureError('damaged', sentence('media.noFrame', { name: basename(source) }), source);
    requireFrames(result, frameCount);
  });
}

const soundOptions: readonly OutputOption[] = [
  ['c:a', 'aac'],
  ['b:a', '192k'],
  ['ar', 48000],
];

function proxySound(graph: FilterGraph, { path, format, clock, streamIndex }: ReadSound): Stream {
  return graph.chain([graph.open({ path, format, clock }).stream(streamIndex)], placedStereo);
}

/** How the window's previews are encoded. */
export const proxyPictureOptions: readonly OutputOption[] = [
  ['c:v', 'libx264'],
  ['preset', 'veryfast'],
  ['tune', 'fastdecode'],
  ['crf', 20],
  ['g', proxyGopFrames],
  ['keyint_min', proxyGopFrames],
  ['sc_threshold', 0],
  ['bf', 0],
  ['pix_fmt', 'yuv420p'],
  ['fps_mode', 'passthrough'],
  ...bt709Tags,
];

/** Every slot of a film, as the exporter reads them. */
function proxyPicture(
  graph: FilterGraph,
  film: { path: string; facts: MediaFacts; video: VideoFacts; frameCount: number },
): Stream {
  const { path, facts, video, frameCount } = film;
  const { width, height } = proxySize(video);
  const frames = openFrames(graph, framesOf({ path, facts, startTicks: 0, patches: [] }, video), {
    sourceRate: video.rate,
    sourceDurationTicks: facts.durationTicks,
    startTicks: 0,
    speed: { num: 1, den: 1 },
    reversed: false,
    outputRate: video.rate,
    frameCount,
  });
  if (video.hasAlpha)
    return graph.chain([stackAlpha(graph, frames.stream, colourOf(video), { width, height })], frames.finish);
  return graph.chain(
    [frames.stream],
    [
      filter('scale', { w: width, h: height, flags: 'bicubic' }),
      filter('setsar', { sar: 1 }),
      ...toBt709(colourOf(video), false),
      ...frames.finish,
    ],
  );
}
