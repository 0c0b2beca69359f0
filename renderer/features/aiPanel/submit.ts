/** The button: from a built request to clips and jobs, by what it is for. */
import { findClip } from '../../../core/document/query.ts';
import { generate, newSeed } from '../../services/generation.ts';
import { generateAtPlayhead, generateInPlace, makeSoundtrack } from '../../services/placeGeneration.ts';
import { useEditor } from '../../services/store.ts';
import { stemRequest, type Built } from './buildRequest.ts';
import { stems, type Draft } from './draft.ts';

export function submitBuilt({ request, goal, sequenceId }: Extract<Built, { ok: true }>, draft: Draft): void {
  // what was painted is on its way: the viewer goes back to showing the cut
  useEditor.getState().setSession({ maskMode: null });
  switch (goal.kind) {
    case 'soundtrack':
      useEditor.getState().asOneStep('addClips', () => {
        for (const clipId of makeSoundtrack(
          request,
          stems.filter((stem) => draft.stems[stem]),
          draft.levels,
        ))
          moreTakes(clipId);
      });
      return;
    case 'stems':
      remakeStems(goal);
      return;
    case 'takeOf':
      if (generate(sequenceId, goal.place.clip.id, request)) moreTakes(goal.place.clip.id);
      return;
    case 'gap':
      moreTakes(generateInPlace(request, { trackId: goal.trackId, startTicks: goal.startTicks }));
      return;
    case 'newClip':
      moreTakes(generateAtPlayhead(request));
      return;
    default:
      goal satisfies never;
  }

  /** All of it is one step of the history; each take differs by its seed. */
  function remakeStems(stemsGoal: Extract<typeof goal, { kind: 'stems' }>): void {
    const { prompts, steps, guidance } = draft;
    const common = { prompt: prompts.soundtrack.trim(), steps, guidance, packId: request.packId };
    useEditor.getState().asOneStep('setGeneration', () => {
      for (const place of stemsGoal.places) {
        for (let count = 0; count < draft.takeCount; count += 1) {
          const { document } = useEditor.getState();
          if (document)
            generate(
              sequenceId,
              place.clip.id,
              stemRequest(
                document,
                stemsGoal,
                place,
                { ...common, seed: count === 0 ? request.seed : newSeed() },
                draft,
              ),
            );
        }
      }
    });
  }

  function generateAnother(clipId: string): void {
    const { document } = useEditor.getState();
    const asked = document && findClip(document, clipId)?.clip.generation?.request;
    if (asked) generate(sequenceId, clipId, { ...asked, seed: newSeed() });
  }

  /** Several takes at once differ by their seeds alone. */
  function moreTakes(clipId: string | null): void {
    for (let count = 1; clipId && count < draft.takeCount; count += 1) generateAnother(clipId);
  }
}
