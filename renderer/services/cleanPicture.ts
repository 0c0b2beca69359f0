/** Clean picture: what is chosen for a clip, whether it can be asked for, and asking for it. */
import type { EnhanceRequest } from '../../core/actions/enhance/schema.ts';
import type { ClipPlace } from '../../core/document/query.ts';
import { clipSourceRange } from '../../core/document/sources.ts';
import { isBeingMade, shownTake } from './clipTakes.ts';
import type { EditorState } from './editor.ts';
import { compareTakes, generate } from './generation.ts';
import { aiShown, canEdit } from './selectors.ts';
import { useEditor } from './store.ts';

/** What is ticked. */
export type PictureChoice = Pick<EnhanceRequest, 'scale' | 'compressed' | 'denoise' | 'deflicker'>;

/** As the panel opens. */
export const noChoice: PictureChoice = { scale: 1, compressed: false, denoise: 0, deflicker: false };

/** A picture that can be cleaned. */
export interface PictureOffer {
  readonly source: EnhanceRequest['source'];
  /** A photograph: it can be enlarged only. */
  readonly still: boolean;
  /** What it was made with, where it shows a cleaned take. */
  readonly cleaned: PictureChoice | null;
  /** null = no installed pack can do it. */
  readonly packId: string | null;
  /** It cannot be asked for now: a take of the clip is on its way, or the project is read-only. */
  readonly waits: boolean;
}

/** null for clips that show no film and no photograph of the bin, or a take that was made otherwise. */
export function pictureOffer(state: EditorState, { clip, track }: ClipPlace): PictureOffer | null {
  const { document } = state;
  if (!document || !aiShown(state) || track.kind !== 'video' || clip.reference.kind !== 'media') return null;
  const media = document.media[clip.reference.mediaId];
  const take = shownTake(document, clip);
  if (!media?.video || media.video.hasAlpha || (take && take.action !== 'enhance')) return null;
  const still = media.kind === 'image';
  const { startTicks, durationTicks } = clipSourceRange(clip);
  const request = clip.generation?.request;
  return {
    source: { kind: 'media', id: media.id, startTicks: still ? 0 : startTicks, durationTicks },
    still,
    cleaned: take && request?.action === 'enhance' ? choiceOf(request) : null,
    packId: state.packs.find((pack) => pack.problem === null && pack.footage?.upscale)?.id ?? null,
    waits: !canEdit(state) || isBeingMade(state, clip.id),
  };
}

function choiceOf({ scale, compressed, denoise, deflicker }: EnhanceRequest): PictureChoice {
  return { scale, compressed, denoise, deflicker };
}

/** The request for a choice; null where nothing is chosen or no pack can do it. Always of what was filmed. */
export function pictureRequest(
  { clip }: ClipPlace,
  { source, still, packId }: PictureOffer,
  choice: PictureChoice,
): EnhanceRequest | null {
  const wanted = still ? { ...choice, denoise: 0, deflicker: false } : choice;
  if (packId === null || (wanted.scale === 1 && wanted.denoise === 0 && !wanted.deflicker)) return null;
  const base = { prompt: '', seed: 0, steps: null, guidance: null, packId };
  return { action: 'enhance', ...base, durationTicks: clip.durationTicks, source, ...wanted };
}

/** Asks for the take. */
export function cleanPicture({ clip, sequence }: ClipPlace, request: EnhanceRequest): void {
  generate(sequence.id, clip.id, request);
}

/** What was filmed beside the cleaned take, with a line between them. */
export function comparePicture({ clip }: ClipPlace): void {
  compareTakes(clip.id);
  const { compare, setSession } = useEditor.getState();
  const takeId = clip.generation?.activeTakeId;
  if (compare && takeId) setSession({ compare: { ...compare, a: null, b: takeId } });
}
