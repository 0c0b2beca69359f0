/** Preview renders: a range as a small film in the project's cache, named by what it shows. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { exists } from '../../disk/assetFiles.node.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import type { ProjectDocument, Sequence } from '../../document/schema.ts';
import { bt709Tags, type OutputOption } from '../../ffmpeg/option.ts';
import { soundSegments } from '../../render/soundSegments.ts';
import { pictureWindows } from '../../render/windows.ts';
import { intersectRanges, type TickRange } from '../../time/ticks.ts';
import type { JobContext } from '../services.node.ts';
import { outputSize, presets, soundOptions } from './presets.ts';
import { withWorkFolder } from './renderFolder.node.ts';
import { renderRange } from './renderRange.node.ts';
import type { RenderSources } from './renderSources.node.ts';

/** Key frames lie close together: what is played from the cache has to seek fast. */
const previewOptions: readonly OutputOption[] = [
  ['c:v', 'libx264'],
  ['preset', 'veryfast'],
  ['tune', 'fastdecode'],
  ['crf', 16],
  ['g', 12],
  ['bf', 0],
  ['pix_fmt', 'yuv420p'],
  ...bt709Tags,
];

/** What to render, and where to. */
export interface PreviewRequest {
  readonly document: ProjectDocument;
  readonly sequence: Sequence;
  readonly range: TickRange;
  readonly sources: RenderSources;
  /** The project's folder of renders. */
  readonly folder: string;
  readonly context: Pick<JobContext, 'signal' | 'report' | 'notice'>;
}

/** Path of the film; one that exists already is taken as it is. Throws FailureError as `renderRange`. */
export async function renderPreview(request: PreviewRequest): Promise<string> {
  const { document, sequence, range, sources, folder, context } = request;
  const output = outputSize(presets['h264-720p'], sequence, { width: null, height: null });
  const hash = await describeRange(document, sequence, range, sources, [output, previewOptions]);
  const path = join(folder, `${hash}.mp4`);
  if (await exists(path)) return path;
  await withWorkFolder(folder, (workFolder) =>
    makeWholeFile(path, async (temporary) => {
      await renderRange(
        {
          document,
          sequence,
          range,
          output,
          sources,
          workFolder,
          pictureOptions: previewOptions,
          soundOptions: soundOptions('mp4'),
          format: 'mp4',
          metadataPath: null,
          signal: context.signal,
          onProgress: (fraction, stage) => context.report({ fraction, stage }),
          notice: context.notice,
        },
        temporary,
      );
    }),
  );
  return path;
}

/** Name of what a range shows: the same description and the same files give the same name. */
async function describeRange(
  document: ProjectDocument,
  sequence: Sequence,
  range: TickRange,
  sources: RenderSources,
  more: unknown,
): Promise<string> {
  const windows = pictureWindows(document, sequence).filter((window) => intersectRanges(window, range));
  const segments = soundSegments(document, sequence.id, range);
  await sources.locate([
    ...windows.flatMap((window) => window.source ?? []),
    ...segments.map((segment) => segment.source),
  ]);
  const description = {
    range,
    more,
    rate: sequence.rate,
    size: [sequence.width, sequence.height],
    windows: windows.map(({ clip, source, ...rest }) => ({
      ...rest,
      source,
      content: source && sources.contentKey(source),
      reference: source ? null : clip.reference,
      crop: clip.crop,
      at: [clip.startTicks, clip.durationTicks, clip.sourceInTicks, clip.speed, clip.reversed],
    })),
    segments: segments.map((segment) => ({ ...segment, content: sources.contentKey(segment.source) })),
  };
  return createHash('sha256').update(JSON.stringify(description)).digest('hex').slice(0, 32);
}

/** The sequence without its generated soundtracks: three stems made by one press all hear the same. */
export function withoutStems({ document, sequence }: { document: ProjectDocument; sequence: Sequence }): {
  document: ProjectDocument;
  sequence: Sequence;
} {
  const tracks = sequence.tracks.map((track) =>
    track.kind === 'audio'
      ? { ...track, clips: track.clips.filter((clip) => clip.generation?.request.action !== 'soundtrack') }
      : track,
  );
  const own = { ...sequence, tracks };
  return { document: { ...document, sequences: { ...document.sequences, [sequence.id]: own } }, sequence: own };
}
