/**
 * Probing with ffmpeg alone (ffmpeg-static brings no ffprobe): reads the report that `ffmpeg -i` prints. Coarser than
 * ffprobe: no frame counts, no colour tags beyond the ones printed, mirrored pictures not seen.
 */
import type { RawProbe, RawStream } from './rawProbe.node.ts';
import { localOnly, runProgram, unreadable } from './rawProbe.node.ts';

export async function probeByReport(ffmpegPath: string, path: string): Promise<RawProbe> {
  const { stderr } = await runProgram(ffmpegPath, ['-hide_banner', ...localOnly, '-i', path]);
  const probe = parseReport(stderr);
  if (!probe) throw unreadable(path, stderr);
  return probe;
}

/** null when the report names no input. */
export function parseReport(report: string): RawProbe | null {
  const format = /^Input #0, (.+), from /m.exec(report)?.[1];
  if (format === undefined) return null;
  const duration = /Duration: (\d+):(\d+):([\d.]+)/.exec(report);
  const start = /start: (-?[\d.]+)/.exec(report)?.[1];
  const blocks = report.split(/^(?=\s*Stream #0:)/m).slice(1);
  return {
    formatName: format,
    startSeconds: start === undefined ? null : Number(start),
    durationSeconds: duration ? Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]) : null,
    streams: blocks.flatMap((block, index) => parseStream(block, index) ?? []),
    tags: {},
    probedWith: 'ffmpeg',
  };
}

function parseStream(block: string, index: number): RawStream | null {
  const head = /Stream #0:\d+[^:]*(?:\([^)]*\))?: (Video|Audio|Subtitle|Data): (.*)/.exec(block);
  if (!head) return null;
  const line = head[2]!;
  const size = /, (\d{1,5})x(\d{1,5})/.exec(line);
  const pixels = /^[^,]*(?:\([^)]*\))*, ([a-z0-9]+)(?:\(([^)]*)\))?/.exec(line);
  const colour =
    (pixels?.[2] ?? '')
      .split(', ')
      .find((part) => part.includes('/') || part.startsWith('bt') || part.startsWith('smpte'))
      ?.split('/') ?? [];
  const rate = /([\d.]+)(k?) fps/.exec(line);
  const fps = rate ? rateText(Number(rate[1]) * (rate[2] === 'k' ? 1000 : 1)) : '0/0';
  const channels = /, (mono|stereo|5\.1|7\.1|quad|(\d+) channels)/.exec(line);
  return {
    index,
    type: head[1]!.toLowerCase(),
    codec: /^[a-z0-9_]+/i.exec(line)?.[0] ?? '',
    profile: '',
    width: Number(size?.[1] ?? 0),
    height: Number(size?.[2] ?? 0),
    pixelFormat: head[1] === 'Video' ? (pixels?.[1] ?? '') : '',
    sampleAspect: /SAR (\d+:\d+)/.exec(line)?.[1] ?? '1:1',
    averageRate: fps,
    realRate: fps,
    startSeconds: null,
    durationSeconds: null,
    frameCount: null,
    attachedPicture: /\(attached pic\)/.test(line),
    rotationDegrees: Number(/rotation of (-?[\d.]+)/.exec(block)?.[1] ?? 0),
    mirrored: false,
    matrix: colour[0] ?? '',
    primaries: colour[1] ?? colour[0] ?? '',
    transfer: colour[2] ?? colour[0] ?? '',
    range: /\((?:[^)]*, )?(pc|tv)[,)]/.exec(line)?.[1] ?? '',
    sampleRateHz: Number(/(\d+) Hz/.exec(line)?.[1] ?? 0),
    channels: channels ? ({ mono: 1, stereo: 2, '5.1': 6, '7.1': 8, quad: 4 }[channels[1]!] ?? Number(channels[2])) : 0,
    tags: {},
  };
}

/** ffmpeg prints 29.97 for 30000/1001. */
function rateText(fps: number): string {
  const ntsc = Math.round(fps) * 1000;
  return Math.abs(ntsc / 1001 - fps) < 0.006 && !Number.isInteger(fps)
    ? `${ntsc}/1001`
    : `${Math.round(fps * 1000)}/1000`;
}
