/** Masks that follow, in the window: their keys, the job that carries them, and what it found. */
import { create } from 'zustand';
import type { FollowedState } from '../../core/contract/masks.ts';
import type { Job } from '../../core/contract/jobs.ts';
import { findClip } from '../../core/document/query.ts';
import type { DrawnMask, FollowedMask, Mask, ProjectDocument, SourceRef } from '../../core/document/schema.ts';
import { sourceTicksAt } from '../../core/document/sources.ts';
import { snapToFrame, type Rate, type Ticks } from '../../core/time/ticks.ts';
import { engine } from './connection.ts';
import { start } from './errors.ts';
import { takeJob } from './jobs.ts';
import { setMask } from './maskSteps.ts';
import { sourceOfClip } from './placeGeneration.ts';
import { documentSaved, useEditor } from './store.ts';

/** What the engine said of a clip's followed mask. */
interface Followed {
  readonly mask: FollowedMask;
  readonly state: FollowedState;
}

/** By clip. */
export const useFollowed = create<{ readonly byClip: Readonly<Record<string, Followed>> }>()(() => ({ byClip: {} }));

/** The source of a clip that can be followed, its rate, and the source's frame at the playhead; null for all others. */
export function followable(
  document: ProjectDocument,
  clipId: string,
  playheadTicks: Ticks,
): { readonly source: SourceRef; readonly atTicks: Ticks } | null {
  const clip = findClip(document, clipId)?.clip;
  const source = clip && sourceOfClip(document, clip);
  if (!clip || !source) return null;
  const rate = rateOf(document, source);
  if (!rate) return null;
  const offset = source.kind === 'take' ? (document.takes[source.id]?.sourceStartTicks ?? 0) : 0;
  const inside = Math.max(0, Math.min(clip.durationTicks - 1, playheadTicks - clip.startTicks));
  return { source, atTicks: Math.max(0, snapToFrame(sourceTicksAt(clip, inside) - offset, rate)) };
}

function rateOf(document: ProjectDocument, { kind, id }: SourceRef): Rate | null {
  if (kind === 'take') {
    const take = document.takes[id];
    return take?.kind === 'video' ? take.rate : null;
  }
  const media = document.media[id];
  return media?.kind === 'video' ? (media.video?.rate ?? null) : null;
}

/** The mask with what was painted on one frame. */
export function withKey(mask: FollowedMask, sourceTicks: Ticks, png: string): FollowedMask {
  const others = mask.keys.filter((key) => key.sourceTicks !== sourceTicks);
  return { ...mask, keys: [...others, { sourceTicks, png }].toSorted((a, b) => a.sourceTicks - b.sourceTicks) };
}

/** The clip's job that follows, while it waits or runs. */
export function followJobOf(clipId: string, jobs: Readonly<Record<string, Job>>): Job | null {
  return Object.values(jobs).find(({ spec }) => spec.kind === 'follow' && spec.clipId === clipId) ?? null;
}

/** Follows a clip's mask, from what is painted at the playhead or from its keys. `png`: draws a still mask. */
export function followMask(clipId: string, png: (mask: DrawnMask) => string): void {
  const { document, projectId, masks, playheadTicks } = useEditor.getState();
  const mask = masks[clipId];
  const place = document && followable(document, clipId, playheadTicks);
  if (!mask || !place || projectId === null) return;
  const { source, atTicks } = place;
  const followed: FollowedMask =
    mask.kind === 'followed'
      ? mask
      : { kind: 'followed', keys: [{ sourceTicks: atTicks, png: png(mask) }], featherPx: mask.featherPx };
  if (followed !== mask) setMask(clipId, followed);
  const spec = { kind: 'follow', projectId, clipId, source, mask: followed } as const;
  start(
    documentSaved()
      .then(() => engine().call('jobs.submit', { spec }))
      .then((job) => {
        takeJob(job);
        return askFollowed(clipId);
      }),
  );
}

/** Asks how far a clip's mask has been followed. */
export async function askFollowed(clipId: string): Promise<void> {
  const { document, projectId, masks, playheadTicks } = useEditor.getState();
  const mask: Mask | undefined = masks[clipId];
  const place = document && followable(document, clipId, playheadTicks);
  if (mask?.kind !== 'followed' || !place || projectId === null) return;
  const state = await engine().call('masks.followed', { projectId, source: place.source, mask });
  useFollowed.setState(({ byClip }) => ({ byClip: { ...byClip, [clipId]: { mask, state } } }));
}

/** The picture of a followed mask on one frame; null where it has not been carried yet. */
export async function followedFrame(clipId: string, mask: FollowedMask, sourceTicks: Ticks): Promise<string | null> {
  const key = mask.keys.find((each) => each.sourceTicks === sourceTicks);
  if (key) return key.png;
  const known = useFollowed.getState().byClip[clipId];
  if (known?.mask.keys !== mask.keys) await askFollowed(clipId);
  const id = useFollowed.getState().byClip[clipId]?.state.id;
  return id === undefined ? null : (await engine().call('masks.frame', { id, sourceTicks })).png;
}

/** Whether what is under a still mask, drawn on the frame at the playhead, is elsewhere in other frames of its clip. */
export async function movesUnder(clipId: string, mask: DrawnMask): Promise<boolean> {
  const { document, projectId, playheadTicks } = useEditor.getState();
  const place = document && followable(document, clipId, playheadTicks);
  if (!place || projectId === null) return false;
  const { source, atTicks } = place;
  await documentSaved();
  return (await engine().call('masks.moves', { projectId, source, sourceTicks: atTicks, mask })).moves;
}
