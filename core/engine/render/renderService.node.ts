/** Exports, preview renders and single frames: the exporter's side of the one render description. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, statfs, utimes } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import type { ExportSettings } from '../../contract/jobs.ts';
import type { ProjectDocument, Sequence } from '../../document/schema.ts';
import { sequenceDuration } from '../../render/picture.ts';
import { soundSegments } from '../../render/soundSegments.ts';
import { framesOf, shownWindows } from '../../render/spans.ts';
import { pictureWindows } from '../../render/windows.ts';
import { frameAtTicks, intersectRanges, secondsFromTicks, type TickRange } from '../../time/ticks.ts';
import { runFfmpeg } from '../../ffmpeg/ffmpeg.node.ts';
import { exists } from '../../disk/assetFiles.node.ts';
import type { MediaRoom } from '../media/mediaService.node.ts';
import { makeWholeFile, removeLeftovers, writeFailure } from '../../disk/wholeFile.node.ts';
import type { JobContext, ProjectStore, RenderService } from '../services.node.ts';
import { exportRange } from './exportRange.node.ts';
import { outputSize, presets } from './presets.ts';
import { graphOf, planPicture, renderRange } from './renderRange.node.ts';
import { RenderSources } from './renderSources.node.ts';
import { registerTitleFonts } from './titles.node.ts';

export interface RenderServiceParts {
  readonly projects: Pick<ProjectStore, 'document' | 'cacheFolder'>;
  readonly media: MediaRoom;
  /** The app's assets folder: the titles' fonts. */
  readonly assets: string;
  readonly appVersion: string;
}

/** Key frames this far apart: what is played from the cache has to seek fast. */
const previewOptions = [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-tune',
  'fastdecode',
  '-crf',
  '16',
  '-g',
  '12',
  '-bf',
  '0',
  '-pix_fmt',
  'yuv420p',
  '-colorspace',
  'bt709',
  '-color_primaries',
  'bt709',
  '-color_trc',
  'bt709',
  '-color_range',
  'tv',
];
const keptFrames = 60;

