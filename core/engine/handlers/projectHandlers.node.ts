/**
 * project.*, media.* and takes.*, mostly passed on to their services. A project that is closed while jobs of it are
 * waiting or running stays open in the engine until they have ended, so that closing a window loses no work.
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

/** How often to look for files that went missing (a drive was pulled out) or came back, in ms. */
const lookForMissingMs = 4000;

type ProjectMethods = Extract<keyof Handlers, `project.${string}` | `media.${string}` | `takes.${string}`>;

/** Opens, saves and closes projects, and imports media into them, for the window. */
export function projectHandlers(options: ProjectHandlersOptions): Pick<Handlers, ProjectMethods> {
  const { paths, projects, media } = options;
  const windows = new OpenInWindows(options);
  const looks = new LooksOnce(options.jobs);
  const opened = (project: OpenedProject): OpenedProject => {
    looks.forget(project.projectId);
    return windows.add(project);
  };
  const open = async (folder: string): Promise<OpenedProject> => {
    await windows.closed();
    return opened(await projects.open(folder));
  };

  return {
    'project.recent': () => projects.recent(),
    'project.create': async (params) => opened(await projects.create(params)),
    'project.open': ({ folder }) => open(folder),
    'project.openDemo': async () => open(await copyDemo(paths.assets, paths.projects)),
    'project.append': ({ projectId, entries }) => projects.append(projectId, entries),
    async 'project.close'({ projectId }) {
      await windows.remove(projectId);
      return {};
    },
    async 'media.import'({ projectId, paths: files }) {
      const result = await media.import(projectId, files);
      for (const item of result.imported) await looks.make(projectId, item.id);
      return result;
    },
    async 'media.assets'({ projectId, mediaIds }) {
      const list = await media.assets(projectId, mediaIds);
      // the cache was cleared, or a crash cut a job short
      const lacking = await Promise.all(mediaIds.map((mediaId) => media.lacksLooks(projectId, mediaId)));
      for (const mediaId of mediaIds.filter((_, index) => lacking[index])) await looks.make(projectId, mediaId);
      return list;
    },
    'media.relink': ({ projectId, mediaId, path, force }) => media.relink(projectId, mediaId, path, force ?? false),
    'takes.assets': ({ projectId, takeIds }) => media.takeAssets(projectId, takeIds),
    'takes.recipe': ({ projectId, takeId }) => projects.readRecipe(projectId, takeId),
  };
}

/** Projects that windows have open. Closes one when its window has closed it and its last job has ended. */
class OpenInWindows {
  readonly #options: ProjectHandlersOptions;
  readonly #openIds = new Set<string>();
  readonly #closingLater = new Set<string>();
  readonly #closing = new Set<Promise<void>>();

  constructor(options: ProjectHandlersOptions) {
    this.#options = options;
    setInterval(() => this.#openIds.forEach((id) => this.#lookForMissing(id)), lookForMissingMs).unref();
    options.jobs.onEnded(({ spec }) => this.#closeIfIdle(spec.projectId));
  }

  add(project: OpenedProject): OpenedProject {
    this.#closingLater.delete(project.projectId);
    this.#openIds.add(project.projectId);
    this.#lookForMissing(project.projectId);
    this.#options.jobs.wake();
    return project;
  }

  async remove(projectId: string): Promise<void> {
    if (this.#options.jobs.activeCount(projectId) > 0) this.#closingLater.add(projectId);
    else await this.#close(projectId);
  }

  /** Resolves when no project is being closed: only then has each released the lock on its folder. */
  async closed(): Promise<void> {
    await Promise.allSettled(this.#closing);
  }

  #lookForMissing(projectId: string): void {
    // fails when the project was closed meanwhile: nothing to look for
    this.#options.media.missing(projectId).catch(() => this.#openIds.delete(projectId));
  }

  async #close(projectId: string): Promise<void> {
    this.#openIds.delete(projectId);
    const work = this.#options.projects.close(projectId);
    this.#closing.add(work);
    try {
      await work;
    } finally {
      this.#closing.delete(work);
    }
  }

  #closeIfIdle(projectId: string): void {
    const { jobs, emit } = this.#options;
    if (!this.#closingLater.has(projectId) || jobs.activeCount(projectId) > 0) return;
    this.#closingLater.delete(projectId);
    this.#close(projectId).catch((error: unknown) =>
      emit('notice', {
        level: 'error',
        sentence: sentence('engine.projectNotClosed', { reason: sentenceOf(toFailure(error)) }),
      }),
    );
  }
}

/** Starts a file's proxy, peaks, filmstrip and poster once per opening: what fails is not tried forever. */
class LooksOnce {
  readonly #jobs: LocalJobQueue;
  readonly #asked = new Map<string, Set<string>>();

  constructor(jobs: LocalJobQueue) {
    this.#jobs = jobs;
  }

  forget(projectId: string): void {
    this.#asked.delete(projectId);
  }

  async make(projectId: string, mediaId: string): Promise<void> {
    const asked = this.#asked.get(projectId) ?? new Set();
    if (asked.has(mediaId)) return;
    this.#asked.set(projectId, asked.add(mediaId));
    await this.#jobs.submit({ kind: 'mediaCache', projectId, mediaId });
  }
}
