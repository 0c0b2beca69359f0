/** From what is written and selected to a request, or to the one thing that is still needed. */
import { longestPrompt } from '../../../core/actions/requestBase.ts';
import type { GenerationRequest } from '../../../core/document/schema.ts';
import type { Draft } from '../../services/aiDraft.ts';
import type { AiAction, EditorState } from '../../services/editor.ts';
import { followJobOf } from '../../services/followMask.ts';
import type { Builder, Need } from './build.ts';
import { buildGenerate } from './generate/buildGenerate.ts';
import { goalOf, type Goal } from './goal.ts';
import { buildInpaint } from './inpaint/buildInpaint.ts';
import { buildRestyle } from './restyle/buildRestyle.ts';
import { footageWayOf } from './restyle/footage.ts';
import { joinsFootage } from './joins/joinRequest.ts';
import { buildSoundtrack } from './soundtrack/buildSoundtrack.ts';

/** A request and what it is for, or the one thing that is still needed. */
export type Built =
  | { readonly ok: true; readonly request: GenerationRequest; readonly goal: Goal; readonly sequenceId: string }
  | { readonly ok: false; readonly need: Need };

const builders: Readonly<Record<AiAction, Builder>> = {
  generate: buildGenerate,
  inpaint: buildInpaint,
  restyle: buildRestyle,
  soundtrack: buildSoundtrack,
};

/**
 * The request that pressing the button would send now. `packId` null = no installed pack can do it,
 * which keeps nobody from looks and removals on footage: no pack makes them.
 */
export function buildRequest(
  state: EditorState,
  action: AiAction,
  draft: Draft,
  packId: string | null,
  seed: number,
): Built {
  const goal = goalOf(state, action, draft);
  const { document } = state;
  if (!document || !goal) return { ok: false, need: 'clip' };
  const withoutPack =
    footageWayOf(document, goal, action, draft.edit) !== null || joinsFootage(document, goal, action, draft);
  if (!packId && !withoutPack) return { ok: false, need: 'pack' };
  const prompt = draft.prompts[action].trim();
  if (prompt.length > longestPrompt) return { ok: false, need: 'shorterPrompt' };
  const { steps, guidance } = draft.settings[action];
  const common = { prompt, seed, steps, guidance, packId: packId ?? '' };
  const built = builders[action]({ state, document, draft, goal, common });
  if (typeof built === 'string') return { ok: false, need: built };
  return isFollowing(state, goal, built)
    ? { ok: false, need: 'following' }
    : { ok: true, request: built, goal, sequenceId: document.activeSequenceId };
}

/** A mask that is still being carried through the clip cannot be used yet. */
function isFollowing({ jobs }: EditorState, goal: Goal, request: GenerationRequest): boolean {
  if (goal.kind !== 'takeOf' || !('mask' in request) || request.mask?.kind !== 'followed') return false;
  return followJobOf(goal.place.clip.id, jobs) !== null;
}
