/** Names of clips for the screen and for screen readers. */
import type { GenerationFailure } from '../../../../core/document/schema.ts';
import { failureSentence } from '../../../services/errors.ts';
import type { TFunction } from 'i18next';
import type { Job } from '../../../../core/contract/jobs.ts';
import type { Clip } from '../../../../core/document/schema.ts';
import type { Rate } from '../../../../core/time/ticks.ts';
import { formatTimecode } from '../../../../core/time/timecode.ts';
import type { ClipLook, ClipState } from '../view/clipLook.ts';
import { secondsText } from '../view/words.ts';

/** A title is called by its words. */
export function shownName(clip: Clip): string {
  if (clip.reference.kind !== 'title') return clip.name;
  return clip.reference.text.trim().split('\n')[0] || clip.name;
}

export interface AnnouncedClip {
  readonly clip: Clip;
  readonly look: ClipLook;
  readonly state: ClipState;
  /** 'V1 Picture' */
  readonly track: string;
  readonly rate: Rate;
  readonly job: Job | null;
}

/** The accessible name of a clip: name, kind, track, start, length and state. */
export function clipAnnouncement(t: TFunction<'timeline'>, announced: AnnouncedClip): string {
  const { clip, look, track, rate } = announced;
  const state = stateWords(t, announced);
  const parts = {
    name: shownName(clip),
    kind: t(`kind.${look}`),
    track,
    start: formatTimecode(clip.startTicks, rate),
    length: t('seconds', { n: secondsText(clip.durationTicks) }),
  };
  return state === '' ? t('clipLabel', parts) : t('clipLabelState', { ...parts, state });
}

function failureWords(t: TFunction<'timeline'>, failure: GenerationFailure | null): string {
  return failure ? failureSentence(failure) : t('failure.other');
}

function stateWords(t: TFunction<'timeline'>, { clip, state, job }: AnnouncedClip): string {
  if (!clip.enabled) return t('state.disabled');
  switch (state) {
    case 'plain':
      return '';
    case 'generating':
      return t('state.generating', { percent: Math.round((job?.fraction ?? 0) * 100) });
    case 'ready':
      return t('state.ready', takeNumbers(clip));
    case 'failed':
      return t('state.failed', { reason: failureWords(t, clip.generation?.failure ?? job?.failure ?? null) });
    case 'draft':
      return t(wasCancelled(job) ? 'state.cancelled' : 'state.draft');
    case 'queued':
    case 'stale':
    case 'missing':
      return t(`state.${state}`);
  }
}

/** The clip's last request was withdrawn before anything came of it. */
export function wasCancelled(job: Job | null): boolean {
  return job?.state === 'cancelled';
}

/** The active take's place among the clip's takes, from 1; 0 while its own source is shown. */
export function takeNumbers(clip: Clip): { readonly n: number; readonly count: number } {
  const generation = clip.generation;
  if (generation === null) return { n: 0, count: 0 };
  return {
    n: generation.activeTakeId === null ? 0 : generation.takeIds.indexOf(generation.activeTakeId) + 1,
    count: generation.takeIds.length,
  };
}
