/**
 * project.*, media.*, takes.* : mostly handed on. A project that is closed while jobs of it are waiting or running
 * stays open inside until they have ended, so that closing a window loses no work.
 */
import type { Handlers, OpenedProject } from '../../contract/contract.ts';
import { sentenceOf, toFailure } from '../../contract/errors.ts';
import { copyDemo } from '../../disk/demoProject.node.ts';
import type { LocalJobQueue } from '../jobs/jobQueue.node.ts';
import type { Emit, EnginePaths, MediaService, ProjectStore } from '../services.node.ts';
import { sentence } from '../../contract/sentence.ts';

export interface ProjectHandlersOptions {
  readonly paths: EnginePaths;
  readonly projects: ProjectStore;
  readonly media: MediaService;
  readonly jobs: LocalJobQueue;
  readonly emit: Emit;
}

/** How soon a file that went away (a drive pulled out) is missed, or one that came back found. */
const lookForMissingMs = 4000;

type ProjectMethods = Extract<keyof Handlers, `project.${string}` | `media.${string}` | `takes.${string}`>;

export function projectHandlers({
  paths,
  projects,
  media,
  jobs,
  emit,
}: ProjectHandlersOptions): Pick<Handlers, ProjectMethods> {
  const closingLater = new Set<string>();
  /** Proxy, peaks, filmstrip and poster of a file, once an opening: what cannot be made is not tried forever. */
  const looksAsked = new Map<string, Set<string>>();
  const closing = new Set<Promise<void>>();
  const openIds = new Set<string>();

  const lookForMissing = (projectId: string): void => {
    // closed meanwhile: nothing to look for
    media.missing(projectId).catch(() => openIds.delete(projectId));
  };
  setInterval(() => openIds.forEach(lookForMissing), lookForMissingMs).unref();

  /** A project lets go of its folder a little after it is closed: whoever opens it waits for that. */
  const close = async (projectId: string): Promise<void> => {
    openIds.delete(projectId);
    const work = projects.close(projectId);
    closing.add(work);
    try {
      await work;
    } finally {
      closing.delete(work);
    }
  };
  const open = async (folder: string): Promise<OpenedProject> => {
    await Promise.allSettled(closing);
    return opened(await projects.open(folder));
  };

  const opened = (project: OpenedProject): OpenedProject => {
    closingLater.delete(project.projectId);
    looksAsked.delete(project.projectId);
    openIds.add(project.projectId);
    lookForMissing(project.projectId);
    jobs.wake();
    return project;
  };

  jobs.onEnded((job) => {
    const { projectId } = job.spec;
    if (!closingLater.has(projectId) || jobs.activeCount(projectId) > 0) return;
    closingLater.delete(projectId);
    close(projectId).catch((error: unknown) =>
      emit('notice', {
        level: 'error',
        sentence: sentence('engine.projectNotClosed', { reason: sentenceOf(toFailure(error)) }),
      }),
    );
  });

  const makeLooks = async (projectId: string, mediaId: string): Promise<void> => {
    const asked = looksAsked.get(projectId) ?? new Set();
    if (asked.has(mediaId)) return;
    looksAsked.set(projectId, asked.add(mediaId));
    await jobs.submit({ kind: 'mediaCache', projectId, mediaId });
  };

  return {
    'project.recent': () => projects.recent(),
    'project.create': async (params) => opened(await projects.create(params)),
    'project.open': ({ folder }) => open(folder),
    'project.openDemo': async () => open(await copyDemo(paths.assets, paths.projects)),
    'project.append': ({ projectId, entries }) => projects.append(projectId, entries),
    async 'project.close'({ projectId }) {
      if (jobs.activeCount(projectId) > 0) closingLater.add(projectId);
      else await close(projectId);
      return {};
    },
    async 'media.import'({ projectId, paths: files }) {
      const result = await media.import(projectId, files);
      for (const item of result.imported) await makeLooks(projectId, item.id);
      return result;
    },
    async 'media.assets'({ projectId, mediaIds }) {
      const list = await media.assets(projectId, mediaIds);
      // a cache that was cleared, or a job that a crash cut short: made again when it is wanted
      const lacking = await Promise.all(mediaIds.map((mediaId) => media.lacksLooks(projectId, mediaId)));
      for (const mediaId of mediaIds.filter((_, index) => lacking[index])) await makeLooks(projectId, mediaId);
      return list;
    },
    'media.relink': ({ projectId, mediaId, path, force }) => media.relink(projectId, mediaId, path, force ?? false),
    'takes.assets': ({ projectId, takeIds }) => media.takeAssets(projectId, takeIds),
    'takes.recipe': ({ projectId, takeId }) => projects.readRecipe(projectId, takeId),
  };
}
