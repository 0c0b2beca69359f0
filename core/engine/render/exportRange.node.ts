/**
 * One export, by preset: a film file, a folder of pictures, or the mix. Nothing stands under the final name before it
 * is whole.
 */
import { mkdir, readdir, rename, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import type { ExportSettings } from '../../contract/jobs.ts';
import type { ProjectDocument, Sequence } from '../../document/schema.ts';
import type { Size } from '../../render/place.ts';
import { framesOf } from '../../render/spans.ts';
import type { TickRange } from '../../time/ticks.ts';
import { toRgb } from '../../ffmpeg/colour.ts';
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { runFfmpeg, runFrames } from '../../ffmpeg/run.node.ts';
import { makeOutput, type OutputGuard } from '../../disk/outputGuard.node.ts';
import { namingFinal, removeLeft, temporaryBeside } from '../../disk/wholeFile.node.ts';
import { writeFailure } from '../../disk/projectFs.node.ts';
import type { JobContext } from '../services.node.ts';
import { firstUsable } from './encoders.node.ts';
import { HeldSources } from './heldSources.node.ts';
import { pictureOptions, presets, soundOptions } from './presets.ts';
import { metadataFile, provenanceOf } from './provenance.ts';
import {
  chunksOfPlan,
  graphOf,
  mixRange,
  openMetadata,
  openMix,
  planPicture,
  renderRange,
  ticksOf,
} from './renderRange.node.ts';
import type { RenderSources } from './renderSources.node.ts';
import { sentence } from '../../contract/sentence.ts';

/** Everything that one export needs. */
export interface ExportRequest {
  readonly document: ProjectDocument;
  readonly sequence: Sequence;
  readonly range: TickRange;
  readonly settings: ExportSettings;
  readonly size: Size;
  readonly sources: RenderSources;
  /** Of what the output must not replace. */
  readonly guard: OutputGuard;
  readonly workFolder: string;
  readonly app: string;
  readonly context: Pick<JobContext, 'signal' | 'report' | 'notice' | 'setDevice'>;
}

/**
 * Throws FailureError: 'notWritable', 'diskFull', 'cancelled', 'notFound' naming a source, 'ffmpegFailed'. frameCount 0
 * = sound only.
 */
export async function exportRange(request: ExportRequest): Promise<{ frameCount: number }> {
  const preset = presets[request.settings.preset];
  switch (preset.container) {
    case 'mp4':
    case 'mov':
    case 'mkv':
      return exportFilm(request);
    case 'png':
      return exportPictures(request);
    case 'wav':
      return exportMix(request);
  }
}

async function exportFilm(request: ExportRequest): Promise<{ frameCount: number }> {
  const { settings, context, workFolder, document, sequence, range, size, sources } = request;
  const preset = presets[settings.preset];
  await refuseFolder(settings.outputPath);
  const encoder = await firstUsable(preset.encoders);
  if (encoder !== preset.encoders[0])
    context.notice(sentence('render.otherEncoder', { wanted: preset.encoders[0] ?? '', used: encoder }));
  context.setDevice('CPU');
  const metadataPath = await writeMetadata(request);
  let frameCount = 0;
  await makeOutput({ path: settings.outputPath, guard: request.guard }, async (temporary) => {
    const done = await renderRange(
      {
        document,
        sequence,
        range,
        output: size,
        sources,
        workFolder,
        metadataPath,
        pictureOptions: pictureOptions(encoder, settings.crf ?? preset.defaultCrf),
        soundOptions: soundOptions(preset.container),
        format: preset.container === 'mov' ? 'mov' : preset.container === 'mkv' ? 'matroska' : 'mp4',
        samples: preset.samples ?? 'plain',
        signal: context.signal,
        onProgress: (fraction, stage) => context.report({ fraction, stage }),
        notice: context.notice,
      },
      temporary,
    );
    frameCount = done.frameCount;
  });
  return { frameCount };
}

/** frame_000001.png ... and the mix beside them. The folder may exist only if it is empty. */
async function exportPictures(request: ExportRequest): Promise<{ frameCount: number }> {
  const { settings, context, sequence, size } = request;
  const folder = settings.outputPath;
  await request.guard.check(folder);
  await refuseFilled(folder);
  const temporary = await temporaryBeside(folder);
  const shared = {
    ...request,
    output: size,
    signal: context.signal,
    notice: context.notice,
  };
  try {
    await mkdir(temporary);
    const frames = framesOf(request.range, sequence.rate);
    const plan = await planPicture(shared, frames);
    const held = new HeldSources(context.notice);
    let done = 0;
    for (const chunk of chunksOfPlan(shared, plan)) {
      const result = await runFrames((rereads) => {
        const { graph, picture } = graphOf(shared, plan, chunk, rereads);
        return {
          graph,
          outputs: [
            {
              to: { folder: temporary, name: 'frame_%06d.png' },
              streams: [graph.chain([picture], toRgb)],
              format: 'image2',
              options: [
                ...pictureOptions('png', null),
                ['fps_mode', 'passthrough'],
                ['frames:v', chunk.frameCount],
                ['start_number', done + 1],
              ],
            },
          ],
          signal: context.signal,
          onProgress: (progress) =>
            context.report({ fraction: (done + progress.frame) / frames.frameCount, stage: 'picture' }),
        };
      });
      requireFrames(result, chunk.frameCount);
      held.tell(result.frames);
      done += chunk.frameCount;
    }
    await writeFile(join(temporary, 'recipe.json'), JSON.stringify(provenance(request), null, 2));
    await request.guard.check(folder);
    // an empty folder of that name may stand there: renaming a folder over one works only on some systems
    await rmdir(folder).catch(() => undefined);
    await rename(temporary, folder);
    return { frameCount: frames.frameCount };
  } catch (error) {
    await removeLeft(temporary);
    throw namingFinal(error, temporary, folder);
  }
}

async function exportMix(request: ExportRequest): Promise<{ frameCount: number }> {
  const { settings, context, sequence } = request;
  await refuseFolder(settings.outputPath);
  const frames = framesOf(request.range, sequence.rate);
  const mix = await mixRange(
    { ...request, signal: context.signal, notice: context.notice },
    ticksOf(frames, sequence),
    (fraction) => context.report({ fraction: fraction * 0.9, stage: 'sound' }),
  );
  const metadataPath = await writeMetadata(request);
  await makeOutput({ path: settings.outputPath, guard: request.guard }, async (temporary) => {
    const graph = new FilterGraph();
    const sound = openMix(graph, mix);
    const metadata = openMetadata(graph, metadataPath);
    await runFfmpeg({
      graph,
      outputs: [
        {
          to: temporary,
          streams: [sound],
          format: 'wav',
          options: [...soundOptions('wav'), ['map_metadata', metadata.position], ['rf64', 'auto']],
        },
      ],
      signal: context.signal,
    });
  });
  return { frameCount: 0 };
}

function provenance(request: ExportRequest) {
  return provenanceOf(request.document, request.sequence, request.range, request.app, new Date().toISOString());
}

async function writeMetadata(request: ExportRequest): Promise<string> {
  const path = join(request.workFolder, 'metadata.txt');
  await writeFile(path, metadataFile(provenance(request)));
  return path;
}

async function refuseFolder(path: string): Promise<void> {
  const info = await stat(path).catch(() => null);
  if (info?.isDirectory())
    throw new FailureError(
      'notWritable',
      sentence('file.notWritten', { path, reason: sentence('fileReason.folderInPlace') }),
      path,
    );
}

async function refuseFilled(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR')
      throw new FailureError(
        'notWritable',
        sentence('file.notWritten', { path: folder, reason: sentence('fileReason.fileInPlace') }),
        folder,
      );
    throw writeFailure(error, folder);
  });
  if (names.length > 0)
    throw new FailureError(
      'notWritable',
      sentence('export.folderNotEmpty', { name: basename(folder), parent: dirname(folder) }),
      folder,
    );
}
