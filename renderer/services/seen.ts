/**
 * The index of the bin's files in this window: asked for after opening, and computed file by file in the background.
 * One job waits or runs at a time, so that cancelling it ends the work.
 */
import { create } from 'zustand';
import type { Job } from '../../core/contract/jobs.ts';
import type { SeenSummary } from '../../core/contract/seen.ts';
import type { MediaItem } from '../../core/document/schema.ts';
import { engine } from './connection.ts';
import type { EditorState } from './editor.ts';
import { sayFailure } from './errors.ts';
import { isActive, takeJob } from './jobs.ts';
import { failureWords } from './noticeWords.ts';
import { documentSaved, useEditor } from './store.ts';

interface SeenState {
  /** By media id; what has not been looked through is not there. */
  readonly byMedia: Readonly<Record<string, SeenSummary>>;
  /** Files that could not be looked through: not tried again while the project is open. */
  readonly failed: ReadonlySet<string>;
  /** The user has stopped it, for this project as it is open now. */
  readonly stopped: boolean;
  /** What the engine knows has been asked. */
  readonly asked: boolean;
}

const nothing: SeenState = { byMedia: {}, failed: new Set(), stopped: false, asked: false };

/** What is known of the open project's files. */
export const useSeen = create<SeenState>()(() => nothing);

/** After a project was opened or changed, ms: its window is drawn and its files are shown first. */
const quietMs = 4000;
/** How often the engine hears that this window plays, ms. */
const playingEveryMs = 3000;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Looks through the files of projects as they are opened. Call once. */
export function watchSeen(): void {
  useEditor.subscribe((state, before) => {
    if (state.projectId !== before.projectId) useSeen.setState(nothing);
    if (state.jobs !== before.jobs) settleEnded(state.jobs, before.jobs);
    const changed = state.projectId !== before.projectId || state.document?.media !== before.document?.media;
    if (changed || state.document?.aiEnabled !== before.document?.aiEnabled || isIdleNow(state, before)) soon(quietMs);
  });
  watchPlaying();
}

/** The last job that prepares files has ended. */
function isIdleNow(state: EditorState, before: EditorState): boolean {
  return state.jobs !== before.jobs && isPreparing(before) && !isPreparing(state);
}

function isPreparing({ jobs }: EditorState): boolean {
  return Object.values(jobs).some((job) => job.spec.kind === 'mediaCache' && isActive(job));
}

function soon(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    lookFurther().catch(sayFailure);
  }, ms);
}

/** Files that there is something to know of, in the order of the bin's names. */
export function lookableMedia({ document, missingMediaIds }: EditorState): MediaItem[] {
  return Object.values(document?.media ?? {})
    .filter(({ id }) => !missingMediaIds.includes(id))
    .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

/** The job that looks through a file, while it waits or runs. */
export function indexJob({ jobs }: EditorState, mediaId?: string): Job | undefined {
  return Object.values(jobs).find(
    (job) => job.spec.kind === 'index' && isActive(job) && (mediaId === undefined || job.spec.mediaId === mediaId),
  );
}

async function lookFurther(): Promise<void> {
  const { projectId, document, readOnly } = useEditor.getState();
  if (projectId === null || !document?.aiEnabled) return;
  if (!useSeen.getState().asked) {
    await askSeen(Object.keys(document.media));
    if (useEditor.getState().projectId !== projectId) return;
    useSeen.setState({ asked: true });
  }
  const state = useEditor.getState();
  const { byMedia, failed, stopped } = useSeen.getState();
  if (stopped || readOnly || isPreparing(state) || indexJob(state)) return;
  const next = lookableMedia(state).find(({ id }) => !byMedia[id] && !failed.has(id));
  if (!next) return;
  await submitIndex(projectId, next.id, false);
}

async function submitIndex(projectId: string, mediaId: string, wanted: boolean): Promise<Job> {
  await documentSaved();
  const job = await engine().call('jobs.submit', { spec: { kind: 'index', projectId, mediaId, wanted } });
  takeJob(job);
  return job;
}

/** Fetches what is known of files. */
async function askSeen(mediaIds: readonly string[]): Promise<void> {
  const { projectId } = useEditor.getState();
  if (projectId === null || mediaIds.length === 0) return;
  await documentSaved();
  const found = await engine().call('seen.list', { projectId, mediaIds });
  if (useEditor.getState().projectId !== projectId) return;
  const known = mediaIds.flatMap((id, index) => (found[index] ? [[id, found[index]] as const] : []));
  useSeen.setState(({ byMedia }) => ({ byMedia: { ...byMedia, ...Object.fromEntries(known) } }));
}

/** Jobs stay listed for a moment after they have ended. */
function settleEnded(jobs: EditorState['jobs'], before: EditorState['jobs']): void {
  for (const job of Object.values(jobs))
    if (job.spec.kind === 'index' && !isActive(job) && before[job.id] !== job) settleIndex(job);
}

/** What an ended job has found; then the next file. Failures are reported where somebody waits. */
function settleIndex(job: Job): void {
  if (job.spec.kind !== 'index') return;
  const { mediaId, wanted } = job.spec;
  if (job.state === 'failed') {
    useSeen.setState(({ failed }) => ({ failed: new Set([...failed, mediaId]) }));
    if (wanted && job.failure) useEditor.getState().notify('warning', failureWords(job.failure));
  }
  if (job.state === 'cancelled' && !wanted) useSeen.setState({ stopped: true });
  const done = job.state === 'done' ? askSeen([mediaId]) : Promise.resolve();
  done.then(() => {
    for (const waiting of waiters.get(mediaId) ?? []) waiting();
    waiters.delete(mediaId);
    soon(0);
  }, sayFailure);
}

const waiters = new Map<string, (() => void)[]>();

/** Looks through a file now, for somebody who waits; null where it could not be done. */
export async function wantSeen(mediaId: string): Promise<SeenSummary | null> {
  const known = () => useSeen.getState().byMedia[mediaId] ?? null;
  const { projectId } = useEditor.getState();
  if (projectId === null) return null;
  if (!known()) await askSeen([mediaId]);
  if (known()) return known();
  const ended = new Promise<void>((resolve) => waiters.set(mediaId, [...(waiters.get(mediaId) ?? []), resolve]));
  await submitIndex(projectId, mediaId, true);
  await ended;
  return known();
}

/** Goes on after it was stopped. */
export function resumeIndexing(): void {
  useSeen.setState({ stopped: false });
  soon(0);
}

function watchPlaying(): void {
  let repeating: ReturnType<typeof setInterval> | undefined;
  const say = (playing: boolean) => {
    // a lost connection: the engine forgets by itself
    engine()
      .call('app.playing', { playing })
      .catch(() => undefined);
  };
  useEditor.subscribe(({ playing }, before) => {
    if ((playing !== 0) === (before.playing !== 0)) return;
    clearInterval(repeating);
    say(playing !== 0);
    if (playing !== 0) repeating = setInterval(() => say(true), playingEveryMs);
  });
}
