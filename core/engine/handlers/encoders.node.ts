/** Which encoders work here: ffmpeg lists what was compiled in, a tenth of a second of black shows what runs. */
import { toFailure } from '../../contract/errors.ts';
import type { DoctorReport } from '../../contract/contract.ts';
import { runFfmpeg } from '../ffmpeg/ffmpeg.node.ts';

interface Encoder {
  readonly name: string;
  readonly platforms: readonly NodeJS.Platform[] | null;
  readonly options: readonly string[];
}

const encoders: readonly Encoder[] = [
  { name: 'libx264', platforms: null, options: ['-pix_fmt', 'yuv420p'] },
  { name: 'libx265', platforms: null, options: ['-pix_fmt', 'yuv420p', '-x265-params', 'log-level=none'] },
  { name: 'libsvtav1', platforms: null, options: ['-pix_fmt', 'yuv420p'] },
  { name: 'libaom-av1', platforms: null, options: ['-pix_fmt', 'yuv420p', '-cpu-used', '8'] },
  { name: 'prores_ks', platforms: null, options: ['-pix_fmt', 'yuv422p10le'] },
  { name: 'h264_nvenc', platforms: ['linux', 'win32'], options: ['-pix_fmt', 'yuv420p'] },
  { name: 'h264_qsv', platforms: ['linux', 'win32'], options: [] },
  { name: 'h264_vaapi', platforms: ['linux'], options: ['-vaapi_device', '/dev/dri/renderD128', '-vf', 'format=nv12,hwupload'] },
  { name: 'h264_amf', platforms: ['win32'], options: ['-pix_fmt', 'yuv420p'] },
  { name: 'h264_videotoolbox', platforms: ['darwin'], options: ['-pix_fmt', 'yuv420p'] },
];

export async function tryEncoders(platform: NodeJS.Platform): Promise<DoctorReport['encoders']> {
  const reports: { name: string; usable: boolean; reason: string }[] = [];
  for (const encoder of encoders) {
    if (encoder.platforms !== null && !encoder.platforms.includes(platform)) continue;
    const started = performance.now();
    try {
      await runFfmpeg({
        inputs: [{ path: 'color=black:s=256x144:r=25:d=0.1', options: ['-f', 'lavfi'] }],
        outputs: [{ to: '-', options: ['-c:v', encoder.name, ...encoder.options, '-f', 'null'] }],
        about: encoder.name,
      });
      reports.push({ name: encoder.name, usable: true, reason: `encodes (${Math.round(performance.now() - started)} ms for a tenth of a second)` });
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === 'ffmpegMissing') return [];
      reports.push({ name: encoder.name, usable: false, reason: /Unknown encoder/i.test(failure.message) ? 'not part of this ffmpeg' : failure.message.replace(/^[^:]+: ffmpeg failed \([^)]*\): /, '') });
    }
  }
  return reports;
}
