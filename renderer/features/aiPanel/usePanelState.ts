import { useShallow } from 'zustand/react/shallow';
import type { Job } from '../../../core/contract/jobs.ts';
import type { EditorState } from '../../services/editor.ts';
import { useEditor } from '../../services/store.ts';

/** Only what requests are built from: the panel is not drawn again for every frame that plays. */
export function usePanelState(): EditorState {
  useEditor(
    useShallow(({ document, selection, masks, aiAction, jobs }) => [
      document,
      selection,
      masks,
      aiAction,
      following(jobs),
    ]),
  );
  return useEditor.getState();
}

/** Names the masks that are being followed, whatever their progress. */
function following(jobs: Readonly<Record<string, Job>>): string {
  const running = Object.values(jobs).filter(({ spec }) => spec.kind === 'follow');
  return running.map(({ id }) => id).join(' ');
}
