/** app.* : what this machine is and can run. */
import { statfs } from 'node:fs/promises';
import { arch, availableParallelism, cpus, freemem, release, totalmem } from 'node:os';
import type { DoctorReport, Handlers } from '../../contract/contract.ts';
import { sentenceOf, toFailure } from '../../contract/errors.ts';
import { aboutFfmpeg } from '../../ffmpeg/locate.node.ts';
import { deviceName } from '../inference/providerNames.ts';
import type { Providers } from '../inference/providers.node.ts';
import type { PackStore } from '../packs/packStore.node.ts';
import { openCommand } from '../jobs/openOutput.node.ts';
import { probeEncoders } from '../render/encoders.node.ts';
import type { SoundFontStore } from '../soundfont/soundFontStore.node.ts';
import type { EnginePaths } from '../services.node.ts';

export interface AppHandlersOptions {
  readonly appVersion: string;
  readonly paths: EnginePaths;
  readonly packs: PackStore;
  readonly soundFonts: SoundFontStore;
  readonly providers: Providers;
}

/** Free bytes on the disk that holds `folder`; 0 when the folder is not there. */
export async function diskFreeBytes(folder: string): Promise<number> {
  return statfs(folder).then(
    (disk) => disk.bavail * disk.bsize,
    () => 0,
  );
}

/** Handlers for calls about this machine and the engine. */
export function appHandlers({
  appVersion,
  paths,
  packs,
  soundFonts,
  providers,
}: AppHandlersOptions): Pick<Handlers, 'app.status' | 'app.doctor'> {
  return {
    async 'app.status'() {
      return {
        device: deviceName(providers.known() ?? 'cpu'),
        cores: availableParallelism(),
        memoryUsedBytes: totalmem() - freemem(),
        memoryTotalBytes: totalmem(),
        diskFreeBytes: await diskFreeBytes(paths.home),
        projectsFolder: paths.projects,
        opensFiles: openCommand('') !== null,
      };
    },
    async 'app.doctor'() {
      const ffmpeg = await describeFfmpeg();
      return {
        app: appVersion,
        node: process.versions.node,
        platform: `${process.platform} ${release()} ${arch()}`,
        cpu: { model: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
        memory: { totalBytes: totalmem(), freeBytes: freemem() },
        ffmpeg,
        encoders: ffmpeg.problem === null ? await probeEncoders() : [],
        providers: await providers.report(),
        runtimeTelemetry: runtimeTelemetry(process.platform),
        packs: await packs.list(),
        soundFont: await soundFonts.status(),
      };
    },
  };
}

/**
 * The variable that every inference process gets (models/runtime/telemetryOff.mjs) counts on Linux and macOS. Windows:
 * onnxruntime's docs/Privacy.md.
 */
export function runtimeTelemetry(platform: NodeJS.Platform): DoctorReport['runtimeTelemetry'] {
  return platform === 'win32' ? 'systemEvents' : 'off';
}

async function describeFfmpeg(): Promise<DoctorReport['ffmpeg']> {
  try {
    return { ...(await aboutFfmpeg()), problem: null };
  } catch (error) {
    return { path: null, version: null, source: 'none', problem: sentenceOf(toFailure(error)) };
  }
}
