/** A project on disk for tests and benches: made by the engine's own project store and the document's own commands. */
import { applyCommand, commandEntry } from '../../commands/history.ts';
import type { CommandName, CommandParams } from '../../commands/commands.ts';
import type { JournalEntry } from '../../document/journal.ts';
import type { MediaItem, ProjectDocument, Sequence } from '../../document/schema.ts';
import { createEngine } from '../../engine/engine.node.ts';
import { silentLogger } from '../logger.node.ts';
import { enginePathsIn } from '../paths.node.ts';

export interface ProjectDraft {
  /** As it stands after the commands so far. */
  readonly document: ProjectDocument;
  readonly sequence: Sequence;
  /** The files given, imported, in their order. */
  readonly media: readonly MediaItem[];
  run<N extends CommandName>(name: N, params: CommandParams[N]): void;
}

export interface MakeProjectOptions {
  /** A FRAMEWRIGHT_HOME. */
  readonly home: string;
  /** Where the project's folder goes. */
  readonly folder: string;
  readonly name: string;
  readonly files: readonly string[];
  readonly format?: {
    readonly width: number;
    readonly height: number;
    readonly rate: { readonly num: number; readonly den: number };
  };
}

/** Returns the path of the .fwproj. Proxies and strips are made when it is opened. */
export async function makeProject(options: MakeProjectOptions, build: (draft: ProjectDraft) => void): Promise<string> {
  const engine = await createEngine({
    paths: enginePathsIn(options.home),
    logger: silentLogger,
    spawnInference: () => {
      throw new Error('A project is made without models.');
    },
    appVersion: '0.0.0',
    persistJobs: false,
  });
  try {
    const opened = await engine.projects.create({ name: options.name, folder: options.folder, ...options.format });
    const { imported, refused } = await engine.media.import(opened.projectId, options.files);
    if (refused.length > 0) throw new Error(refused.map(({ message }) => message).join('\n'));
    let document = opened.document;
    const entries: JournalEntry[] = [];
    const draft: ProjectDraft = {
      get document() {
        return document;
      },
      get sequence() {
        return document.sequences[document.activeSequenceId]!;
      },
      media: imported,
      run: (name, params) => {
        const applied = applyCommand(document, name, params);
        entries.push(commandEntry(opened.nextSeq + entries.length, name, applied, new Date().toISOString()));
        document = applied.document;
      },
    };
    draft.run('addMedia', { items: imported });
    build(draft);
    await engine.projects.append(opened.projectId, entries);
    await engine.projects.close(opened.projectId);
    return opened.folder;
  } finally {
    await engine.close();
  }
}
