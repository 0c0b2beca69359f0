/** Exports, preview renders and single frames: the exporter's side of the one render description. */
import { dirname, join } from 'node:path';
import type { TickRange } from '../../time/ticks.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { ProjectDocument, Sequence } from '../../document/schema.ts';
import type { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { guardProjects } from '../../disk/keptFiles.node.ts';
import type { OutputGuard } from '../../disk/outputGuard.node.ts';
import type { MachineTimes } from '../estimates/machineTimes.node.ts';
import type { MediaRoom } from '../media/mediaService.node.ts';
import type { JobContext, JobExecutor, ProjectStore, RenderService } from '../services.node.ts';
import { diskFree } from '../../disk/diskSpace.node.ts';
import { checkDisk, estimateExport, exportKinds, wantedRange } from './exportEstimate.node.ts';
import { exportRange } from './exportRange.node.ts';
import { renderFrameFile } from './frameRender.node.ts';
import { missingGlyphs, namedCharacters } from './glyphs.node.ts';
import { outputSize, presets } from './presets.ts';
import { renderPreview, withoutStems, type PreviewRequest } from './previewRender.node.ts';
import { withWorkFolder } from './renderFolder.node.ts';
import { RenderSources } from './renderSources.node.ts';
import { hearingComplaints } from '../../ffmpeg/complaints.node.ts';
import { usedStretches } from './usedStretches.ts';
import { registerTitleFonts } from './titles.node.ts';

/** What the service stands on. */
export interface RenderServiceParts {
  readonly projects: Pick<ProjectStore, 'document' | 'folder' | 'allOpen'>;
  readonly cache: CacheFolder;
  readonly media: MediaRoom;
  readonly times: MachineTimes;
  /** The app's assets folder: the titles' fonts. */
  readonly assets: string;
  readonly appVersion: string;
}

/** The service of one engine. */
export function createRenderService(parts: RenderServiceParts): RenderService {
  const { projects, cache, media, times, assets, appVersion } = parts;
  const sequenceIn = (projectId: string, sequenceId: string): Shown => {
    const document = projects.document(projectId);
    const sequence = document.sequences[sequenceId];
    if (!sequence) throw new FailureError('notFound', sentence('media.noSuchSequence', { id: sequenceId }));
    return { document, sequence };
  };
  const folderOf = (projectId: string) => cache.rendersFolder(projects.folder(projectId));

  const guard = () => guardProjects(projects.allOpen(), cache.root);
  const runExport = exporter({ sequenceIn, folderOf, guard, media, assets, app: `Framewright ${appVersion}`, times });
  const preview: Previewer = (projectId, shown, asked, context) => {
    registerTitleFonts(assets);
    const range = wantedRange(shown.sequence, asked);
    const sources = new RenderSources(media, projectId);
    return tellingDamage({ media, sources, sequence: shown.sequence, context }, () =>
      renderPreview({ ...shown, range, sources, folder: folderOf(projectId), context }),
    );
  };

  return {
    runExport,
    async runPreviewRender({ projectId, sequenceId, startTicks, durationTicks }, context) {
      const range = { startTicks, durationTicks };
      return { outputPath: await preview(projectId, sequenceIn(projectId, sequenceId), range, context) };
    },
    async renderWithoutStems(projectId, sequenceId, range, context) {
      return preview(projectId, withoutStems(sequenceIn(projectId, sequenceId)), range, context);
    },
    async renderFrame(projectId, sequenceId, ticks) {
      const shown = sequenceIn(projectId, sequenceId);
      registerTitleFonts(assets);
      const sources = new RenderSources(media, projectId);
      const name = await renderFrameFile(shown, ticks, sources, folderOf(projectId));
      return { url: `/files/${encodeURIComponent(projectId)}/renders/${name}` };
    },
    missingGlyphs(text) {
      registerTitleFonts(assets);
      return namedCharacters(missingGlyphs(text));
    },
    async estimate(projectId, settings) {
      const { document, sequence } = sequenceIn(projectId, settings.sequenceId);
      const { seconds: computed, sizeBytes } = estimateExport(document, sequence, settings);
      const { seconds, busy } = await times.expect(exportKinds(settings, computed), computed);
      return {
        seconds,
        busy,
        sizeBytes,
        diskFreeBytes: (await diskFree(dirname(settings.outputPath))) ?? 0,
      };
    },
    resolveFile: async (urlPath) => renderedFile(urlPath, folderOf),
  };
}

type Shown = { readonly document: ProjectDocument; readonly sequence: Sequence };
type Previewer = (
  projectId: string,
  shown: Shown,
  asked: TickRange,
  context: PreviewRequest['context'],
) => Promise<string>;

/** The file behind '/files/<project>/renders/<name>'; null for any other address and for projects that are closed. */
function renderedFile(
  urlPath: string,
  folderOf: (projectId: string) => string,
): { path: string; contentType: string } | null {
  const match = /^\/files\/([^/]+)\/renders\/([0-9a-f]{32}\.(?:mp4|png))$/.exec(urlPath);
  if (!match) return null;
  try {
    return {
      path: join(folderOf(decodeURIComponent(match[1]!)), match[2]!),
      contentType: match[2]!.endsWith('.png') ? 'image/png' : 'video/mp4',
    };
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'notFound') return null;
    throw error;
  }
}

interface Telling {
  readonly media: MediaRoom;
  readonly sources: RenderSources;
  readonly sequence: Sequence;
  readonly context: Pick<JobContext, 'signal' | 'notice'>;
}

/** Renders, then tells which of the sources are damaged where they are used. */
async function tellingDamage<T>({ media, sources, sequence, context }: Telling, render: () => Promise<T>): Promise<T> {
  const { result, complaints } = await hearingComplaints(render);
  const used = sources.used(usedStretches(sequence));
  for (const said of await media.tellDamage(used, complaints, context.signal)) context.notice(said);
  return result;
}

interface ExporterParts {
  readonly media: MediaRoom;
  readonly assets: string;
  /** Name and version, for the file's metadata. */
  readonly app: string;
  readonly times: MachineTimes;
  sequenceIn(projectId: string, sequenceId: string): Shown;
  folderOf(projectId: string): string;
  guard(): Promise<OutputGuard>;
}

function exporter({
  media,
  assets,
  app,
  times,
  sequenceIn,
  folderOf,
  guard: newGuard,
}: ExporterParts): JobExecutor<'export'> {
  return async ({ projectId, settings }, context) => {
    const { document, sequence } = sequenceIn(projectId, settings.sequenceId);
    const guard = await newGuard();
    await guard.check(settings.outputPath);
    registerTitleFonts(assets);
    const range = wantedRange(sequence, settings.range);
    const computed = estimateExport(document, sequence, settings);
    await checkDisk(settings.outputPath, computed.sizeBytes);
    const size = outputSize(presets[settings.preset], sequence, settings);
    const sources = new RenderSources(media, projectId);
    const timing = times.begin();
    try {
      await tellingDamage({ media, sources, sequence, context }, () =>
        withWorkFolder(folderOf(projectId), (workFolder) =>
          exportRange({ document, sequence, range, settings, size, sources, guard, workFolder, app, context }),
        ),
      );
      await timing.finish(exportKinds(settings, computed.seconds), computed.seconds);
    } finally {
      timing.end();
    }
    return { outputPath: settings.outputPath };
  };
}
