/** Short-GOP proxies: what Chromium can play and seek in, frame for frame the source's regular grid. */
import { basename } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { lastSlot } from '../../render/sourceTime.ts';
import { toBt709 } from '../../ffmpeg/colour.ts';
import { deinterlaced } from '../../ffmpeg/deinterlace.ts';
import { placedStereo } from '../../ffmpeg/soundGraph.ts';
import { secondsFromTicks, type Ticks } from '../../time/ticks.ts';
import { filter, FilterGraph, type OpenedInput, type Stream } from '../../ffmpeg/filterGraph.ts';
import { bt709Tags, type OutputOption } from '../../ffmpeg/option.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { colourOf, type MediaFacts, type VideoFacts } from '../../disk/facts.ts';
import type { ReadSound } from './soundCache.node.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';

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

/** Throws FailureError as `runFfmpeg`; nothing is left under `to` then. `sound` null: the proxy is silent. */
export async function makeProxy(
  source: string,
  facts: MediaFacts,
  sound: ReadSound | null,
  to: string,
  onFraction: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const graph = new FilterGraph();
  const opened = graph.open({ path: source });
  const streams: Stream[] = [];
  const options: OutputOption[] = [];
  if (facts.video) {
    streams.push(proxyPicture(graph, opened, facts.video, facts.durationTicks));
    options.push(...proxyPictureOptions);
  }
  if (sound) {
    // decoded elsewhere, or beside the picture: read together, both keep their place in time
    const read = sound.format === undefined ? opened : graph.open({ path: sound.path, format: sound.format });
    streams.push(graph.chain([read.stream(sound.streamIndex)], placedStereo));
    options.push(['c:a', 'aac'], ['b:a', '192k'], ['ar', 48000]);
  }
  options.push(['map_metadata', -1], ['movflags', 'faststart']);
  const seconds = secondsFromTicks(facts.durationTicks);
  let frames = 0;
  await makeWholeFile(to, async (temporary) => {
    await runFfmpeg({
      graph,
      outputs: [{ to: temporary, streams, format: 'mp4', options }],
      about: source,
      signal,
      onProgress: (progress) => {
        frames = Math.max(frames, progress.frame);
        onFraction(Math.min(1, progress.seconds / seconds));
      },
    });
    if (facts.video && frames === 0)
      throw new FailureError('damaged', sentence('media.noFrame', { name: basename(source) }), source);
  });
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

function proxyPicture(graph: FilterGraph, opened: OpenedInput, video: VideoFacts, durationTicks: Ticks): Stream {
  const { width, height } = proxySize(video);
  return graph.chain(
    [opened.stream(video.streamIndex)],
    [
      ...deinterlaced(video),
      filter('fps', { fps: video.rate, round: 'near', start_time: 0 }),
      filter('scale', { w: width, h: height, flags: 'bicubic' }),
      filter('setsar', { sar: 1 }),
      ...toBt709(colourOf(video), false),
      filter('tpad', { stop_mode: 'clone', stop: -1 }),
      // not by -frames:v, which would end the sound as well
      filter('trim', { end_frame: lastSlot(video.rate, durationTicks) + 1 }),
    ],
  );
}
