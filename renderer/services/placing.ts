/** Whether the picture that is put into footage is being placed in the viewer. */
import { create } from 'zustand';
import { useEditor } from './store.ts';

/** The clip that it is placed in; null = it is not being placed. */
export const usePlacing = create<{ readonly clipId: string | null }>()(() => ({ clipId: null }));

/** Begins or ends placing. */
export const setPlacing = (clipId: string | null): void => usePlacing.setState({ clipId });

// another project, another selection or a mask being painted: the handles would lie over something else
useEditor.subscribe((state, before) => {
  const { clipId } = usePlacing.getState();
  if (clipId === null) return;
  const isElsewhere = state.projectId !== before.projectId || !state.selection.clipIds.includes(clipId);
  if (isElsewhere || state.maskMode !== null || state.aiAction !== 'inpaint') setPlacing(null);
});
