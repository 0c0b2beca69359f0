/**
 * Selecting a thing in the picture for a clip's mask: asks the engine, and hands what it found to the overlay that
 * paints the mask.
 */
import { create } from 'zustand';
import type { WantedInPicture, WordsAnswer } from '../../core/contract/masks.ts';
import { findClip } from '../../core/document/query.ts';
import { engine } from './connection.ts';
import { failureWords } from './noticeWords.ts';
import { toFailure } from '../../core/contract/errors.ts';
import { frameOfClip } from './placeGeneration.ts';
import { useEditor } from './store.ts';

/** What the viewer says about the last selection. */
interface Selecting {
  /** Selections that have not been answered. */
  readonly waiting: number;
  readonly saidNothing: boolean;
  /** What came of the last words. */
  readonly said: WordsAnswer | null;
}

/** A mask that was found: white on black, in the picture's proportions. */
export interface FoundMask {
  readonly clipId: string;
  readonly picture: ImageBitmap;
  /** It is taken away from the mask instead of added to it. */
  readonly takesAway: boolean;
}

const idle: Selecting = { waiting: 0, saidNothing: false, said: null };

/** Whether something is looked for, and whether the last look found nothing. */
export const useSelecting = create<Selecting>()(() => idle);

const receivers = new Set<(found: FoundMask) => void>();

/** Gets every mask that is found from now on; answers the function that ends it. */
export function receiveFound(receiver: (found: FoundMask) => void): () => void {
  receivers.add(receiver);
  return () => receivers.delete(receiver);
}

/** Looks for a thing in what a clip shows at the playhead. An answer that comes after the mask mode is dropped. */
export async function selectThing(clipId: string, wanted: WantedInPicture, takesAway: boolean): Promise<void> {
  const { document, projectId, playheadTicks, notify } = useEditor.getState();
  const clip = document ? findClip(document, clipId)?.clip : undefined;
  const picture = document && clip ? frameOfClip(document, clip, playheadTicks - clip.startTicks) : null;
  if (!picture || projectId === null) return;
  useSelecting.setState(({ waiting }) => ({ waiting: waiting + 1, saidNothing: false, said: null }));
  let answer: Pick<Selecting, 'saidNothing' | 'said'> = { saidNothing: false, said: null };
  try {
    const { png, said } = await engine().call('masks.select', { projectId, picture, wanted });
    if (useEditor.getState().maskMode?.clipId !== clipId) return;
    answer = { saidNothing: png === null && said === null, said };
    if (png === null) return;
    const bitmap = await createImageBitmap(await (await fetch(png)).blob());
    for (const receive of receivers) receive({ clipId, picture: bitmap, takesAway });
  } catch (error) {
    notify('error', failureWords(toFailure(error)));
  } finally {
    useSelecting.setState(({ waiting }) => ({ waiting: waiting - 1, ...answer }));
  }
}

/** Another tool was chosen, or a stroke painted: what was said about the last selection no longer matters. */
export function forgetSaid(): void {
  const { saidNothing, said } = useSelecting.getState();
  if (saidNothing || said) useSelecting.setState({ saidNothing: false, said: null });
}
