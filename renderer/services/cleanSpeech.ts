/** Clean speech: which clips it can be asked for, and asking for it. */
import { wholeAttenuationDb } from '../../core/actions/cleanSpeech/schema.ts';
import type { ClipPlace } from '../../core/document/query.ts';
import type { SourceRef } from '../../core/document/refs.ts';
import type { ProjectDocument } from '../../core/document/schema.ts';
import { clipSourceRange } from '../../core/document/sources.ts';
import { isBeingMade, shownTake } from './clipTakes.ts';
import type { EditorState } from './editor.ts';
import { compareTakes, generate, newSeed } from './generation.ts';
import { aiShown, canEdit } from './selectors.ts';
import { useEditor } from './store.ts';

/** dB: what is left of the noise keeps a room from going dead between two words. */
export const usualAttenuationDb = 40;
/** dB: less is hardly heard. */
export const leastAttenuationDb = 6;

/** A sound whose voice can be cleaned. */
export interface CleanSpeechOffer {
  readonly source: SourceRef;
  readonly soundStream: number | null;
  /** What it was cleaned with, where it shows a cleaned take. */
  readonly cleanedDb: number | null;
  /** null = no installed pack can do it. */
  readonly packId: string | null;
  /** It cannot be asked for now: a take of the clip is on its way, or the project is read-only. */
  readonly waits: boolean;
}

/** null for clips that are no sound of a file. */
export function cleanSpeechOffer(state: EditorState, { clip, track }: ClipPlace): CleanSpeechOffer | null {
  const { document } = state;
  if (!document || !aiShown(state) || track.kind !== 'audio' || clip.reference.kind !== 'media') return null;
  const media = document.media[clip.reference.mediaId];
  const take = shownTake(document, clip);
  if (!media?.audio || (take && take.action !== 'cleanSpeech')) return null;
  const request = clip.generation?.request;
  const cleaned = take !== null && request?.action === 'cleanSpeech';
  return {
    source: { kind: 'media', id: media.id, ...clipSourceRange(clip) },
    soundStream: clip.soundStream ?? null,
    cleanedDb: cleaned ? request.attenuationDb : null,
    packId: state.packs.find((pack) => pack.problem === null && pack.footage?.cleanSpeech)?.id ?? null,
    waits: !canEdit(state) || isBeingMade(state, clip.id),
  };
}

/** Asks for the take: always of the sound as it was recorded. */
export function acceptCleanSpeech(
  { clip, sequence }: ClipPlace,
  { source, soundStream, packId }: CleanSpeechOffer,
  attenuationDb: number,
): void {
  if (packId === null) return;
  const base = { prompt: '', seed: newSeed(), steps: null, guidance: null, packId };
  generate(sequence.id, clip.id, {
    action: 'cleanSpeech',
    ...base,
    durationTicks: clip.durationTicks,
    source,
    soundStream,
    attenuationDb: Math.min(wholeAttenuationDb, Math.max(leastAttenuationDb, attenuationDb)),
  });
}

/** Sounds among the selected clips that can be cleaned now; linked clips are selected together. */
export function cleanable(state: EditorState, places: readonly ClipPlace[]) {
  return places.flatMap((place) => {
    const offer = cleanSpeechOffer(state, place);
    return offer ? [{ place, offer }] : [];
  });
}

/** Cleans all of them, as one step of the history. */
export function cleanAll(sounds: ReturnType<typeof cleanable>, attenuationDb: number): void {
  useEditor.getState().asOneStep('setGeneration', () => {
    for (const { place, offer } of sounds) if (!offer.waits) acceptCleanSpeech(place, offer, attenuationDb);
  });
}

/** The recording beside the cleaned take, one of them heard. */
export function compareCleaned({ clip }: ClipPlace): void {
  compareTakes(clip.id);
  const { compare, setSession } = useEditor.getState();
  const takeId = clip.generation?.activeTakeId;
  if (compare && takeId) setSession({ compare: { ...compare, a: null, b: takeId, heard: 'b' } });
}

/** How much a choice of a clip is turned down, dB, so that two of them are heard at the same loudness: 0 or less. */
export function matchingGains(
  takes: ProjectDocument['takes'],
  pair: { readonly a: string | null; readonly b: string | null },
): { readonly a: number; readonly b: number } {
  const [a, b] = [pair.a, pair.b].map((id) => (id === null ? 0 : (takes[id]?.loudnessChangeDb ?? 0)));
  const lower = Math.min(a!, b!);
  return { a: lower - a!, b: lower - b! };
}
