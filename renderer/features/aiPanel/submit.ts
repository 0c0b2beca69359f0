/** The button: from a built request to clips and jobs, by what it is for. */
import { generate, newSeed } from '../../services/generation.ts';
import { generateAtPlayhead, generateInPlace, makeSoundtrack } from '../../services/placeGeneration.ts';
import { useEditor } from '../../services/store.ts';
import type { Built } from './buildRequest.ts';
import { stems, type Draft } from './draft.ts';

export function submitBuilt({ request, goal, sequenceId }: Extract<Built, { ok: true }>, draft: Draft): void {
  // what was painted is on its way: the viewer goes back to showing the cut
  useEditor.getState().setSession({ maskMode: null });
  switch (goal.kind) {
    case 'soundtrack':
      makeSoundtrack(request, stems.filter((stem) => draft.stems[stem]), draft.levels);
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

  /** Several takes at once differ by their seeds alone. */
  function moreTakes(clipId: string | null): void {
    for (let count = 1; clipId && count < draft.takeCount; count += 1) generate(sequenceId, clipId, { ...request, seed: newSeed() });
  }
}
