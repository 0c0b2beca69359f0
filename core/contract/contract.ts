/**
 * The contract between the window and the engine: one map of methods, one of events.
 * The Electron and the browser connection carry the same types. URLs in answers are paths under the host's origin
 * ('/files/...', token added by the renderer's connection); they support HTTP ranges.
 */
import type { NewNames } from '../document/create.ts';
import type { JournalEntry } from '../document/journal.ts';
import type {
  DrawnMask,
  FollowedMask,
  GenerationRequest,
  MediaItem,
  PictureRef,
  ProjectDocument,
  SourceRef,
  Take,
} from '../document/schema.ts';
import type { Rate, Ticks } from '../time/ticks.ts';
import type { Failure } from './errors.ts';
import type { LookId } from '../actions/restyle/looks.ts';
import type { RequestOf } from '../actions/schema.ts';
import type { BusyMachine, Estimate, ExportSettings, Job, JobSpec, PromptReading } from './jobs.ts';
import type { CutMatch, JoinPreview } from './joins.ts';
import type { FollowedState, OverlaysSelected, Selected, WantedInPicture } from './masks.ts';
import type { Seen, SeenSummary } from './seen.ts';
import type { Sentence } from './sentence.ts';
import type { Transcript } from './transcript.ts';

export interface OpenedProject {
  readonly projectId: string;
  readonly folder: string;
  readonly document: ProjectDocument;
  /** Journal entries that history is rebuilt from, oldest first; the document already contains them. */
  readonly history: readonly JournalEntry[];
  readonly nextSeq: number;
  /** Sentences to show once: what was recovered or repaired, and from what. */
  readonly notices: readonly Sentence[];
  readonly missingMediaIds: readonly string[];
  readonly missingTakeIds: readonly string[];
  /** Takes that were finished on disk while no window stood to record them: run `addTake` for each. */
  readonly foundTakes?: readonly { readonly take: Take; readonly clipId: string | null }[];
}

export interface RecentProject {
  readonly folder: string;
  readonly name: string;
  readonly durationSeconds: number;
  readonly editedAt: string;
  readonly missingCount: number;
  readonly thumbnailUrl: string | null;
}

/** What the engine has made of one sound stream of a file. */
export interface SoundAssets {
  readonly streamIndex: number;
  /** The whole stream as WAV, 48 kHz, its first sample at the file's start; null = play the file's own first sound. */
  readonly url: string | null;
  readonly peaksUrl: string | null;
  /** As the file names the stream, and its language tag ('eng'); '' where it has none. */
  readonly title: string;
  readonly language: string;
  readonly channels: number;
  /** ffmpeg's name: '5.1(side)'; '' where the file does not say. */
  readonly layout: string;
  readonly sampleRateHz: number;
  readonly codec: string;
}

/** What probing found in a file, for people to read. */
export interface MediaDetails {
  /** ffmpeg's names; '' where the file does not say. */
  readonly video: {
    readonly codec: string;
    readonly pixelFormat: string;
    readonly transfer: string;
    readonly primaries: string;
    readonly rate: Rate;
    /** Distances between frames vary: `rate` is the grid they are mapped to. */
    readonly irregular: boolean;
    /** Which field comes first in an interlaced frame. */
    readonly fieldOrder: 'progressive' | 'top' | 'bottom';
  } | null;
  /** Of the first frame; null where the file has none. */
  readonly timecode: string | null;
  readonly remarks: readonly Sentence[];
  /** Where the file is damaged, s after its start, and how. */
  readonly damage: readonly { readonly seconds: number; readonly what: Sentence }[];
}

/** What the engine has made of a file so far. null = not (yet) there; `reason` says why something will never be. */
export interface MediaAssets {
  readonly mediaId: string;
  readonly originalUrl: string;
  /** True when Chromium can play the original and seek fast in it; else the proxy is to be used. */
  readonly originalPlayable: boolean;
  readonly proxyUrl: string | null;
  /** The proxy holds colours over opacity: the picture has alpha. */
  readonly proxyIsStacked: boolean;
  /** Of the file's first sound. */
  readonly peaksUrl: string | null;
  /** Every sound stream that can be used, in file order. */
  readonly sounds: readonly SoundAssets[];
  /** null while the file has not been read, or cannot be. */
  readonly details: MediaDetails | null;
  readonly filmstripUrl: string | null;
  readonly posterUrl: string | null;
  readonly proxyReason: string | null;
  /** Why the file cannot be used; absent when it can. */
  readonly problem?: Sentence;
}

/** Path of a finished export on the window's server: the file itself, with ranges. */
export function exportUrl(jobId: string): string {
  return `/files/exports/${encodeURIComponent(jobId)}`;
}

