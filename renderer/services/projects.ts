/** Opening, making and closing projects, and what is fetched around them. */
import { applyEntry, rebuildHistory } from '../../core/commands/history.ts';
import type { OpenedProject } from '../../core/contract/contract.ts';
import { FailureError } from '../../core/contract/errors.ts';
import type { NewNames } from '../../core/document/create.ts';
import { i18n } from '../i18n/i18n.ts';
import { engine } from './connection.ts';
import { loadMediaAssets, loadTakeAssets } from './assets.ts';
import { failureSentence, sayFailure } from './errors.ts';
import { reattachJobs } from './jobs.ts';
import { noticesFor } from './notices.ts';
import { createOutbox, storedEntries } from './outbox.ts';
import { currentOutbox, freshSession, setOutbox, useEditor } from './store.ts';

/** Where a reload finds the project it had open: it lives as long as the window. */
const reopenKey = 'framewright.openProject';

export interface NewProject {
  readonly name: string;
  /** null = the user's Videos/Framewright folder. */
  readonly folder: string | null;
  readonly width?: number;
  readonly height?: number;
  readonly rate?: { readonly num: number; readonly den: number };
}

/** Rejects with the engine's failure, for the caller to show. */
export async function openProject(folder: string): Promise<void> {
  await leaveProject();
  adopt(await engine().call('project.open', { folder }));
}

/** Closes the current project, creates a new one and opens it. */
export async function createProject(project: NewProject): Promise<void> {
  await leaveProject();
  adopt(await engine().call('project.create', { ...project, names: newNames() }));
}

/** The words for the parts of a new project, in the language of the window, as if the user had typed them. */
function newNames(): NewNames {
  const roles = ['picture', 'overlay', 'titles', 'speech', 'foley', 'ambience', 'music'] as const;
  const named = roles.map((role) => [role, i18n.t(`commands:trackNames.${role}`)] as const);
  return {
    sequence: i18n.t('commands:sequenceName'),
    tracks: Object.fromEntries(named) as Record<(typeof roles)[number], string>,
  };
}

/** Closes the current project and opens the demo. */
export async function openDemo(): Promise<void> {
  await leaveProject();
  adopt(await engine().call('project.openDemo', {}));
}

/** Back to the start screen, once everything is on disk. */
export async function closeProject(): Promise<void> {
  await leaveProject();
  sessionStorage.removeItem(reopenKey);
  useEditor.setState({
    ...freshSession(),
    screen: 'start',
    document: null,
    projectId: null,
    folder: null,
    readOnly: false,
    history: [],
    undoStack: [],
    redoStack: [],
    notices: noticesFor(useEditor.getState().notices, null),
  });
}

/** Whether `reopenProject` has something to open. */
export function hasProjectToReopen(fromAddress: string | null): boolean {
  return fromAddress !== null || sessionStorage.getItem(reopenKey) !== null;
}

/** After a reload: the project this window had, or the one its address names. Answers false when there was none. */
export async function reopenProject(fromAddress: string | null): Promise<boolean> {
  const folder = fromAddress ?? sessionStorage.getItem(reopenKey);
  if (!folder) return false;
  try {
    adopt(await engine().call('project.open', { folder }));
    return true;
  } catch (error) {
    sessionStorage.removeItem(reopenKey);
    sayFailure(error);
    return false;
  }
}

async function leaveProject(): Promise<void> {
  const { projectId, readOnly } = useEditor.getState();
  const outbox = currentOutbox();
  if (!projectId || !outbox) return;
  await outbox.flush();
  outbox.dispose();
  setOutbox(null, 1);
  useEditor.setState({ playing: 0 });
  // a window that lost the project must not close it for the one that has it
  if (engine().state === 'open' && !readOnly) await engine().call('project.close', { projectId });
}

const outboxKey = (projectId: string) => `framewright.outbox.${projectId}`;

function adopt(opened: OpenedProject): void {
  const storage = globalThis.localStorage ?? null;
  let document = opened.document;
  const history = [...opened.history];
  // what this machine's window still had to send when it went away
  const unsent = storedEntries(storage, outboxKey(opened.projectId)).filter((entry) => entry.seq >= opened.nextSeq);
  let nextSeq = opened.nextSeq;
  const recovered = unsent.filter((entry) => {
    if (entry.seq !== nextSeq) return false;
    document = applyEntry(document, entry);
    history.push(entry);
    nextSeq++;
    return true;
  });
  const { undoStack, redoStack } = rebuildHistory(history);
  currentOutbox()?.dispose();
  const outbox = createOutbox({
    send: (entries) => sendEntries(opened.projectId, opened.folder, entries),
    changed: (waiting, savedAt) =>
      useEditor.setState(savedAt === null ? { unsavedCount: waiting } : { unsavedCount: waiting, savedAt }),
    failed: (error) => {
      if (engine().state === 'open') sayFailure(error);
    },
    storage,
    storageKey: outboxKey(opened.projectId),
    retryMs: 2000,
  });
  setOutbox(outbox, nextSeq);
  useEditor.setState({
    ...freshSession(),
    screen: 'editor',
    document,
    projectId: opened.projectId,
    folder: opened.folder,
    readOnly: false,
    history,
    undoStack,
    redoStack,
    missingMediaIds: opened.missingMediaIds,
    notices: noticesFor(useEditor.getState().notices, opened.projectId),
  });
  for (const entry of recovered) outbox.add(entry);
  sessionStorage.setItem(reopenKey, opened.folder);
  const state = useEditor.getState();
  for (const sentence of opened.notices) state.notify('warning', { kind: 'sentence', sentence });
  for (const found of opened.foundTakes ?? []) state.run('addTake', found);
  loadMediaAssets(Object.keys(document.media));
  loadTakeAssets(Object.keys(useEditor.getState().document?.takes ?? {}));
  reattachJobs(opened.projectId);
}

/** A restarted engine does not know the project: opens it again and sends the waiting entries. */
async function sendEntries(projectId: string, folder: string, entries: OpenedProject['history']) {
  try {
    return await engine().call('project.append', { projectId, entries });
  } catch (error) {
    if (!(error instanceof FailureError) || !['notFound', 'badRequest'].includes(error.failure.code)) throw error;
    const opened = await engine().call('project.open', { folder });
    if (opened.projectId !== projectId) throw new FailureError('damaged', failureSentence(error.failure), folder);
    return engine().call('project.append', {
      projectId,
      entries: entries.filter((entry) => entry.seq >= opened.nextSeq),
    });
  }
}

/** The line is open again: the project is taken up where it was left. */
export async function resumeProject(): Promise<void> {
  const { projectId, folder, document, readOnly } = useEditor.getState();
  if (!projectId || !folder || !document || readOnly) return;
  await engine().call('project.open', { folder });
  await currentOutbox()?.flush();
  loadMediaAssets(Object.keys(document.media));
  loadTakeAssets(Object.keys(document.takes));
  reattachJobs(projectId);
}
