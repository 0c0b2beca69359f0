/** Smooth slow motion: which clips it is offered for, and asking for it. */
import { mostTimes, smoothRate } from '../../core/actions/smooth/smoothRate.ts';
import type { ClipPlace } from '../../core/document/query.ts';
import { clipSourceRange } from '../../core/document/sources.ts';
import type { SourceRef } from '../../core/document/refs.ts';
import type { Clip, ProjectDocument, Take } from '../../core/document/schema.ts';
import type { Rate } from '../../core/time/ticks.ts';
import { isBeingMade, shownTake, takeBelow } from './clipTakes.ts';
import type { EditorState } from './editor.ts';
import { generate, newSeed } from './generation.ts';
import { aiShown, canEdit } from './selectors.ts';

/** A clip whose sequence shows each of its frames more than once. */
export interface SmoothOffer {
  /** 'slow': it plays slower than it was filmed. 'rate': it has fewer frames a second than the sequence. */
  readonly why: 'slow' | 'rate';
  readonly source: SourceRef;
  /** Frames a second of source time that it would get. */
  readonly rate: Rate;
  /** Frames a second that it has. */
  readonly ownFps: number;
  readonly sequenceFps: number;
  /** null = no installed pack can do it. */
  readonly packId: string | null;
  /** It cannot be asked for now: a take of the clip is on its way, or the project is read-only. */
  readonly waits: boolean;
}

const perSecond = ({ num, den }: Rate): number => num / den;

/** null where the clip has frames enough, is no film, or shows a take that has them already. */
export function smoothOffer(state: EditorState, { clip, sequence, track }: ClipPlace): SmoothOffer | null {
  const { document } = state;
  if (!document || !aiShown(state) || track.kind !== 'video') return null;
  const film = filmOf(document, clip);
  if (!film) return null;
  const rate = smoothRate(film.rate, sequence.rate, clip.speed);
  if (rate === null || hasRate(shownTake(document, clip), rate)) return null;
  return {
    why: clip.speed.num < clip.speed.den ? 'slow' : 'rate',
    source: film.source,
    rate,
    ownFps: perSecond(film.rate),
    sequenceFps: perSecond(sequence.rate),
    packId: state.packs.find((pack) => pack.problem === null && pack.footage?.smooth)?.id ?? null,
    waits: !canEdit(state) || isBeingMade(state, clip.id),
  };
}

/** Asks for the take. */
export function acceptSmooth({ clip, sequence }: ClipPlace, { source, rate, packId }: SmoothOffer): void {
  if (packId === null) return;
  const base = { prompt: '', seed: newSeed(), steps: null, guidance: null, packId };
  const request = { action: 'smooth' as const, ...base, durationTicks: clip.durationTicks, source, rate };
  generate(sequence.id, clip.id, request);
}

/** A thousandth is the difference between 60 and 59.94. */
function hasRate(take: Take | null, rate: Rate): boolean {
  return take?.action === 'smooth' && take.rate !== null && perSecond(take.rate) >= perSecond(rate) * 0.998;
}

/** What the clip shows, below frames that were added before: frames are always added to filmed ones. */
function filmOf(document: ProjectDocument, clip: Clip): { source: SourceRef; rate: Rate } | null {
  const { startTicks, durationTicks } = clipSourceRange(clip);
  const take = takeBelow(document, shownTake(document, clip), 'smooth');
  if (take) {
    if (take.kind !== 'video' || !take.rate) return null;
    const fromTake = Math.max(0, startTicks - take.sourceStartTicks);
    return { source: { kind: 'take', id: take.id, startTicks: fromTake, durationTicks }, rate: take.rate };
  }
  const media = clip.reference.kind === 'media' ? document.media[clip.reference.mediaId] : undefined;
  if (media?.kind !== 'video' || !media.video || media.video.hasAlpha) return null;
  return { source: { kind: 'media', id: media.id, startTicks, durationTicks }, rate: media.video.rate };
}

/** What the offer says in numbers; `times`: for one frame there will be so many. */
export function smoothNumbers({ ownFps, sequenceFps, rate }: SmoothOffer) {
  const shown = (fps: number): string => String(Math.round(fps * 100) / 100);
  const times = Math.min(mostTimes, Math.round((perSecond(rate) / ownFps) * 10) / 10);
  return { own: shown(ownFps), sequence: shown(sequenceFps), made: shown(perSecond(rate)), times };
}
