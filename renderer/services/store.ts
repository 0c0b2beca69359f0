/**
 * The store behind `EditorState`. The document changes by commands only; the rest is session and what the engine says.
 */
import { create } from 'zustand';
import { CommandRefused } from '../../core/commands/refusal.ts';
import type { CommandName, CommandParams } from '../../core/commands/commands.ts';
import {
  applyCommand,
  combinedEntry,
  commandEntry,
  recordEntry,
  redoEntry,
  undoEntry,
  type History,
  type Step,
} from '../../core/commands/history.ts';
import type { ProjectDocument } from '../../core/document/schema.ts';
import type { EditorState, SessionState } from './editor.ts';
import { withNotice } from './notices.ts';
import type { NoticeWords } from './noticeWords.ts';
import type { Outbox } from './outbox.ts';
import { preferences } from './preferences.ts';

/** A selection of nothing. */
export const emptySelection = { clipIds: [], gap: null, transitionId: null, mediaIds: [], markerId: null } as const;
/** An empty undo history of the mask. */
export const noMaskSteps: EditorState['maskSteps'] = { past: [], future: [] };

/** What a newly opened project starts from. */
export function freshSession(): Partial<EditorState> {
  return {
    selection: emptySelection,
    playheadTicks: 0,
    playing: 0,
    scrollTicks: 0,
    viewerMode: 'timeline',
    sourceMediaId: null,
    sourceMarks: {},
    compare: null,
    maskMode: null,
    masks: {},
    maskSteps: noMaskSteps,
    dialog: null,
    sidePanel: 'inspect',
    aiAction: 'generate',
    aiActionChosen: false,
    binTab: 'media',
    mediaAssets: {},
    takeAssets: {},
    missingMediaIds: [],
    staleClips: {},
    savedAt: null,
    unsavedCount: 0,
  };
}

function initialState(): Omit<
  EditorState,
  'run' | 'asOneStep' | 'undo' | 'redo' | 'goToHistory' | 'setSession' | 'notify'
> {
  const stored = preferences();
  return {
    screen: 'start',
    selection: emptySelection,
    playheadTicks: 0,
    playing: 0,
    loop: false,
    tool: 'select',
    snapping: stored.snapping,
    linkedSelection: stored.linkedSelection,
    pixelsPerSecond: 32,
    scrollTicks: 0,
    safeAreas: stored.safeAreas,
    viewerMode: 'timeline',
    sourceMediaId: null,
    sourceMarks: {},
    compare: null,
    maskMode: null,
    masks: {},
    maskSteps: noMaskSteps,
    binOpen: stored.layout.binOpen,
    inspectorOpen: stored.layout.inspectorOpen,
    timelineOpen: stored.layout.timelineOpen,
    binTab: 'media',
    sidePanel: 'inspect',
    aiAction: 'generate',
    aiActionChosen: false,
    dialog: null,
    theme: stored.theme,
    language: stored.language,
    document: null,
    projectId: null,
    folder: null,
    readOnly: false,
    history: [],
    undoStack: [],
    redoStack: [],
    savedAt: null,
    unsavedCount: 0,
    connection: 'connecting',
    jobs: {},
    mediaAssets: {},
    takeAssets: {},
    missingMediaIds: [],
    staleClips: {},
    machine: null,
    packs: [],
    soundFont: null,
    notices: [],
  };
}

/** Where journal entries go; set while a project is open. */
let outbox: Outbox | null = null;
/** Sequence number of the next entry; history may hold fewer entries than were written. */
let nextSeq = 1;
/** Sets the outbox for new journal entries and the sequence number of the next one; null without a project. */
export function setOutbox(next: Outbox | null, seq: number): void {
  outbox = next;
  nextSeq = seq;
}

/** The open project's outbox; null without a project. */
export function currentOutbox(): Outbox | null {
  return outbox;
}

const historyOf = (state: EditorState): History => ({
  entries: state.history,
  undoStack: state.undoStack,
  redoStack: state.redoStack,
});
const now = () => new Date().toISOString();

