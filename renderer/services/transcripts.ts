/** What is said in the bin's files, as this window knows it, and asking for it. */
import { create } from 'zustand';
import type { Job } from '../../core/contract/jobs.ts';
import type { Transcript } from '../../core/contract/transcript.ts';
import { engine } from './connection.ts';
import type { EditorState } from './editor.ts';
import { isActive, takeJob } from './jobs.ts';
import { documentSaved, useEditor } from './store.ts';

interface TranscriptState {
  readonly projectId: string | null;
  /** By media id; null: nothing was written down. */
  readonly byMedia: Readonly<Record<string, Transcript | null>>;
}

/** Transcripts of the open project's files. */
export const useTranscripts = create<TranscriptState>()(() => ({ projectId: null, byMedia: {} }));

/** Fetches what is known of files. */
export async function askTranscripts(mediaIds: readonly string[]): Promise<void> {
  const { projectId } = useEditor.getState();
  if (projectId === null || mediaIds.length === 0) return;
  await documentSaved();
  const found = await engine().call('transcript.list', { projectId, mediaIds });
  if (useEditor.getState().projectId !== projectId) return;
  const known = Object.fromEntries(mediaIds.map((id, index) => [id, found[index] ?? null]));
  useTranscripts.setState((state) => ({
    projectId,
    byMedia: { ...(state.projectId === projectId ? state.byMedia : {}), ...known },
  }));
}

/** The job that writes down a file's words, while it waits or runs. */
export function transcriptJob({ jobs }: EditorState, mediaId: string): Job | undefined {
  return Object.values(jobs).find(
    (job) => job.spec.kind === 'transcript' && job.spec.mediaId === mediaId && isActive(job),
  );
}

/** Of the first sound. `language` null: the model finds out. */
export async function startTranscript(mediaId: string, packId: string, language: string | null): Promise<void> {
  const { projectId } = useEditor.getState();
  if (projectId === null) return;
  await documentSaved();
  const spec = { kind: 'transcript', projectId, mediaId, soundStream: null, language, packId } as const;
  takeJob(await engine().call('jobs.submit', { spec }));
}
