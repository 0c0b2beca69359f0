import { useShallow } from 'zustand/react/shallow';
import type { EditorState } from '../../services/editor.ts';
import { useEditor } from '../../services/store.ts';

/** Only what requests are built from: the panel is not drawn again for every frame that plays. */
export function usePanelState(): EditorState {
  useEditor(useShallow(({ document, selection, masks, aiAction }) => [document, selection, masks, aiAction]));
  return useEditor.getState();
}