/** Binary at `peaksUrl`: Int8 pairs min,max for the mix of all channels, `pairsPerSecond` of them a second. */
export const peakPairsPerSecond = 100;

/**
 * JPEG at `filmstripUrl`: tiles side by side in rows of `filmstripColumns`, tile i at i * interval; JSON beside it
 * (`.json`).
 */
export interface FilmstripInfo {
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly columns: number;
  readonly count: number;
  readonly intervalTicks: Ticks;
}

export interface ImportResult {
  readonly imported: readonly MediaItem[];
  /** Files that were not imported, and why. */
  readonly refused: readonly (Failure & { readonly path: string })[];
}

export interface PackInfo {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly sizeBytes: number;
  readonly memoryBytes: number;
  readonly families: readonly string[];
  readonly can: readonly string[];
  readonly cannot: readonly string[];
  readonly card: string;
  readonly builtIn: boolean;
  /** Why it cannot be used; null when it can. */
  readonly problem: Sentence | null;
  readonly video: {
    readonly width: number;
    readonly height: number;
    readonly fps: number;
    readonly maxFrames: number;
    readonly defaultSteps: number;
    /** Size in px at which the stage draws its scenes; absent where the pack has no cast. */
    readonly drawn?: { readonly width: number; readonly height: number };
    /** How many times as wide and high it can make its frames; null = it has no upscaler. */ readonly upscale:
      | 4
      | null;
  } | null;
  readonly soundtrack: { readonly defaultSteps: number } | null;
  /**
   * What it does with footage; `smooth`: it adds frames in between; `cleanSpeech`: it takes noise out of a voice;
   * `upscale`: it enlarges pictures.
   */
  readonly footage: { readonly smooth: boolean; readonly cleanSpeech?: boolean; readonly upscale?: boolean } | null;
  /** Speech to text: codes of its languages. Absent: it does none. */
  readonly words?: { readonly languages: readonly string[] };
}

export interface SoundFontInfo {
  /** As the file says of itself. */
  readonly name: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Hex; null = never read: a file that nobody chose is read when music is made. */
  readonly sha256: string | null;
  /** '' when the file does not state one. */
  readonly licence: string;
  /** 'package': it came with Framewright. */
  readonly origin: 'environment' | 'chosen' | 'package' | 'system';
}

/** What music is played with. */
export interface SoundFontStatus {
  /** null = the built-in instruments. */
  readonly font: SoundFontInfo | null;
  /** Why a file that would come first cannot be used. */
  readonly problem: Sentence | null;
}

export interface ProviderReport {
  readonly provider: 'cuda' | 'dml' | 'coreml' | 'webgpu' | 'cpu';
  readonly usable: boolean;
  /** Why not, or how long its warm-up took. */
  readonly reason: Sentence;
}

export interface DoctorReport {
  readonly app: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: { readonly model: string; readonly cores: number };
  readonly memory: { readonly totalBytes: number; readonly freeBytes: number };
  readonly ffmpeg: {
    readonly path: string | null;
    readonly version: string | null;
    readonly source: string;
    readonly problem: Sentence | null;
  };
  readonly encoders: readonly { readonly name: string; readonly usable: boolean; readonly reason: Sentence }[];
  readonly providers: readonly ProviderReport[];
  /**
   * Usage data of the model runtime: 'off', or 'systemEvents' on Windows, where it writes to the system's event tracing
   * and its Node package has no switch.
   */
  readonly runtimeTelemetry: 'off' | 'systemEvents';
  readonly packs: readonly PackInfo[];
  readonly soundFont: SoundFontStatus;
}

export interface MachineStatus {
  readonly device: string;
  readonly cores: number;
  readonly memoryUsedBytes: number;
  readonly memoryTotalBytes: number;
  readonly diskFreeBytes: number;
  /** Where new projects go when no other folder is chosen. */
  readonly projectsFolder: string;
  /** Whether the engine runs on a desktop, where the system can open a file. */
  readonly opensFiles: boolean;
}

export interface FolderListing {
  readonly folder: string;
  readonly parent: string | null;
  readonly entries: readonly {
    readonly name: string;
    readonly path: string;
    readonly isFolder: boolean;
    readonly isProject: boolean;
    readonly sizeBytes: number;
  }[];
}

