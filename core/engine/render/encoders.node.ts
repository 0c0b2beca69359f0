/** Which encoders work here: each that ffmpeg lists is tried on a few frames, and `doctor` shows why one failed. */
import { FailureError } from '../../contract/errors.ts';
import { plainSentence, sentence, type Sentence } from '../../contract/sentence.ts';
import { listEncoders } from '../../ffmpeg/capabilities.node.ts';
import { format } from '../../ffmpeg/colour.ts';
import { filter, FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';

/** Whether an encoder works on this machine, and why not. */
export interface EncoderReport {
  readonly name: string;
  readonly usable: boolean;
  readonly reason: Sentence;
}

/** Software first; then what graphics cards bring. */
export const knownEncoders = [
  'libx264',
  'libx265',
  'libsvtav1',
  'libaom-av1',
  'prores_ks',
  'aac',
  'h264_nvenc',
  'hevc_nvenc',
  'av1_nvenc',
  'h264_qsv',
  'hevc_qsv',
  'h264_vaapi',
  'h264_amf',
  'h264_videotoolbox',
  'hevc_videotoolbox',
] as const;

const tried = new Map<string, Promise<EncoderReport>>();

/** Tries all known encoders, one by one: hardware encoders of one card get in each other's way. */
export async function probeEncoders(): Promise<readonly EncoderReport[]> {
  const reports: EncoderReport[] = [];
  for (const name of knownEncoders) reports.push(await probeEncoder(name));
  return reports;
}

/** Remembered for the life of the process. Throws FailureError 'ffmpegMissing' only. */
export function probeEncoder(name: string): Promise<EncoderReport> {
  const known = tried.get(name);
  if (known) return known;
  const report = tryEncoder(name);
  tried.set(name, report);
  report.catch(() => tried.delete(name));
  return report;
}

/** The first encoder of a list that works. Throws FailureError 'ffmpegFailed' with every reason when none does. */
export async function firstUsable(names: readonly string[]): Promise<string> {
  const reports: EncoderReport[] = [];
  for (const name of names) {
    const report = name === 'png' ? { name, usable: true, reason: plainSentence('') } : await probeEncoder(name);
    if (report.usable) return name;
    reports.push(report);
  }
  const reasons = reports
    .map(({ name, reason }) => sentence('export.encoderReason', { name, reason }))
    .reduce((first, rest) => sentence('export.and', { first, rest }));
  throw new FailureError('ffmpegFailed', sentence('export.noEncoder', { reasons }));
}

async function tryEncoder(name: string): Promise<EncoderReport> {
  if (!(await listEncoders()).has(name)) return { name, usable: false, reason: sentence('export.encoderNotBuilt') };
  const sound = name === 'aac';
  const vaapi = name.endsWith('_vaapi');
  const graph = new FilterGraph();
  const source = sound
    ? [filter('sine', { duration: 0.1 })]
    : [filter('color', { size: { width: 256, height: 144 }, rate: 25, duration: 0.2 })];
  const stream = graph.chain([], [...source, ...(vaapi ? [format('nv12'), filter('hwupload')] : [])]);
  const started = performance.now();
  try {
    await runFfmpeg({
      graph,
      vaapiDevice: vaapi ? '/dev/dri/renderD128' : undefined,
      outputs: [
        {
          to: null,
          streams: [stream],
          options: sound
            ? [['c:a', name]]
            : [
                ['c:v', name],
                ['frames:v', 3],
              ],
        },
      ],
    });
    return {
      name,
      usable: true,
      reason: sentence('export.encoderTried', { ms: Math.round(performance.now() - started) }),
    };
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code === 'ffmpegMissing') throw error;
    const reason = error.message.replace(/^The file: ffmpeg failed \([^)]*\): /, '').replace(/[.]$/, '');
    return { name, usable: false, reason: plainSentence(reason) };
  }
}
