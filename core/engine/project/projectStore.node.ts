/** The engine's projects: made, opened, kept in step with what the windows do, closed. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OpenedProject } from '../../contract/contract.ts';
import { FailureError } from '../../contract/errors.ts';
import { createProject } from '../../document/create.ts';
import { activeSequence, sequenceDuration } from '../../document/query.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import type { Emit, EnginePaths, Logger, ProjectStore } from '../services.node.ts';
import {
  defaultPolicy,
  openForReading,
  OpenProject,
  type SnapshotPolicy,
  type StandingProject,
} from './openProject.node.ts';
import { addBackup, writeSnapshot } from '../../disk/projectFile.node.ts';
import { folderNameFor, projectFolder } from '../../disk/projectFolder.node.ts';
import { errorCode, exists, fsFailure, nodeFs, syncFolder, type ProjectFs } from '../../disk/projectFs.node.ts';
import { RecentProjects, type RecentEntry } from './recentProjects.node.ts';
import { thumbnailPath } from './thumbnail.node.ts';
import {
  adoptFile,
  findUnrecordedTakes,
  missingMedia,
  missingTakes,
  readRecipeFile,
  takePathIn,
  writeRecipeFile,
  writeTakeRecord,
} from '../../disk/takeFiles.node.ts';

export interface ProjectStoreOptions {
  readonly paths: Pick<EnginePaths, 'home' | 'projects'>;
  readonly emit: Emit;
  readonly logger: Logger;
  /** Tests: another file system (a full disk), faster snapshots. */
  readonly fs?: ProjectFs;
  readonly policy?: Partial<SnapshotPolicy>;
}

