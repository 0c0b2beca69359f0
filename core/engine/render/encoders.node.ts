/** Which encoders work here: each is tried on a few frames, the reason of each refusal kept for `doctor`. */
import { FailureError } from '../../contract/errors.ts';
import { runFfmpeg } from '../../ffmpeg/ffmpeg.node.ts';

export interface EncoderReport {
  readonly name: string;
  readonly usable: boolean;
  readonly reason: string;
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

/** One by one: hardware encoders of one card get in each other's way. */
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
    const report = name === 'png' ? { name, usable: true, reason: '' } : await probeEncoder(name);
    if (report.usable) return name;
    reports.push(report);
  }
  throw new FailureError(
    'ffmpegFailed',
    `This ffmpeg cannot encode that: ${reports.map((report) => `${report.name}: ${report.reason}`).join('; ')}.`,
  );
}

async function tryEncoder(name: string): Promise<EncoderReport> {
  const sound = name === 'aac';
  const source = sound ? 'sine=d=0.1' : 'color=s=256x144:r=25:d=0.2';
  const vaapi = name.endsWith('_vaapi') ? ['-vaapi_device', '/dev/dri/renderD128', '-vf', 'format=nv12,hwupload'] : [];
  const started = performance.now();
  try {
    await runFfmpeg({
      inputs: [{ path: source, options: ['-f', 'lavfi'] }],
      outputs: [
        {
          to: '-',
          options: [...vaapi, sound ? '-c:a' : '-c:v', name, ...(sound ? [] : ['-frames:v', '3']), '-f', 'null'],
        },
      ],
    });
    return { name, usable: true, reason: `tried in ${Math.round(performance.now() - started)} ms` };
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code === 'ffmpegMissing') throw error;
    const reason = error.message.replace(/^The file: ffmpeg failed \([^)]*\): /, '').replace(/[.]$/, '');
    return {
      name,
      usable: false,
      reason: /^Unknown encoder/.test(reason) ? 'this ffmpeg was built without it' : reason,
    };
  }
}
