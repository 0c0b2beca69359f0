/** What a clip's generation is up to, as the timeline, the viewer and the panel all show it. */
import type { Clip, GenerationFailure, ProjectDocument, Take } from './schema.ts';

/** What a clip shows of its generation. */
export type GenerationState = 'draft' | 'queued' | 'generating' | 'ready' | 'stale' | 'failed' | 'missing';

/** The part of a job that matters here (contract/jobs.ts lies above this package, and fits it). */
export interface ClipJob {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly spec: { readonly kind: string; readonly clipId?: string };
  readonly createdAt: string;
  readonly failure: GenerationFailure | null;
}

/** What is known beside the document. */
export interface GenerationFacts {
  readonly jobs: Iterable<ClipJob>;
  readonly missingTakeIds: readonly string[];
  /** clipId -> the active take's requestHash is no longer the clip's. */
  readonly staleClips: Readonly<Record<string, boolean>>;
}

const rank = { running: 2, queued: 1, done: 0, failed: 0, cancelled: 0 } as const;

/**
 * Whether a clip shows this job rather than another of the same clip: the running one, else the next in the queue,
 * else the newest. Several takes at once are several jobs.
 */
export function showsBefore(job: ClipJob, other: ClipJob): boolean {
  if (rank[job.state] !== rank[other.state]) return rank[job.state] > rank[other.state];
  return job.state === 'queued' ? job.createdAt < other.createdAt : job.createdAt >= other.createdAt;
}

/** The generation job that a clip shows; null when it has none. */
export function shownJobOf<J extends ClipJob>(clipId: string, jobs: Iterable<J>): J | null {
  let shown: J | null = null;
  for (const job of jobs) {
    if (job.spec.kind !== 'generation' || job.spec.clipId !== clipId) continue;
    if (!shown || showsBefore(job, shown)) shown = job;
  }
  return shown;
}

/**
 * null for a clip that never asked for anything. A running job takes precedence: a clip with takes that is being
 * made again shows 'generating'. A failure shows until the next attempt, over the takes that still exist.
 */
export function generationState(clip: Clip, facts: GenerationFacts): GenerationState | null {
  const generation = clip.generation;
  if (!generation) return null;
  const job = shownJobOf(clip.id, facts.jobs);
  if (job?.state === 'queued') return 'queued';
  if (job?.state === 'running') return 'generating';
  if (generation.failure !== null) return 'failed';
  if (generation.activeTakeId !== null && facts.missingTakeIds.includes(generation.activeTakeId)) return 'missing';
  if (generation.takeIds.length === 0) return job?.state === 'failed' ? 'failed' : 'draft';
  if (generation.activeTakeId !== null && facts.staleClips[clip.id]) return 'stale';
  return 'ready';
}

/** Why the last attempt failed: from the document, or from a job whose record has not arrived. */
export function generationFailure(clip: Clip, facts: GenerationFacts): GenerationFailure | null {
  return clip.generation?.failure ?? shownJobOf(clip.id, facts.jobs)?.failure ?? null;
}

/** A clip's takes, oldest first. Also finds takes that were made for it while it was off the timeline. */
export function takesOfClip(document: ProjectDocument, clip: Clip): Take[] {
  const listed = clip.generation?.takeIds ?? [];
  const known = new Set(listed);
  const others = Object.values(document.takes).filter((take) => take.clipId === clip.id && !known.has(take.id));
  return [...listed.flatMap((takeId) => document.takes[takeId] ?? []), ...others];
}

/** What a clip can show: null is the file it was cut from, then its takes, oldest first. */
export function choicesOfClip(document: ProjectDocument, clip: Clip): readonly (string | null)[] {
  return [
    ...(clip.reference.kind === 'generated' ? [] : [null]),
    ...takesOfClip(document, clip).map((take) => take.id),
  ];
}

/** What a comparison begins with: `b` is what shows, `a` what came before it; null where there is only one thing. */
export function pairToCompare(
  document: ProjectDocument,
  clip: Clip,
): { readonly a: string | null; readonly b: string | null } | null {
  const choices = choicesOfClip(document, clip);
  const [first, second] = choices;
  if (first === undefined || second === undefined) return null;
  // the footage goes left, the takes made from it right
  if ((clip.generation?.activeTakeId ?? null) === null) return { a: first, b: choices.at(-1)! };
  const at = choices.indexOf(clip.generation!.activeTakeId);
  return at > 0 ? { a: choices[at - 1]!, b: choices[at]! } : { a: second, b: first };
}
