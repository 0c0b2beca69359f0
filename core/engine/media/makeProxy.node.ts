/** Short-GOP proxies: what Chromium can play and seek in, frame for frame the source's regular grid. */
import { lastSlot } from '../../render/sourceTime.ts';
import { toBt709 } from '../../ffmpeg/colour.ts';
import { stereoFiltersFor } from '../../ffmpeg/soundGraph.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import { runFfmpeg } from '../../ffmpeg/ffmpeg.node.ts';
import type { MediaFacts, VideoFacts } from '../../disk/facts.ts';
import { localOnly } from './rawProbe.node.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';

/** Frames from key frame to key frame: at 720p a seek then decodes within 60 ms on two cores. */
export const proxyGopFrames = 12;
const longSidePx = 1280;
const shortSidePx = 720;

export const bt709Tags = [
  '-colorspace',
  'bt709',
  '-color_primaries',
  'bt709',
  '-color_trc',
  'bt709',
  '-color_range',
  'tv',
] as const;
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

/** Throws FailureError as `runFfmpeg`; nothing is left under `to` then. */
export async function makeProxy(
  source: string,
  facts: MediaFacts,
  to: string,
  onFraction: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const graph: string[] = [];
  const options: string[] = [];
  if (facts.video) {
    const { width, height } = proxySize(facts.video);
    const filters = [
      `fps=${facts.video.rate.num}/${facts.video.rate.den}:round=near:start_time=0`,
      `scale=${width}:${height}:flags=bicubic`,
      'setsar=1',
      ...toBt709(facts.video, false),
      'tpad=stop_mode=clone:stop=-1',
      // not -frames:v: ffmpeg ends the sound, too, when it has that many
      `trim=end_frame=${lastSlot(facts.video.rate, facts.durationTicks) + 1}`,
    ];
    graph.push(`[0:${facts.video.streamIndex}]${filters.join(',')}[v]`);
    options.push('-map', '[v]');
    options.push(
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-tune',
      'fastdecode',
      '-crf',
      '20',
      '-g',
      String(proxyGopFrames),
      '-keyint_min',
      String(proxyGopFrames),
      '-sc_threshold',
      '0',
      '-bf',
      '0',
      '-pix_fmt',
      'yuv420p',
      '-fps_mode',
      'passthrough',
      ...bt709Tags,
    );
  }
  if (facts.audio) {
    graph.push(`[0:${facts.audio.streamIndex}]${stereoFiltersFor(facts.audio.channels).join(',')}[a]`);
    options.push('-map', '[a]', '-c:a', 'aac', '-b:a', '192k', '-ar', '48000');
  }
  const seconds = secondsFromTicks(facts.durationTicks);
  await makeWholeFile(to, async (temporary) => {
    await runFfmpeg({
      inputs: [{ path: source, options: [...localOnly] }],
      filterGraph: graph.join(';'),
      outputs: [
        { to: temporary, options: [...options, '-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4'] },
      ],
      about: source,
      signal,
      onProgress: (progress) => onFraction(Math.min(1, progress.seconds / seconds)),
    });
  });
}
