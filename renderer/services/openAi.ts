/** Opens the AI panel: on an action that was chosen, or on the one that fits the selection. */
import type { AiAction, EditorState } from './editor.ts';
import { setLayout } from './layout.ts';
import { selectedPlaces } from './selectors.ts';
import { useEditor } from './store.ts';

/** The action stays chosen until another is, or until the selection has nothing for it. */
export function chooseAiAction(aiAction: AiAction): void {
  useEditor.setState({ aiAction, aiActionChosen: true });
}

/** Opens the panel on an action somebody asked for. */
export function openAiAction(aiAction: AiAction): void {
  chooseAiAction(aiAction);
  showPanel();
}

/** Opens the panel, without an action being named. */
export function openAiPanel(): void {
  const state = useEditor.getState();
  const keeps = state.aiActionChosen && fits(state, state.aiAction);
  if (!keeps) useEditor.setState({ aiAction: fittingAction(state), aiActionChosen: false });
  showPanel();
}

/** What one would most likely do to the selection; with nothing selected, a new clip. */
export function fittingAction(state: EditorState): AiAction {
  const [place] = selectedPlaces(state);
  if (!place || state.selection.gap) return 'generate';
  const asked = place.clip.generation?.request.action;
  if (place.track.kind === 'audio') return 'soundtrack';
  if (place.clip.reference.kind === 'title') return 'generate';
  // of frames in between there is nothing to choose
  if (asked && asked !== 'smooth' && asked !== 'cleanSpeech' && asked !== 'enhance' && asked !== 'cutOut')
    return asked === 'inpaint' || asked === 'restyle' ? asked : 'generate';
  return 'inpaint';
}

/** Edits need a clip with a picture. */
function fits(state: EditorState, action: AiAction): boolean {
  if (action === 'generate' || action === 'soundtrack') return true;
  return selectedPlaces(state).some(({ track, clip }) => track.kind === 'video' && clip.reference.kind !== 'title');
}

function showPanel(): void {
  setLayout({ inspectorOpen: true });
  useEditor.setState({ sidePanel: 'ai' });
}