/** The editor's store. */
export const useEditor = create<EditorState>()((set, get) => {
  /** The document before the step that is being put together of several commands; null outside `asOneStep`. */
  let stepFrom: ProjectDocument | null = null;

  /** Takes a change in and sends it to the journal. */
  const adopt = ({ document, entry }: Step): void => {
    nextSeq = entry.seq + 1;
    const { entries, undoStack, redoStack } = recordEntry(historyOf(get()), entry);
    set({ document, history: entries, undoStack, redoStack, selection: prune(get(), document) });
    outbox?.add(entry);
  };

  /** Takes the next undo or redo step, if there is one. */
  const step = (entryOf: typeof undoEntry): void => {
    const { document, readOnly } = get();
    const next = document && !readOnly ? entryOf(document, historyOf(get()), nextSeq, now()) : null;
    if (next) adopt(next);
  };

  return {
    ...initialState(),
    run<N extends CommandName>(command: N, params: CommandParams[N]) {
      const { document, readOnly, notify } = get();
      if (!document || readOnly) return false;
      try {
        const applied = applyCommand(document, command, params);
        // nothing changed: nothing to undo
        if (applied.patches.length === 0) return true;
        if (stepFrom) set({ document: applied.document, selection: prune(get(), applied.document) });
        else adopt({ document: applied.document, entry: commandEntry(nextSeq, command, applied, now()) });
      } catch (error) {
        if (!(error instanceof CommandRefused)) throw error;
        notify('warning', { kind: 'refusal', command, reason: error.sentence });
        return false;
      }
      return true;
    },
    asOneStep(label, work) {
      const before = get().document;
      if (stepFrom || !before) return work();
      stepFrom = before;
      try {
        return work();
      } finally {
        stepFrom = null;
        const document = get().document ?? before;
        const entry = combinedEntry(nextSeq, label, before, document, now());
        if (entry) adopt({ document, entry });
      }
    },
    undo: () => step(undoEntry),
    redo: () => step(redoEntry),
    goToHistory(seq) {
      const steps = stepsTo(get(), seq);
      for (let n = 0; n < steps; n++) get().redo();
      for (let n = 0; n > steps; n--) get().undo();
    },
    setSession(patch: Partial<SessionState>) {
      set(patch);
    },
    notify(level, said, { about, offer, subject } = {}) {
      const words: NoticeWords = typeof said === 'string' ? { kind: 'text', text: said } : said;
      const projectId = about === 'app' ? null : get().projectId;
      set({ notices: withNotice(get().notices, { level, words, projectId, offer, subject }, now()) });
    },
  };
});

/** How many steps to redo (positive) or undo (negative) to reach a history entry; 0 for an unknown one. */
function stepsTo({ undoStack, redoStack }: Pick<History, 'undoStack' | 'redoStack'>, seq: number): number {
  if (seq === 0) return -undoStack.length;
  if (undoStack.includes(seq)) return undoStack.indexOf(seq) - (undoStack.length - 1);
  return redoStack.includes(seq) ? redoStack.length - redoStack.indexOf(seq) : 0;
}

/** A selection must not name clips that are gone; the same object when nothing was. */
function prune(state: EditorState, document: NonNullable<EditorState['document']>): EditorState['selection'] {
  const { selection } = state;
  if (selection.clipIds.length === 0 && selection.transitionId === null && selection.markerId === null)
    return selection;
  const sequence = document.sequences[document.activeSequenceId];
  if (!sequence) return emptySelection;
  const clips = new Set(sequence.tracks.flatMap((track) => track.clips.map((clip) => clip.id)));
  const clipIds = selection.clipIds.filter((id) => clips.has(id));
  const transitionId = sequence.tracks.some((track) =>
    track.transitions.some((transition) => transition.id === selection.transitionId),
  )
    ? selection.transitionId
    : null;
  const markerId = sequence.markers.some((marker) => marker.id === selection.markerId) ? selection.markerId : null;
  if (
    clipIds.length === selection.clipIds.length &&
    transitionId === selection.transitionId &&
    markerId === selection.markerId
  )
    return selection;
  return { ...selection, clipIds, transitionId, markerId };
}

/** Resolves once the engine has saved every change so far, for calls that work on the document on disk. */
export async function documentSaved(): Promise<void> {
  await outbox?.flush();
}
