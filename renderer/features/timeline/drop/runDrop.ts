import { crossfade } from '../../../services/clipEdits.ts';
import { addFootageTrack } from '../../../services/placement.ts';
import { useEditor } from '../../../services/store.ts';
import { selectClips } from '../gestures/marquee.ts';
import { performEffects } from '../view/world.ts';
import { onNewTrack, type DropPlan } from './dropPlan.ts';

/** Runs what was dropped as one step, with the track that it needs, and selects the new clips. */
export function runDrop({ command, newTrack }: Pick<DropPlan, 'command' | 'newTrack'>): void {
  if (command === null) return;
  if (command.name === 'addTransition') return crossfade(command.params);
  useEditor.getState().asOneStep(command.name, () => {
    const trackId = newTrack === undefined ? null : addFootageTrack(newTrack);
    performEffects([{ kind: 'run', command: trackId === null ? command : onNewTrack(command, trackId) }]);
  });
  if (command.name !== 'addClips') return;
  const state = useEditor.getState();
  state.setSession({
    selection: selectClips(
      state.selection,
      command.params.clips.map((placed) => placed.clip.id),
    ),
  });
}
