/** The button: from a built request to clips and jobs, by what it is for. */
import type { GenerationRequest } from '../../../core/document/schema.ts';
import { stems, type Draft } from '../../services/aiDraft.ts';
import type { AiAction } from '../../services/editor.ts';
import { generate, newSeed } from '../../services/generation.ts';
import { generateAtPlayhead, generateInPlace, makeSoundtrack } from '../../services/placeGeneration.ts';
import { placeExtension } from '../../services/placeExtension.ts';
import { useEditor } from '../../services/store.ts';
import type { Built } from './buildRequest.ts';
import type { StemsGoal } from './goal.ts';
import { stemRequest } from './soundtrack/buildSoundtrack.ts';

/** Puts clips on the timeline where needed and asks for all takes. `action`: whose settings apply. */
export function submitBuilt(
  { request, goal, sequenceId }: Extract<Built, { ok: true }>,
  draft: Draft,
  action: AiAction,
  takeCount: number = draft.settings[action].takeCount,
): void {
  // the mask is painted: the viewer goes back to showing the cut
  useEditor.getState().setSession({ maskMode: null });
  const moreTakes = (clipId: string | null, asked: GenerationRequest): void => {
    if (clipId !== null) generateMore(sequenceId, clipId, asked, takeCount - 1);
  };
  switch (goal.kind) {
    case 'soundtrack': {
      if (request.action !== 'soundtrack') return;
      const chosen = stems.filter((stem) => draft.stems[stem]);
      useEditor.getState().asOneStep('addClips', () => {
        for (const made of makeSoundtrack(request, chosen, draft.levels)) moreTakes(made.clipId, made.request);
      });
      return;
    }
    case 'stems':
      remakeStems(sequenceId, goal, request, draft);
      return;
    case 'takeOf': {
      const { clip } = goal.place;
      if (request.action === 'extend' && request.way !== undefined) {
        placeExtension(goal.place, request, draft.extendSound);
        return;
      }
      if (generate(sequenceId, clip.id, request)) moreTakes(clip.id, request);
      return;
    }
    case 'gap':
      moreTakes(generateInPlace(request, { trackId: goal.trackId, startTicks: goal.startTicks }), request);
      return;
    case 'newClip':
      moreTakes(generateAtPlayhead(request), request);
      return;
    default:
      goal satisfies never;
  }
}

/** Several takes of one request differ only in their seeds. */
function generateMore(sequenceId: string, clipId: string, request: GenerationRequest, count: number): void {
  for (let made = 0; made < count; made += 1) generate(sequenceId, clipId, { ...request, seed: newSeed() });
}

/** All of it is one step of the history. */
function remakeStems(sequenceId: string, goal: StemsGoal, { seed, packId }: GenerationRequest, draft: Draft): void {
  const { document, asOneStep } = useEditor.getState();
  if (!document) return;
  const { steps, guidance, takeCount } = draft.settings.soundtrack;
  const common = { prompt: draft.prompts.soundtrack.trim(), seed, steps, guidance, packId };
  asOneStep('setGeneration', () => {
    for (const place of goal.places) {
      const request = stemRequest(document, goal, place, common, draft);
      if (!request) continue;
      generate(sequenceId, place.clip.id, request);
      generateMore(sequenceId, place.clip.id, request, takeCount - 1);
    }
  });
}