/** Method name -> [parameters, answer]. Failures travel as `Failure`. */
export interface Methods {
  'app.status': [Record<string, never>, MachineStatus];
  'app.doctor': [Record<string, never>, DoctorReport];
  /** The window plays, or has stopped; said again every few seconds while it plays. Work in the background rests. */
  'app.playing': [{ playing: boolean }, Record<string, never>];
  'project.recent': [Record<string, never>, readonly RecentProject[]];
  /** Makes `<folder>/<name>.fwproj`. folder null = the user's Videos/Framewright folder. */
  'project.create': [
    {
      name: string;
      folder: string | null;
      width?: number;
      height?: number;
      rate?: { num: number; den: number };
      /** Of the sequence and its tracks; English without them. */
      names?: NewNames;
    },
    OpenedProject,
  ];
  'project.open': [{ folder: string }, OpenedProject];
  /** Copies the demo project to the user's folder and opens it. */
  'project.openDemo': [Record<string, never>, OpenedProject];
  /** Answers once the entries are on disk and synced. Entries already known (same seq) are ignored. */
  'project.append': [{ projectId: string; entries: readonly JournalEntry[] }, { savedSeq: number; savedAt: string }];
  'project.close': [{ projectId: string }, Record<string, never>];
  'media.import': [{ projectId: string; paths: readonly string[] }, ImportResult];
  'media.assets': [{ projectId: string; mediaIds: readonly string[] }, readonly MediaAssets[]];
  /** What is known of files, in the order asked for; null where a file has not been looked through (job 'index'). */
  'seen.list': [{ projectId: string; mediaIds: readonly string[] }, readonly (SeenSummary | null)[]];
  /** The looks into one file, with boxes; null as for 'seen.list'. */
  'seen.looks': [{ projectId: string; mediaId: string }, Seen | null];
  /** The words of files, in the order asked for; null where nothing was written down (job 'transcript'). */
  'transcript.list': [{ projectId: string; mediaIds: readonly string[] }, readonly (Transcript | null)[]];
  /** How long the job would take; fails as the job would. */
  'transcript.estimate': [
    {
      projectId: string;
      mediaId: string;
      soundStream: number | null;
      language: string | null;
      packId: string | null;
    },
    { readonly seconds: number; readonly measured: boolean; readonly busy: BusyMachine | null },
  ];
  /** Returns the item with its new path when the content is the same, refuses otherwise unless `force`. */
  'media.relink': [{ projectId: string; mediaId: string; path: string; force?: boolean }, MediaItem];
  'takes.assets': [{ projectId: string; takeIds: readonly string[] }, readonly TakeAssets[]];
  'takes.recipe': [{ projectId: string; takeId: string }, Record<string, unknown>];
  'jobs.submit': [{ spec: JobSpec }, Job];
  'jobs.cancel': [{ jobId: string }, Job];
  'jobs.list': [{ projectId: string | null }, readonly Job[]];
  /** Forgets finished jobs (not their results). */
  'jobs.clear': [{ jobIds: readonly string[] }, Record<string, never>];
  /** Opens what a finished export has made with the system's program; only where `MachineStatus.opensFiles`. */
  'jobs.openOutput': [{ jobId: string }, Record<string, never>];
  /**
   * The mask of a thing in a picture: a PNG as a data URL, white where the thing is, in the picture's proportions; null
   * where nothing was found.
   */
  'masks.select': [{ projectId: string; picture: PictureRef; wanted: WantedInPicture }, Selected];
  /** Logos and text burnt into a stretch of a source: what stands still while the picture moves. */
  'masks.overlays': [{ projectId: string; source: SourceRef }, OverlaysSelected];
  /**
   * A frame of footage with looks, as data URLs of JPEGs no longer than `longestPx`: one picture for each list of looks
   * (drawn in their order); an empty list is the frame itself. A newer call with the same `longestPx` ends an older
   * one, which fails with 'cancelled'.
   */
  'looks.pictures': [
    {
      projectId: string;
      picture: PictureRef;
      looks: readonly (readonly LookId[])[];
      strength: number;
      longestPx: number;
      /** A picture whose look is drawn after them; null = none. */
      reference: PictureRef | null;
      keepFaces: boolean;
    },
    { pictures: readonly string[] },
  ];
  /**
   * The frame that a picture is placed on, with it: a JPEG as a data URL, no longer than `longestPx`. What it replaces
   * is still there. A newer call ends an older one, which fails with 'cancelled'.
   */
  'additions.preview': [{ projectId: string; request: RequestOf<'inpaint'>; longestPx: number }, { picture: string }];
  /**
   * Every way of continuing footage or bridging two shots as a small film, or why it is refused. A newer call ends an
   * older one, which fails with 'cancelled'.
   */
  'joins.previews': [
    { projectId: string; request: RequestOf<'extend' | 'fillGap'>; longestPx: number },
    { previews: readonly JoinPreview[] },
  ];
  /**
   * Where a morph over a cut does least: `request` names the frames at the cut, `rate` is the sequence's; no more
   * frames than given are replaced on each side.
   */
  'joins.matchCut': [
    { projectId: string; request: RequestOf<'fillGap'>; rate: Rate; mostBefore: number; mostAfter: number },
    CutMatch,
  ];
  /** How far a mask has been followed, and one frame of it while and after it is: a PNG as a data URL. */
  'masks.followed': [{ projectId: string; source: SourceRef; mask: FollowedMask }, FollowedState];
  /** Whether what is under a still mask of one frame is elsewhere in others; false where that cannot be said. */
  'masks.moves': [{ projectId: string; source: SourceRef; sourceTicks: Ticks; mask: DrawnMask }, { moves: boolean }];
  'masks.frame': [{ id: string; sourceTicks: Ticks }, { png: string | null }];
  /** How the words are read: answered at once, where an estimate may take a while. */
  'generation.read': [{ projectId: string; request: GenerationRequest }, PromptReading];
  'generation.estimate': [{ projectId: string; request: GenerationRequest }, Estimate];
  /**
   * Hash of a request with its inputs' content: what a take's requestHash is compared with. `takeHashes`, one for each
   * request, are the hashes of the takes in question: a music take of an older version counts who played it, and is
   * answered with its own hash as long as the user has chosen no SoundFont.
   */
  'generation.hash': [
    { projectId: string; requests: readonly GenerationRequest[]; takeHashes?: readonly string[] },
    readonly string[],
  ];
  'export.estimate': [
    { projectId: string; settings: ExportSettings },
    { seconds: number; busy: BusyMachine | null; sizeBytes: number; diskFreeBytes: number },
  ];
  /** Characters of a title's text that this machine would draw as boxes, as a sentence names them; '' = none. */
  'render.missingGlyphs': [{ text: string }, { characters: string }];
  /** One frame of the sequence as the exporter draws it: URL of a PNG. */
  'render.frame': [{ projectId: string; sequenceId: string; ticks: Ticks }, { url: string }];
  'packs.list': [Record<string, never>, readonly PackInfo[]];
  'packs.verify': [{ packId: string }, { ok: boolean; problems: readonly Sentence[] }];
  'packs.add': [{ path: string }, PackInfo];
  'packs.remove': [{ packId: string }, Record<string, never>];
  'soundFont.status': [Record<string, never>, SoundFontStatus];
  /** Copies an .sf2 or .sf3 of the user's; a broken one is refused. */
  'soundFont.install': [{ path: string }, SoundFontStatus];
  'soundFont.remove': [Record<string, never>, SoundFontStatus];
  /** For the browser host's file chooser; Electron has the system's. */
  'files.list': [{ folder: string | null }, FolderListing];
}

