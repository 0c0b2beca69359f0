import type { PackInfo } from '../../../core/contract/contract.ts';
import type { Failure } from '../../../core/contract/errors.ts';
import type { Estimate } from '../../../core/contract/jobs.ts';
import { stems, useDraft, type Draft } from '../../services/aiDraft.ts';
import type { AiAction } from '../../services/editor.ts';
import { newSeed } from '../../services/generation.ts';
import { useEditor } from '../../services/store.ts';
import { buildRequest, type Built } from './buildRequest.ts';
import { goalOf, type Goal } from './goal.ts';
import { useStemTarget } from './soundtrack/stemTarget.ts';
import { submitBuilt } from './submit.ts';
import { useEstimate } from './useEstimate.ts';
import { usePack } from './usePack.ts';
import { usePanelState } from './usePanelState.ts';

/** The panel’s state. */
export interface AiPanelState {
  readonly action: AiAction;
  readonly goal: Goal | null;
  readonly built: Built;
  readonly pack: PackInfo | null;
  /** For all takes and stems of one press together. */
  readonly estimate: Estimate | null;
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
  const built = buildRequest(state, action, draft, packId, draft.seed ?? 0);
  const { estimate, failure } = useEstimate(built.ok ? built.request : null);
  return {
    action,
    goal,
    built,
    pack,
    estimate: estimate && { ...estimate, seconds: estimate.seconds * runCount(goal, draft) },
    failure,
    submit() {
      // built again at the press: with a new seed, from what is on the timeline now
      const now = buildRequest(useEditor.getState(), action, draft, packId, draft.seed ?? newSeed());
      if (now.ok) submitBuilt(now, draft);
    },
  };
}

/** Jobs that one press starts: one a stem and take. */
function runCount(goal: Goal | null, draft: Draft): number {
  const stemCount =
    goal?.kind === 'stems'
      ? goal.places.length
      : goal?.kind === 'soundtrack'
        ? stems.filter((stem) => draft.stems[stem]).length
        : 1;
  return stemCount * draft.takeCount;
}
