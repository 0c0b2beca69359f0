/** The projects that are open, by id and by folder. A folder is opened once, however many ask at the same time. */
import { resolve } from 'node:path';
import type { ProjectDocument } from '../../document/schema.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { projectFolder } from '../../disk/projectFolder.node.ts';
import { fsFailure, type ProjectFs } from '../../disk/projectFs.node.ts';
import { openForReading, OpenProject, type SnapshotPolicy, type StandingProject } from './openProject.node.ts';

/** A project that is open now. */
export interface Opened {
  readonly project: StandingProject;
  /** Nobody had it open before. */
  readonly firstTime: boolean;
}

/** The projects that are open in this engine, each opened once however many windows ask for it. */
export class OpenProjects {
  readonly #fs: ProjectFs;
  readonly #policy: SnapshotPolicy;
  readonly #onSnapshotFailed: (folder: string, failure: FailureError) => void;
  readonly #byId = new Map<string, StandingProject>();
  readonly #opening = new Map<string, Promise<StandingProject>>();

  constructor(
    fs: ProjectFs,
    policy: SnapshotPolicy,
    onSnapshotFailed: (folder: string, failure: FailureError) => void,
  ) {
    this.#fs = fs;
    this.#policy = policy;
    this.#onSnapshotFailed = onSnapshotFailed;
  }

  /** Throws FailureError 'notFound'. */
  get(projectId: string): StandingProject {
    const project = this.#byId.get(projectId);
    if (!project) throw new FailureError('notFound', sentence('project.notOpen', { id: projectId }));
    return project;
  }

  /** What every open project holds, and where. */
  all(): { readonly document: ProjectDocument; readonly folder: string }[] {
    return [...this.#byId.values()].map(({ document, folder }) => ({ document, folder: folder.folder }));
  }

  ids(): string[] {
    return [...this.#byId.keys()];
  }

  /** Throws FailureError as `OpenProject.open`. */
  async open(given: string): Promise<Opened> {
    const folder = await this.#realFolder(given);
    const firstTime = this.#inFolder(folder) === undefined;
    const work = this.#opening.get(folder) ?? this.#openFolder(folder);
    this.#opening.set(folder, work);
    try {
      return { project: await work, firstTime };
    } finally {
      this.#opening.delete(folder);
    }
  }

  /** As last saved, without a lock; nothing can be appended. */
  async openForReading(given: string): Promise<StandingProject> {
    const project = await openForReading(this.#fs, projectFolder(await this.#realFolder(given)));
    this.#byId.set(project.document.id, project);
    return project;
  }

  /** Takes it off the list and answers it, to be closed; undefined when it is not open. */
  remove(projectId: string): StandingProject | undefined {
    const project = this.#byId.get(projectId);
    this.#byId.delete(projectId);
    return project;
  }

  async #realFolder(given: string): Promise<string> {
    const path = resolve(given);
    return this.#fs.realpath(path).catch((error: unknown) => Promise.reject(fsFailure(error, path, 'opened')));
  }

  #inFolder(folder: string): StandingProject | undefined {
    return [...this.#byId.values()].find((project) => project.folder.folder === folder);
  }

  async #openFolder(folder: string): Promise<StandingProject> {
    const standing = this.#inFolder(folder);
    if (standing) return standing;
    const project = await OpenProject.open(this.#fs, projectFolder(folder), this.#policy, (failure) =>
      this.#onSnapshotFailed(folder, failure),
    );
    const { id } = project.document;
    // two folders may claim one id: the copy that was not moved by this program could not be told from the other
    if (this.#byId.has(id)) {
      await project.close();
      throw new FailureError('locked', sentence('project.sameId', { name: project.document.name }), folder);
    }
    this.#byId.set(id, project);
    return project;
  }
}
