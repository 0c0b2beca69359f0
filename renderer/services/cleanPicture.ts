/** Clean picture: what is chosen for a clip, whether it can be asked for, and asking for it. */
import type { EnhanceRequest } from '../../core/actions/enhance/schema.ts';
import type { ClipPlace } from '../../core/document/query.ts';
import { clipSourceRange } from '../../core/document/sources.ts';
import { isBeingMade, shownTake, takeBelow } from './clipTakes.ts';
import type { EditorState } from './editor.ts';
import { compareTakes, generate } from './generation.ts';
import { aiShown, canEdit } from './selectors.ts';
import { useEditor } from './store.ts';

/** What is ticked. */
export type PictureChoice = Pick<EnhanceRequest, 'scale' | 'compressed' | 'denoise' | 'deflicker'> & {
  readonly deblock: boolean;
};

/** As the panel opens. */
export const noChoice: PictureChoice = { scale: 1, compressed: false, denoise: 0, deflicker: false, deblock: false };

/** A picture that can be cleaned. */
export interface PictureOffer {
  readonly source: EnhanceRequest['source'];
  /** A photograph: it can be enlarged only. */
  readonly still: boolean;
  /** It is a take that was made of what was filmed: a restyled one, say. */
  readonly madeBefore: boolean;
  /** What it was made with, where it shows a cleaned take. */
  readonly cleaned: PictureChoice | null;
  /** null = no installed pack can do it. */
  readonly packId: string | null;
  /** It cannot be asked for now: a take of the clip is on its way, or the project is read-only. */
  readonly waits: boolean;
}

/** null for clips that show no film and no photograph of the bin, nor a picture made of one. */
export function pictureOffer(state: EditorState, { clip, track }: ClipPlace): PictureOffer | null {
  const { document } = state;
  if (!document || !aiShown(state) || track.kind !== 'video' || clip.reference.kind !== 'media') return null;
  const media = document.media[clip.reference.mediaId];
  if (!media?.video) return null;
  const shown = shownTake(document, clip);
  // a picture is not cleaned twice
  const take = takeBelow(document, shown, 'enhance');
  if (take ? take.kind === 'audio' : media.video.hasAlpha) return null;
  const still = (take ?? media).kind === 'image';
  const { startTicks, durationTicks } = clipSourceRange(clip);
  const from = still ? 0 : Math.max(0, startTicks - (take?.sourceStartTicks ?? 0));
  const request = clip.generation?.request;
  return {
    source: { kind: take ? 'take' : 'media', id: (take ?? media).id, startTicks: from, durationTicks },
    still,
    madeBefore: take !== null,
    cleaned: take !== shown && request?.action === 'enhance' ? choiceOf(request) : null,
    packId: state.packs.find((pack) => pack.problem === null && pack.footage?.upscale)?.id ?? null,
    waits: !canEdit(state) || isBeingMade(state, clip.id),
  };
}

function choiceOf({ scale, compressed, denoise, deflicker, deblock }: EnhanceRequest): PictureChoice {
  return { scale, compressed, denoise, deflicker, deblock: deblock ?? false };
}

/** The request for a choice; null where nothing is chosen or no pack can do it. Never of a cleaned take. */
export function pictureRequest(
  { clip }: ClipPlace,
  { source, still, packId }: PictureOffer,
  choice: PictureChoice,
): EnhanceRequest | null {
  const wanted = still ? { ...choice, denoise: 0, deflicker: false } : choice;
  if (packId === null || (wanted.scale === 1 && wanted.denoise === 0 && !wanted.deflicker && !wanted.deblock))
    return null;
  const base = { prompt: '', seed: 0, steps: null, guidance: null, packId };
  return { action: 'enhance', ...base, durationTicks: clip.durationTicks, source, ...wanted };
}

/** Asks for the take. */
export function cleanPicture({ clip, sequence }: ClipPlace, request: EnhanceRequest): void {
  generate(sequence.id, clip.id, request);
}

/** The picture before and after its cleaning, with a line between them. */
export function comparePicture({ clip }: ClipPlace): void {
  compareTakes(clip.id);
  const { compare, document, setSession } = useEditor.getState();
  const take = document && shownTake(document, clip);
  if (compare && take)
    setSession({ compare: { ...compare, a: takeBelow(document, take, 'enhance')?.id ?? null, b: take.id } });
}