export function createProjectStore({ paths, emit, logger, fs = nodeFs, policy }: ProjectStoreOptions): ProjectStore {
  const open = new Map<string, StandingProject>();
  const opening = new Map<string, Promise<StandingProject>>();
  const recent = new RecentProjects(fs, paths.home);
  const fullPolicy: SnapshotPolicy = { ...defaultPolicy, ...policy };

  function need(projectId: string): StandingProject {
    const project = open.get(projectId);
    if (!project) throw new FailureError('notFound', `The project '${projectId}' is not open.`);
    return project;
  }

  async function openFolder(folder: string): Promise<StandingProject> {
    const standing = [...open.values()].find((project) => project.folder.folder === folder);
    if (standing) return standing;
    const project = await OpenProject.open(fs, projectFolder(folder), fullPolicy, (error) => {
      logger.warn({ folder, failure: error.failure }, 'snapshot failed');
      emit('notice', { level: 'warning', message: `${error.message} Your changes are safe in the journal.` });
    });
    open.set(project.document.id, project);
    return project;
  }

  async function describe(project: StandingProject, firstTime: boolean): Promise<OpenedProject> {
    const { document, folder } = project;
    const [missingMediaIds, missingTakeIds, foundTakes] = await Promise.all([
      missingMedia(fs, document),
      missingTakes(fs, folder, document),
      findUnrecordedTakes(fs, folder, document),
    ]);
    await remember(project, missingMediaIds.length + missingTakeIds.length);
    return {
      projectId: document.id,
      folder: folder.folder,
      document,
      history: project.history,
      nextSeq: project.seq + 1,
      notices: firstTime ? project.notices : [],
      missingMediaIds,
      missingTakeIds,
      foundTakes,
    };
  }

  /** The list of recent projects is a convenience: that it cannot be written is said, and stops nothing. */
  async function remember(project: StandingProject, missingCount: number | null): Promise<void> {
    try {
      const before = (await recent.list()).find((other) => other.folder === project.folder.folder);
      const entry: RecentEntry = {
        folder: project.folder.folder,
        name: project.document.name,
        durationSeconds: secondsFromTicks(sequenceDuration(activeSequence(project.document))),
        editedAt: new Date().toISOString(),
        missingCount: missingCount ?? before?.missingCount ?? 0,
        thumbnail: await thumbnailPath(fs, project.folder, project.document),
      };
      await recent.put(entry);
    } catch (error) {
      const failure = fsFailure(error, paths.home, 'saved');
      emit('notice', { level: 'warning', message: `The list of recent projects was not written. ${failure.message}` });
    }
  }

  async function openProject(given: string): Promise<OpenedProject> {
    const folder = await fs
      .realpath(resolve(given))
      .catch((error: unknown) => Promise.reject(fsFailure(error, resolve(given), 'opened')));
    const firstTime = ![...open.values()].some((project) => project.folder.folder === folder);
    const work = opening.get(folder) ?? openFolder(folder);
    opening.set(folder, work);
    try {
      return await describe(await work, firstTime);
    } finally {
      opening.delete(folder);
    }
  }

  async function closeProject(projectId: string): Promise<void> {
    const project = open.get(projectId);
    if (!project) return;
    open.delete(projectId);
    try {
      await project.close();
    } finally {
      await remember(project, null);
    }
  }

  return {
    async create({ name, folder, width, height, rate }) {
      const parent = resolve(folder ?? paths.projects);
      const size = { width: width ?? 1280, height: height ?? 720, rate: rate ?? { num: 30, den: 1 } };
      if (size.width % 2 !== 0 || size.height % 2 !== 0)
        throw new FailureError('badRequest', `The size must be even, not ${size.width} × ${size.height}.`);
      const document = createProject(name.trim(), size);
      const made = await makeFolder(fs, parent, folderNameFor(name.trim()));
      const layout = projectFolder(made);
      try {
        await fs.mkdir(layout.takes);
        await fs.mkdir(layout.cache);
        await addBackup(fs, layout, 0, document);
        await writeSnapshot(fs, layout, 0, document);
        await syncFolder(fs, parent);
      } catch (error) {
        await fs.rm(made, { recursive: true, force: true });
        throw fsFailure(error, made, 'created');
      }
      return openProject(made);
    },
    open: openProject,
    async openForReading(given) {
      const folder = projectFolder(await fs.realpath(resolve(given)));
      const project = await openForReading(fs, folder);
      open.set(project.document.id, project);
      return describe(project, true);
    },
    async append(projectId, entries) {
      const saved = await need(projectId).append(entries);
      emit('project.saved', { projectId, ...saved });
      return saved;
    },
    close: closeProject,
    recent: () => recent.list(),
    async resolveFile(urlPath) {
      const path = await recent.pictureAt(urlPath);
      return path === null ? null : { path, contentType: 'image/jpeg' };
    },
    document: (projectId) => need(projectId).document,
    folder: (projectId) => need(projectId).folder.folder,
    writeRecipe: async (projectId, recipe) => writeRecipeFile(fs, need(projectId).folder, recipe),
    adoptTakeFile: async (projectId, temporaryPath, extension) =>
      adoptFile(fs, need(projectId).folder, temporaryPath, extension),
    recordTake: async (projectId, take, clipId) => writeTakeRecord(fs, need(projectId).folder, take, clipId),
    readRecipe: async (projectId, takeId) => readRecipeFile(fs, need(projectId).folder, takeId),
    takePath: (projectId, take) => takePathIn(need(projectId).folder, take),
    cacheFolder(projectId) {
      const { cache } = need(projectId).folder;
      mkdirSync(cache, { recursive: true });
      return cache;
    },
    async shutdown() {
      const results = await Promise.allSettled([...open.keys()].map(closeProject));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}

/** `<parent>/<name>.fwproj`, or `<name> 2.fwproj` where that stands. */
async function makeFolder(fs: ProjectFs, parent: string, wanted: string): Promise<string> {
  try {
    await fs.mkdir(parent, { recursive: true });
    for (let copy = 1; ; copy++) {
      const folder = resolve(parent, copy === 1 ? wanted : wanted.replace(/\.fwproj$/, ` ${copy}.fwproj`));
      try {
        await fs.mkdir(folder);
        return await fs.realpath(folder);
      } catch (error) {
        if (errorCode(error) !== 'EEXIST' || !(await exists(fs, folder))) throw error;
      }
    }
  } catch (error) {
    throw errorCode(error) === 'ENOTDIR' || errorCode(error) === 'EEXIST'
      ? new FailureError('notWritable', `No project can be made in '${parent}': it is not a folder.`, parent)
      : fsFailure(error, parent, 'used for a new project');
  }
}