export function createRenderService({ projects, media, assets, appVersion }: RenderServiceParts): RenderService {
  /** Pixels a second by preset, measured by this process' exports. */
  const pace = new Map<string, number>();

  const sequenceIn = (projectId: string, sequenceId: string): { document: ProjectDocument; sequence: Sequence } => {
    const document = projects.document(projectId);
    const sequence = document.sequences[sequenceId];
    if (!sequence) throw new FailureError('notFound', `The project has no sequence ${sequenceId}.`);
    return { document, sequence };
  };

  const rendersFolder = (projectId: string) => join(projects.cacheFolder(projectId), 'renders');

  async function withWorkFolder<T>(projectId: string, work: (folder: string) => Promise<T>): Promise<T> {
    const parent = rendersFolder(projectId);
    await mkdir(parent, { recursive: true }).catch((error: unknown) => {
      throw writeFailure(error, parent);
    });
    await removeLeftovers(parent);
    const folder = await mkdtemp(join(parent, `.part-${process.pid}-`));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  function wantedRange(sequence: Sequence, asked: ExportSettings['range']): TickRange {
    const whole = { startTicks: 0, durationTicks: sequenceDuration(sequence) };
    if (whole.durationTicks === 0)
      throw new FailureError('badRequest', `'${sequence.name}' is empty: there is nothing to export.`);
    const range = asked === null ? whole : intersectRanges(asked, whole);
    if (!range) throw new FailureError('badRequest', `The range asked for lies behind the end of '${sequence.name}'.`);
    return range;
  }

  function estimateOf(
    document: ProjectDocument,
    sequence: Sequence,
    settings: ExportSettings,
  ): { seconds: number; sizeBytes: number } {
    const preset = presets[settings.preset];
    const range = wantedRange(sequence, settings.range);
    const size = outputSize(preset, sequence, settings);
    const { frameCount } = framesOf(range, sequence.rate);
    const pixels = preset.box === null ? 0 : frameCount * size.width * size.height;
    const soundSeconds = secondsFromTicks(range.durationTicks);
    const soundBytes = soundSeconds * (preset.container === 'mp4' ? 24_000 : preset.container === 'png' ? 0 : 288_000);
    const crfFactor =
      preset.defaultCrf === null || settings.crf === null ? 1 : 2 ** ((preset.defaultCrf - settings.crf) / 6);
    const perSecond = pace.get(settings.preset) ?? preset.pixelsPerCoreSecond * availableParallelism();
    const soundWork = (soundSegments(document, sequence.id, range).length > 0 ? soundSeconds / 60 : 0) + 0.5;
    return {
      seconds: pixels / perSecond + soundWork,
      sizeBytes: Math.ceil((pixels * preset.bitsPerPixel * crfFactor) / 8 + soundBytes),
    };
  }

  /** Refuses before hours of work what cannot fit at its end. */
  async function checkDisk(outputPath: string, needBytes: number): Promise<void> {
    const free = await diskFree(dirname(outputPath));
    if (free !== null && free < needBytes) {
      throw new FailureError(
        'diskFull',
        `The disk is too full for ${basename(outputPath)}: about ${gigabytes(needBytes)} are needed, ${gigabytes(free)} are free.`,
        outputPath,
      );
    }
  }

  async function renderPreview(
    { document, sequence }: ReturnType<typeof sequenceIn>,
    projectId: string,
    asked: TickRange,
    context: Pick<JobContext, 'signal' | 'report' | 'notice'>,
  ): Promise<string> {
    const range = wantedRange(sequence, asked);
    const sources = new RenderSources(media, projectId);
    const output = outputSize(presets['h264-720p'], sequence, { width: null, height: null });
    const hash = await describeRange(document, sequence, range, sources, [output, previewOptions]);
    const path = join(rendersFolder(projectId), `${hash}.mp4`);
    if (await exists(path)) return path;
    await withWorkFolder(projectId, (workFolder) =>
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
            soundOptions: ['-c:a', 'aac', '-b:a', '192k'],
            format: 'mp4',
            metadataPath: null,
            signal: context.signal,
            onProgress: (fraction, stage) => context.report({ fraction, stage }),
            notice: (sentence) => context.notice(sentence),
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

  return {
    async runExport(spec, context) {
      const { settings } = spec;
      const { document, sequence } = sequenceIn(spec.projectId, settings.sequenceId);
      registerTitleFonts(assets);
      const range = wantedRange(sequence, settings.range);
      const estimate = estimateOf(document, sequence, settings);
      await checkDisk(settings.outputPath, estimate.sizeBytes);
      const size = outputSize(presets[settings.preset], sequence, settings);
      const started = performance.now();
      const done = await withWorkFolder(spec.projectId, (workFolder) =>
        exportRange({
          document,
          sequence,
          range,
          settings,
          size,
          sources: new RenderSources(media, spec.projectId),
          workFolder,
          app: `Framewright ${appVersion}`,
          context,
        }),
      );
      const seconds = (performance.now() - started) / 1000;
      if (done.frameCount > 0) pace.set(settings.preset, (done.frameCount * size.width * size.height) / seconds);
      return { outputPath: settings.outputPath };
    },

    async runPreviewRender(spec, context) {
      registerTitleFonts(assets);
      return {
        outputPath: await renderPreview(
          sequenceIn(spec.projectId, spec.sequenceId),
          spec.projectId,
          { startTicks: spec.startTicks, durationTicks: spec.durationTicks },
          context,
        ),
      };
    },

    async renderWithoutStems(projectId, sequenceId, range, context) {
      registerTitleFonts(assets);
      return renderPreview(withoutStems(sequenceIn(projectId, sequenceId)), projectId, range, context);
    },

    async renderFrame(projectId, sequenceId, ticks) {
      const { document, sequence } = sequenceIn(projectId, sequenceId);
      registerTitleFonts(assets);
      const frame = frameAtTicks(Math.max(0, ticks), sequence.rate);
      const frames = { startFrame: frame, frameCount: 1 };
      const output = { width: sequence.width & ~1, height: sequence.height & ~1 };
      const sources = new RenderSources(media, projectId);
      const active = shownWindows(pictureWindows(document, sequence), sequence.rate).filter(
        (each) => each.startFrame <= frame && each.endFrame > frame,
      );
      await sources.locate(active.flatMap(({ window }) => window.source ?? []));
      const name = createHash('sha256')
        .update(
          JSON.stringify([
            frame,
            output,
            sequence.rate,
            active.map(({ window }) => [window, window.source && sources.contentKey(window.source)]),
          ]),
        )
        .digest('hex')
        .slice(0, 32);
      const path = join(rendersFolder(projectId), `${name}.png`);
      if (await exists(path)) await utimes(path, new Date(), new Date());
      else {
        await withWorkFolder(projectId, async (workFolder) => {
          const request = {
            document,
            sequence,
            range: { startTicks: 0, durationTicks: 1 },
            output,
            sources,
            workFolder,
            notice: () => undefined,
          };
          const graph = graphOf(request, await planPicture(request, frames), frames);
          await makeWholeFile(path, async (temporary) => {
            // the PNG is full-range RGB by bt709: what a browser shows of the exported file
            const toRgb = `;[picture]scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=bicubic+accurate_rnd+full_chroma_int,format=rgb24[rgb]`;
            await runFfmpeg({
              inputs: graph.inputs,
              filterGraph: graph.filterGraph + toRgb,
              outputs: [
                {
                  to: temporary,
                  options: ['-map', '[rgb]', '-frames:v', '1', '-c:v', 'png', '-f', 'image2', '-update', '1'],
                },
              ],
            });
          });
        });
        await forgetOldFrames(rendersFolder(projectId));
      }
      return { url: `/files/${encodeURIComponent(projectId)}/renders/${name}.png` };
    },

    async estimate(projectId, settings) {
      const { document, sequence } = sequenceIn(projectId, settings.sequenceId);
      return {
        ...estimateOf(document, sequence, settings),
        diskFreeBytes: (await diskFree(dirname(settings.outputPath))) ?? 0,
      };
    },

    async resolveFile(urlPath) {
      const match = /^\/files\/([^/]+)\/renders\/([0-9a-f]{32}\.(?:mp4|png))$/.exec(urlPath);
      if (!match) return null;
      try {
        return {
          path: join(rendersFolder(decodeURIComponent(match[1]!)), match[2]!),
          contentType: match[2]!.endsWith('.png') ? 'image/png' : 'video/mp4',
        };
      } catch (error) {
        if (error instanceof FailureError && error.failure.code === 'notFound') return null;
        throw error;
      }
    },
  };
}

/** A stem that has just been made is not what the next one is made for: three stems of one press hear the same. */
function withoutStems({ document, sequence }: { document: ProjectDocument; sequence: Sequence }): {
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

/**
 * Free bytes where a folder is, or will be: of its nearest ancestor that exists. null where the system does not say.
 */
async function diskFree(folder: string): Promise<number | null> {
  for (let at = folder; ; at = dirname(at)) {
    const info = await statfs(at).catch(() => null);
    if (info) return info.bavail * info.bsize;
    if (dirname(at) === at) return null;
  }
}

async function forgetOldFrames(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.png') && !name.startsWith('.'));
  if (names.length <= keptFrames) return;
  const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  const oldest = dated.sort((a, b) => a.at - b.at).slice(0, names.length - keptFrames);
  for (const { name } of oldest) await rm(join(folder, name), { force: true });
}

function gigabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}
