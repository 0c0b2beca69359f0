/**
 * The editor as features see it. `useEditor` is one zustand store with two halves, after tldraw's record scopes:
 * the document (saved, undoable, changed only by `run`) and the session (scroll, selection, panels: not undoable).
 * Features read with selectors and never talk to each other; what they share is here.
 */
import type { CommandName, CommandParams } from '../../core/commands/commands.ts';
import type { Job } from '../../core/contract/jobs.ts';
import type {
  MediaAssets,
  TakeAssets,
  MachineStatus,
  PackInfo,
  SoundFontStatus,
} from '../../core/contract/contract.ts';
import type { JournalEntry } from '../../core/document/journal.ts';
import type { Mask, ProjectDocument } from '../../core/document/schema.ts';
import type { Ticks } from '../../core/time/ticks.ts';
import type { NoticeWords } from './noticeWords.ts';

export type Screen = 'start' | 'editor' | 'models';
export type Tool = 'select' | 'blade' | 'ripple' | 'hand';
export type AiAction = 'generate' | 'inpaint' | 'restyle' | 'soundtrack';
export type BinTab = 'media' | 'takes' | 'titles' | 'transitions';
export type SidePanel = 'inspect' | 'ai' | 'transcript' | 'history';

/** Something a notice offers to do. */
export interface NoticeOffer {
  readonly kind: 'matchSequence';
  readonly mediaId: string;
}

/** Something the user should know: shown in the status bar and kept in the list of notices. */
export interface Notice {
  readonly id: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly words: NoticeWords;
  /** How many times it has occurred. */
  readonly count: number;
  /** Time of the last occurrence. */
  readonly at: string;
  /** The project it belongs to; null = all of them. */
  readonly projectId: string | null;
  /** The list was opened since, or what it is about has succeeded since. */
  readonly seen: boolean;
  /** What failed: a clip's id, an export's path. Success with it takes the notice off the status bar. */
  readonly subject?: string;
  readonly offer?: NoticeOffer;
}

export interface Selection {
  readonly clipIds: readonly string[];
  /** A gap chosen on a track, offered 'Fill'. */
  readonly gap: { readonly trackId: string; readonly startTicks: Ticks; readonly durationTicks: Ticks } | null;
  readonly transitionId: string | null;
  readonly mediaIds: readonly string[];
  readonly markerId: string | null;
}

/** Playhead and points of a file in the source view; ticks of the file's own time. */
export interface SourceMarks {
  readonly playheadTicks: Ticks;
  readonly inTicks: Ticks | null;
  readonly outTicks: Ticks | null;
}

export interface SessionState {
  screen: Screen;
  selection: Selection;
  playheadTicks: Ticks;
  /** Playback rate: 0 stopped, 1 normal, -1 backwards, 2, 4, 8 by J and L. */
  playing: number;
  loop: boolean;
  tool: Tool;
  snapping: boolean;
  linkedSelection: boolean;
  /** Timeline: pixels a second and first visible tick. */
  pixelsPerSecond: number;
  scrollTicks: Ticks;
  safeAreas: boolean;
  /** Viewer: which picture. 'source' shows `sourceMediaId`. */
  viewerMode: 'timeline' | 'source';
  sourceMediaId: string | null;
  /** Media id -> where its source view stands. */
  sourceMarks: Readonly<Record<string, SourceMarks>>;
  /** A/B wipe between two takes of a clip; null takeId = the source itself. */
  compare: {
    readonly clipId: string;
    readonly a: string | null;
    readonly b: string | null;
    readonly mode: 'wipe' | 'side' | 'blink';
    readonly position: number;
    /** Sounds: which of the two is heard; b without it. */ readonly heard?: 'a' | 'b';
  } | null;
  /** Mask being painted for a clip in the viewer. */
  maskMode: {
    readonly clipId: string;
    readonly tool: 'select' | 'brush' | 'erase' | 'box';
    readonly brushPx: number;
    readonly featherPx: number;
    /** The mask alone, white on black. */
    readonly matte?: boolean;
  } | null;
  masks: Readonly<Record<string, Mask>>;
  /**
   * Versions of the mask being painted: undo in mask mode goes through these (services/maskSteps.ts); null = no mask.
   */
  maskSteps: { readonly past: readonly (Mask | null)[]; readonly future: readonly (Mask | null)[] };
  binOpen: boolean;
  inspectorOpen: boolean;
  timelineOpen: boolean;
  binTab: BinTab;
  sidePanel: SidePanel;
  aiAction: AiAction;
  /** Whether somebody chose `aiAction`; else it follows from the selection when the panel opens. */
  aiActionChosen: boolean;
  dialog:
    | null
    | 'export'
    | 'palette'
    | 'shortcuts'
    | 'newProject'
    | 'openProject'
    | 'import'
    | 'saveLocation'
    | 'notices'
    | 'about'
    | 'cuts'
    | 'reframe';
  /** A file dialog's waiting promise lives in services/dialogs.ts. */
  theme: 'dark' | 'light';
  language: 'en' | 'zh';
}

export interface EditorState extends SessionState {
  /** null on the start screen. */
  document: ProjectDocument | null;
  projectId: string | null;
  folder: string | null;
  readOnly: boolean;
  history: readonly JournalEntry[];
  /** Steps that can be undone / redone, oldest first: seq of the command entries. */
  undoStack: readonly number[];
  redoStack: readonly number[];
  savedAt: string | null;
  unsavedCount: number;
  connection: 'connecting' | 'open' | 'closed';
  jobs: Readonly<Record<string, Job>>;
  mediaAssets: Readonly<Record<string, MediaAssets>>;
  takeAssets: Readonly<Record<string, TakeAssets>>;
  missingMediaIds: readonly string[];
  /** clipId -> true when the active take's requestHash is no longer the clip's. */
  staleClips: Readonly<Record<string, boolean>>;
  machine: MachineStatus | null;
  packs: readonly PackInfo[];
  /** What music is played with; null = not asked yet. */
  soundFont: SoundFontStatus | null;
  notices: readonly Notice[];

  /** Applies a command and journals it; returns false, with a notice, when it was refused. */
  /** What `work` runs becomes one step of the history, named as `label`. What it runs must not be awaited. */
  asOneStep<R>(label: CommandName, work: () => R): R;
  run<N extends CommandName>(command: N, params: CommandParams[N]): boolean;
  undo(): void;
  redo(): void;
  /** Undoes or redoes until `seq` is the last applied command (0 = none). */
  goToHistory(seq: number): void;
  setSession(patch: Partial<SessionState>): void;
  /** A string is for words that exist in one language only. `about`: the app, rather than the open project. */
  notify(
    level: Notice['level'],
    said: NoticeWords | string,
    more?: { about?: 'app'; offer?: NoticeOffer; subject?: string },
  ): void;
}
