/**
 * The engine's rooms, as each sees the others. `engine.node.ts` builds one of each and hands them on;
 * nothing here knows whether it runs under Electron, the command line or the browser host.
 */
import type { NewNames } from '../document/create.ts';
import type {
  Answer,
  EventName,
  Events,
  Handlers,
  ImportResult,
  MediaAssets,
  OpenedProject,
  RecentProject,
  TakeAssets,
} from '../contract/contract.ts';
import type { JournalEntry } from '../document/journal.ts';
import type { ExportSettings, Job, JobSpec } from '../contract/jobs.ts';
import type { TakeFile } from '../document/names.ts';
import type { MediaItem, ProjectDocument, Take } from '../document/schema.ts';
import type { TickRange, Ticks } from '../time/ticks.ts';
import type { Sentence } from '../contract/sentence.ts';

export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type Emit = <E extends EventName>(event: E, payload: Events[E]) => void;

/** Where things live on this machine. Tests point them at a temporary folder. */
export interface EnginePaths {
  /** Settings, recent list, queue, logs: FRAMEWRIGHT_HOME, else the platform's user-data folder. */
  readonly home: string;
  /** What can be made again (proxies, peaks, renders), on this machine only; any time to be deleted. */
  readonly cache: string;
  /** New projects: the user's Videos/Framewright. */
  readonly projects: string;
  /** Packs that ship with the app (models/packs) and packs the user installed (<home>/packs). */
  readonly builtInPacks: string;
  readonly userPacks: string;
  /** assets/ (fonts, demo). */
  readonly assets: string;
}

/**
 * What a running job gets. `signal` aborts on cancel: kill children at once, leave no half-written file under a final
 * name.
 */
export interface JobContext {
  readonly jobId: string;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  report(progress: { fraction: number; stage: string; step?: number; stepCount?: number; previewPath?: string }): void;
  /** Shown to the user on the job: every fallback goes through here. */
  notice(said: Sentence): void;
  setDevice(device: string): void;
}

export interface JobResult {
  readonly take?: Take;
  readonly outputPath?: string;
}

export type JobExecutor<K extends JobSpec['kind']> = (
  spec: Extract<JobSpec, { kind: K }>,
  context: JobContext,
) => Promise<JobResult>;

export interface JobQueue {
  submit(spec: JobSpec): Promise<Job>;
  cancel(jobId: string): Promise<Job>;
  list(projectId: string | null): readonly Job[];
  clear(jobIds: readonly string[]): Promise<void>;
  /** Resolves when the job has ended, in whatever way. */
  finished(jobId: string): Promise<Job>;
  close(): Promise<void>;
}

export interface ProjectStore {
  create(params: {
    name: string;
    folder: string | null;
    width?: number;
    height?: number;
    rate?: { num: number; den: number };
    names?: NewNames;
  }): Promise<OpenedProject>;
  open(folder: string): Promise<OpenedProject>;
  /** As last saved, while another Framewright has it. Nothing can be appended. */
  openForReading(folder: string): Promise<OpenedProject>;
  append(projectId: string, entries: readonly JournalEntry[]): Promise<{ savedSeq: number; savedAt: string }>;
  close(projectId: string): Promise<void>;
  recent(): Promise<readonly RecentProject[]>;
  /** Pictures of recent projects, open or not. */
  resolveFile(urlPath: string): Promise<{ path: string; contentType: string } | null>;
  /** The engine's own copy, kept in step by the journal. Throws FailureError 'notFound' when not open. */
  document(projectId: string): ProjectDocument;
  folder(projectId: string): string;
  /** Every project that is open in this engine. */
  allOpen(): readonly { readonly document: ProjectDocument; readonly folder: string }[];
  /** Takes: the recipe first, then the media by rename; both atomic. Returns the take as it goes into the document. */
  writeRecipe(projectId: string, recipe: Record<string, unknown> & { takeId: string }): Promise<void>;
  adoptTakeFile(
    projectId: string,
    temporaryPath: string,
    extension: string,
  ): Promise<{ file: TakeFile; sha256: string }>;
  /**
   * Call once a take's file is adopted: a crash before the window recorded it then still offers it on the next open.
   */
  recordTake(projectId: string, take: Take, clipId: string | null): Promise<void>;
  readRecipe(projectId: string, takeId: string): Promise<Record<string, unknown>>;
  takePath(projectId: string, take: Take): string;
  shutdown(): Promise<void>;
}

export interface MediaService {
  import(projectId: string, paths: readonly string[]): Promise<ImportResult>;
  /** Probes a file without a project: what `framewright probe` prints. Throws FailureError with the reason. */
  probe(path: string): Promise<MediaItem & { readonly details: Record<string, unknown> }>;
  assets(projectId: string, mediaIds: readonly string[]): Promise<readonly MediaAssets[]>;
  /** Whether proxy, peaks, filmstrip or poster of a file that exists still have to be made. */
  lacksLooks(projectId: string, mediaId: string): Promise<boolean>;
  takeAssets(projectId: string, takeIds: readonly string[]): Promise<readonly TakeAssets[]>;
  relink(projectId: string, mediaId: string, path: string, force: boolean): Promise<MediaItem>;
  missing(projectId: string): Promise<readonly string[]>;
  runMediaCache: JobExecutor<'mediaCache'>;
  /** Disk path and type for a '/files/...' URL path this service gave out; null when it is not one. */
  resolveFile(urlPath: string): Promise<{ path: string; contentType: string } | null>;
  /** Decodes a range of a file into RGB frames at a size and rate, letterboxed never: stretched to fit exactly. */
  readFrames(params: {
    path: string;
    startTicks: Ticks;
    frameCount: number;
    fps: number;
    width: number;
    height: number;
    signal?: AbortSignal;
    onWhite?: boolean;
  }): Promise<{ data: Uint8Array; frameCount: number; width: number; height: number }>;
}

export interface RenderService {
  runExport: JobExecutor<'export'>;
  runPreviewRender: JobExecutor<'previewRender'>;
  /**
   * Path of a range as it is seen and heard without the soundtracks that were made for it: what another is made for.
   */
  renderWithoutStems(
    projectId: string,
    sequenceId: string,
    range: TickRange,
    context: Pick<JobContext, 'signal' | 'report' | 'notice'>,
  ): Promise<string>;
  renderFrame(projectId: string, sequenceId: string, ticks: Ticks): Promise<{ url: string }>;
  /** Characters of a title that would be drawn as boxes, as a sentence names them; '' = none. */
  missingGlyphs(text: string): string;
  estimate(projectId: string, settings: ExportSettings): Promise<Answer<'export.estimate'>>;
  resolveFile(urlPath: string): Promise<{ path: string; contentType: string } | null>;
}

/** What a host (Electron's utility process, the browser host, the command line) drives. */
export interface Engine {
  readonly handlers: Handlers;
  readonly paths: EnginePaths;
  readonly jobs: JobQueue;
  readonly projects: ProjectStore;
  readonly media: MediaService;
  readonly render: RenderService;
  onEvent(listener: <E extends EventName>(event: E, payload: Events[E]) => void): () => void;
  /**
   * For the host's file server: '/files/<...>' -> a file on disk, or null. Never answers a path outside open projects
   * and caches.
   */
  resolveFile(urlPath: string): Promise<{ path: string; contentType: string } | null>;
  /** Where an uploaded (dropped) file is to be written before `media.import`. */
  uploadPath(projectId: string, fileName: string): Promise<string>;
  close(): Promise<void>;
}
