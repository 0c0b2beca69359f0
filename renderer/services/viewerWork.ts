/** Why the viewer shows no picture yet. */
import { create } from 'zustand';

/**
 * 'reading': the engine has not said yet what there is of a file, or a decoder is opening it; 'decoding': the frame is
 * on its way; 'starting': the first sound is.
 */
export type ViewerWork = 'reading' | 'decoding' | 'starting' | null;

/** What the viewer is waiting for; null when it shows its picture. */
export const useViewerWork = create<{ work: ViewerWork }>()(() => ({ work: null }));

/** Sets what the viewer is waiting for. */
export function setViewerWork(work: ViewerWork): void {
  if (useViewerWork.getState().work !== work) useViewerWork.setState({ work });
}
