/** Logos and burnt-in text of a clip: asks the engine, and makes what it found the clip's mask. */
import { create } from 'zustand';
import { toFailure } from '../../core/contract/errors.ts';
import { findClip } from '../../core/document/query.ts';
import { engine } from './connection.ts';
import { setMask } from './maskSteps.ts';
import { failureWords } from './noticeWords.ts';
import { sourceOfClip } from './placeGeneration.ts';
import { useEditor } from './store.ts';

/** What came of the last look, by clip. */
export type OverlaysOutcome = 'looking' | 'found' | 'none' | 'still';

/** Of which clip, and what. */
export const useOverlays = create<{ readonly clipId: string | null; readonly outcome: OverlaysOutcome | null }>()(
  () => ({ clipId: null, outcome: null }),
);

/** Looks through the clip; what is found takes the place of its mask. */
export async function findOverlays(clipId: string): Promise<void> {
  const { document, projectId, notify } = useEditor.getState();
  const clip = document ? findClip(document, clipId)?.clip : undefined;
  const source = document && clip ? sourceOfClip(document, clip) : null;
  if (!source || projectId === null) return;
  useOverlays.setState({ clipId, outcome: 'looking' });
  const isCurrent = (): boolean => useEditor.getState().projectId === projectId;
  try {
    const { png, isStill } = await engine().call('masks.overlays', { projectId, source });
    if (isCurrent() && png !== null) setMask(clipId, { kind: 'painted', png, featherPx: 0 });
    useOverlays.setState({ clipId, outcome: png === null ? (isStill ? 'still' : 'none') : 'found' });
  } catch (error) {
    useOverlays.setState({ clipId: null, outcome: null });
    notify('error', failureWords(toFailure(error)));
  }
}
