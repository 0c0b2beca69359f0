/** How a clip looks and what it is called: its kind, the state of what was made for it, its room on screen. */
import { generationState, showsBefore, type GenerationState } from '../../../../core/document/generationState.ts';
import type { Job } from '../../../../core/contract/jobs.ts';
import type { Clip, Track } from '../../../../core/document/schema.ts';

/** 'plain': brought or written by the user, and there. */
export type ClipState = 'plain' | GenerationState;

export interface ClipFacts {
  readonly job: Job | null;
  readonly stale: boolean;
  /** The file of the shown take or media is missing. */
  readonly missing: boolean;
}

/** Generation state of a clip; 'plain' for the user's own material. */
export function clipState(clip: Clip, facts: ClipFacts): ClipState {
  const takeId = clip.generation?.activeTakeId ?? null;
  const state = generationState(clip, {
    jobs: facts.job === null ? [] : [facts.job],
    missingTakeIds: facts.missing && takeId !== null ? [takeId] : [],
    staleClips: facts.stale ? { [clip.id]: true } : {},
  });
  // a made clip that shows its own reference is the user's own material again; so is footage whose edit was cancelled
  const ownMaterial = state === 'draft' && clip.reference.kind !== 'generated';
  if (state === null || ownMaterial || (state === 'ready' && takeId === null))
    return facts.missing ? 'missing' : 'plain';
  return state;
}

export type ClipLook = 'video' | 'title' | 'speech' | 'foley' | 'ambience' | 'music';

/** Colour by what it is, not only by where it lies: a title on a picture track is still lavender. */
export function clipLook(clip: Clip, track: Pick<Track, 'kind' | 'role'>): ClipLook {
  if (clip.reference.kind === 'title') return 'title';
  if (track.kind === 'video') return 'video';
  switch (track.role) {
    case 'foley':
    case 'ambience':
    case 'music':
    case 'speech':
      return track.role;
    default:
      return 'speech';
  }
}

/** Room by width: full, chip shortened below 120 px, name dropped below 56, only colour below 24. */
export type ClipRoom = 'full' | 'short' | 'nameless' | 'colour';

/** How much of its name and controls a clip of this width can show. */
export function clipRoom(widthPx: number): ClipRoom {
  if (widthPx < 24) return 'colour';
  if (widthPx < 56) return 'nameless';
  return widthPx < 120 ? 'short' : 'full';
}

/** True when its picture lengthens the clip it touches: drawn as that one's edge, tinted past the seam. */
export function isExtension(clip: Clip): boolean {
  return clip.generation?.request.action === 'extend';
}

const indexes = new WeakMap<object, ReadonlyMap<string, Job>>();

/** The generation job that each clip shows. Computed once for each state of the queue. */
export function jobsByClip(jobs: Readonly<Record<string, Job>>): ReadonlyMap<string, Job> {
  const known = indexes.get(jobs);
  if (known !== undefined) return known;
  const index = new Map<string, Job>();
  for (const job of Object.values(jobs)) {
    if (job.spec.kind !== 'generation') continue;
    const other = index.get(job.spec.clipId);
    if (other === undefined || showsBefore(job, other)) index.set(job.spec.clipId, job);
  }
  indexes.set(jobs, index);
  return index;
}