export interface TakeAssets {
  readonly takeId: string;
  readonly url: string | null;
  /** What is played holds colours over opacity: a film with alpha, or a patch. */
  readonly isStacked: boolean;
  readonly filmstripUrl: string | null;
  readonly peaksUrl: string | null;
  readonly posterUrl: string | null;
  readonly missing: boolean;
  /** Why a file that exists cannot be used; absent when it can. */
  readonly problem?: Sentence;
}

export interface Events {
  'job.changed': { readonly job: Job };
  'media.assetsChanged': { readonly projectId: string; readonly assets: MediaAssets };
  /** A file went away or came back. */
  'media.missingChanged': { readonly projectId: string; readonly missingMediaIds: readonly string[] };
  'project.saved': { readonly projectId: string; readonly savedSeq: number; readonly savedAt: string };
  'soundFont.changed': { readonly status: SoundFontStatus };
  /** Another window took the project over; this one becomes read-only. */
  'project.lost': { readonly projectId: string };
  notice: { readonly level: 'info' | 'warning' | 'error'; readonly sentence: Sentence };
}

export type MethodName = keyof Methods;
export type Params<M extends MethodName> = Methods[M][0];
export type Answer<M extends MethodName> = Methods[M][1];
export type EventName = keyof Events;

/** What the renderer holds, whatever carries it. */
export interface EngineConnection {
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Answer<M>>;
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
  /** Full URL for a path from an answer. */
  url(path: string): string;
  /** Sends a dropped file's bytes where no path can be had (browser); answers a path that media.import takes. */
  upload(file: File, onProgress?: (fraction: number) => void): Promise<string>;
  readonly state: 'connecting' | 'open' | 'closed';
  onState(listener: (state: 'connecting' | 'open' | 'closed') => void): () => void;
}

/** What handlers implement, one function a method. */
export type Handlers = { readonly [M in MethodName]: (params: Params<M>) => Promise<Answer<M>> };
