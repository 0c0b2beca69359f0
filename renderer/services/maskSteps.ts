/**
 * Undo while a mask is painted: the versions of the mask itself, not the document's steps. It begins with the mode and
 * is forgotten with it. Whatever changes the mask (a stroke, a box, clearing it in viewer or panel) is one step.
 */
import type { Mask } from '../../core/document/schema.ts';
import type { EditorState } from './editor.ts';
import { noMaskSteps, useEditor } from './store.ts';

/** Begins to record a clip's mask; answers the function that ends it. */
export function recordMaskSteps(clipId: string): () => void {
  useEditor.setState({ maskSteps: noMaskSteps });
  return useEditor.subscribe((state, before) => {
    if (state.masks === before.masks) return;
    const was = before.masks[clipId] ?? null;
    const now = state.masks[clipId] ?? null;
    // a step taken back or brought back sets mask and steps at once: it is not a new one; nor is a click that painted
    // nothing
    if (state.maskSteps !== before.maskSteps || JSON.stringify(was) === JSON.stringify(now)) return;
    useEditor.setState({ maskSteps: { past: [...state.maskSteps.past, was], future: [] } });
  });
}

/** Puts a clip's mask in the place of the one before; null takes it away. */
export function setMask(clipId: string, mask: Mask | null): void {
  const { masks, setSession } = useEditor.getState();
  const { [clipId]: _before, ...others } = masks;
  setSession({ masks: mask === null ? others : { ...others, [clipId]: mask } });
}

/** Goes back one version of the mask. */
export function undoMask(): void {
  useEditor.setState((state) => step(state, 'past', 'future'));
}

/** Goes forward one version of the mask. */
export function redoMask(): void {
  useEditor.setState((state) => step(state, 'future', 'past'));
}

function step(
  { maskMode, masks, maskSteps }: EditorState,
  from: 'past' | 'future',
  to: 'past' | 'future',
): Partial<EditorState> {
  const next = maskSteps[from].at(-1);
  if (!maskMode || next === undefined) return {};
  const { [maskMode.clipId]: now = null, ...others } = masks;
  const steps: Record<'past' | 'future', readonly (Mask | null)[]> = { ...maskSteps };
  steps[from] = steps[from].slice(0, -1);
  steps[to] = [...steps[to], now];
  return { masks: next === null ? others : { ...others, [maskMode.clipId]: next }, maskSteps: steps };
}
