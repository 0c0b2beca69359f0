/** The engine's projects: made, opened, kept in step with what the windows do, closed. */
import { resolve } from 'node:path';
import type { OpenedProject } from '../../contract/contract.ts';
import { FailureError } from '../../contract/errors.ts';
import type { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { makeProjectFolder } from '../../disk/newProject.node.ts';
import { nodeFs, type ProjectFs } from '../../disk/projectFs.node.ts';
import { adoptFile, readRecipeFile, takePathIn, writeRecipeFile, writeTakeRecord } from '../../disk/takeFiles.node.ts';
import { createProject } from '../../document/create.ts';
import type { Emit, EnginePaths, Logger, ProjectStore } from '../services.node.ts';
import { describeProject, rememberProject } from './describeProject.node.ts';
import { defaultPolicy, type SnapshotPolicy, type StandingProject } from './openProject.node.ts';
import { OpenProjects } from './openProjects.node.ts';
import { RecentProjects } from './recentProjects.node.ts';
import { sentenceOf } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';

/** What a store works with. */
export interface ProjectStoreOptions {
  readonly paths: Pick<EnginePaths, 'home' | 'projects'>;
  readonly cache: CacheFolder;
  readonly emit: Emit;
  readonly logger: Logger;
  /** Tests: another file system (a full disk), faster snapshots. */
  readonly fs?: ProjectFs;
  readonly policy?: Partial<SnapshotPolicy>;
}

/** Creates, opens, saves and closes projects. Its methods throw FailureError. */
export function createProjectStore(options: ProjectStoreOptions): ProjectStore {
  const { paths, cache, emit, logger, fs = nodeFs } = options;
  const recent = new RecentProjects(fs, paths.home, cache);
  const open = new OpenProjects(fs, { ...defaultPolicy, ...options.policy }, (folder, { failure }) => {
    logger.warn({ folder, failure }, 'snapshot failed');
    emit('notice', { level: 'warning', sentence: sentence('project.safeInJournal', { reason: sentenceOf(failure) }) });
  });
  const describe = async (project: StandingProject, firstTime: boolean): Promise<OpenedProject> => {
    const described = await describeProject(fs, project, firstTime);
    const missingCount = described.missingMediaIds.length + described.missingTakeIds.length;
    await rememberProject(recent, cache, emit, project, missingCount);
    return described;
  };
  const openFolder = async (folder: string): Promise<OpenedProject> => {
    const { project, firstTime } = await open.open(folder);
    return describe(project, firstTime);
  };
  const close = async (projectId: string): Promise<void> => {
    const project = open.remove(projectId);
    if (!project) return;
    try {
      await project.close();
    } finally {
      await rememberProject(recent, cache, emit, project, null);
    }
  };
  const folderOf = (projectId: string) => open.get(projectId).folder;

  return {
    create: async (params) => openFolder(await makeProject(fs, paths.projects, params)),
    open: openFolder,
    openForReading: async (folder) => describe(await open.openForReading(folder), true),
    async append(projectId, entries) {
      const saved = await open.get(projectId).append(entries);
      emit('project.saved', { projectId, ...saved });
      return saved;
    },
    close,
    recent: () => recent.list(),
    async resolveFile(urlPath) {
      const path = await recent.pictureAt(urlPath);
      return path === null ? null : { path, contentType: 'image/jpeg' };
    },
    document: (projectId) => open.get(projectId).document,
    folder: (projectId) => folderOf(projectId).folder,
    allOpen: () => open.all(),
    writeRecipe: async (projectId, recipe) => writeRecipeFile(fs, folderOf(projectId), recipe),
    adoptTakeFile: async (projectId, path, extension) => adoptFile(fs, folderOf(projectId), path, extension),
    recordTake: async (projectId, take, clipId) => writeTakeRecord(fs, folderOf(projectId), take, clipId),
    readRecipe: async (projectId, takeId) => readRecipeFile(fs, folderOf(projectId), takeId),
    takePath: (projectId, take) => takePathIn(folderOf(projectId), take),
    async shutdown() {
      const results = await Promise.allSettled(open.ids().map(close));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}

type NewProject = Parameters<ProjectStore['create']>[0];

async function makeProject(fs: ProjectFs, projects: string, params: NewProject): Promise<string> {
  const { width = 1280, height = 720, rate = { num: 30, den: 1 } } = params;
  if (width % 2 !== 0 || height % 2 !== 0)
    throw new FailureError('badRequest', sentence('project.oddSize', { width, height }));
  const document = createProject(params.name.trim(), { width, height, rate }, params.names);
  return makeProjectFolder(fs, resolve(params.folder ?? projects), document);
}
