import type { PackInfo } from '../../../core/contract/contract.ts';
import type { Failure } from '../../../core/contract/errors.ts';
import type { Estimate } from '../../../core/contract/jobs.ts';
import { stems, useDraft, type Draft } from '../../services/aiDraft.ts';
import type { AiAction } from '../../services/editor.ts';
import { newSeed } from '../../services/generation.ts';
import { useEditor } from '../../services/store.ts';
import { buildRequest, type Built } from './buildRequest.ts';
import { madeAs } from './generate/drawn.ts';
import { goalOf, type Goal } from './goal.ts';
import { joinsFootage } from './joins/joinRequest.ts';
import { footageWayOf, type FootageWay } from './restyle/footage.ts';
import { useStemTarget } from './soundtrack/stemTarget.ts';
import { submitBuilt } from './submit.ts';
import { useEstimate, type WordsAnswer } from './useEstimate.ts';
import { usePack } from './usePack.ts';
import { usePanelState } from './usePanelState.ts';

/** The panel’s state. */
export interface AiPanelState {
  readonly action: AiAction;
  readonly goal: Goal | null;
  readonly built: Built;
  /** The result is made at the footage's own size, in this way: no pack, seed or steps. */
  readonly method: FootageWay | null;
  readonly pack: PackInfo | null;
  /** Size and rate of a generated clip; null for all else. */
  readonly made: ReturnType<typeof madeAs>;
  /** For all takes and stems of one press together. */
  readonly estimate: Estimate | null;
  readonly words: WordsAnswer;
  /** Why the engine has no estimate. */
  readonly failure: Failure | null;
  submit(): void;
}

/** What the panel shows, from the selection, the draft and the engine's answers. */
export function useAiPanel(): AiPanelState {
  const state = usePanelState();
  const draft = useDraft();
  useStemTarget();
  const action = state.aiAction;
  const pack = usePack(action);
  const packId = pack?.id ?? null;
  const goal = goalOf(state, action, draft);
  const { seed } = draft.settings[action];
  const joins = joinsFootage(state.document, goal, action, draft);
  const method = joins ? 'join' : footageWayOf(state.document, goal, action, draft.edit);
  // neither has chance in it: a second take would be the first again
  const takeCount = method ? 1 : draft.settings[action].takeCount;
  const built = buildRequest(state, action, draft, packId, seed ?? 0);
  const { estimate, words, failure } = useEstimate(built.ok ? built.request : null);
  return {
    action,
    goal,
    built,
    method,
    pack,
    made: action === 'generate' ? madeAs(state, goal, draft, pack) : null,
    estimate: estimate && { ...estimate, seconds: estimate.seconds * runCount(goal, draft) * takeCount },
    words,
    failure,
    submit() {
      // built again at the press: with a new seed, from what is on the timeline now
      const now = buildRequest(useEditor.getState(), action, draft, packId, seed ?? newSeed());
      if (now.ok) submitBuilt(now, draft, action, takeCount);
    },
  };
}

/** Jobs that one press starts for each take: one a stem. */
function runCount(goal: Goal | null, draft: Draft): number {
  return goal?.kind === 'stems'
    ? goal.places.length
    : goal?.kind === 'soundtrack'
      ? stems.filter((stem) => draft.stems[stem]).length
      : 1;
}
