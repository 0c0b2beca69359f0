import type { PackInfo } from '../../../../core/contract/contract.ts';
import type { Draft } from '../../../services/aiDraft.ts';
import type { EditorState } from '../../../services/editor.ts';
import type { Goal } from '../goal.ts';
import { askedOf, isOpen, upscaleOf } from './upscale.ts';

/** Frames a second of what the stage draws. */
const stageFps = 24;

/** Size of what the stage draws; null where it cannot: without a cast, from pictures, and in gaps. */
export function drawnSizeOf(
  { packs }: Pick<EditorState, 'packs'>,
  goal: Goal | null,
  draft: Draft,
  packId: string | null,
): { readonly width: number; readonly height: number } | null {
  const hasPicture = draft.firstFrame || draft.lastFrame || draft.settings.generate.references.length > 0;
  if (!isOpen(goal) || hasPicture) return null;
  return packs.find((pack) => pack.id === packId)?.video?.drawn ?? null;
}

/** Size and rate of what comes, for the panel's foot; null without a video. */
export function madeAs(
  state: Pick<EditorState, 'packs'>,
  goal: Goal | null,
  draft: Draft,
  pack: PackInfo | null,
): { readonly width: number; readonly height: number; readonly fps: number; readonly drawn: boolean } | null {
  if (!pack?.video) return null;
  const { width, height, fps } = pack.video;
  if (isDrawn(state, goal, draft, pack.id)) {
    const size = drawnSizeOf(state, goal, draft, pack.id);
    if (size) return { ...size, fps: stageFps, drawn: true };
  }
  const factor = upscaleOf(state, goal, draft, pack.id) ?? 1;
  return { width: width * factor, height: height * factor, fps, drawn: false };
}

/** Whether the stage draws it. Another take is made as the clip's other takes are, a new clip is drawn. */
export function isDrawn(
  state: Pick<EditorState, 'packs'>,
  goal: Goal | null,
  draft: Draft,
  packId: string | null,
): boolean {
  if (!drawnSizeOf(state, goal, draft, packId)) return false;
  const asked = askedOf(goal);
  return draft.drawn ?? (asked ? asked.drawn === true : true);
}
