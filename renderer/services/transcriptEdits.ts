/** Words on the timeline: where a clip says them, cutting them out, captions of them. */
import i18n from 'i18next';
import { createClip, defaultTitle } from '../../core/document/create.ts';
import { clipEnd, findClipIn, withLinkedIds } from '../../core/document/query.ts';
import { clipSourceRange } from '../../core/document/sources.ts';
import type { Clip, MediaReference, Sequence } from '../../core/document/schema.ts';
import { clipTicksAt } from '../../core/render/sourceTime.ts';
import { snapToFrame, ticksPerFrame, type Rate, type Ticks } from '../../core/time/ticks.ts';
import { captionsOf } from '../../core/transcript/captions.ts';
import type { HeardWord } from '../../core/contract/transcript.ts';
import { playheadClipIds } from './clipEdits.ts';
import type { EditorState } from './editor.ts';
import { selectedPlaces, sequenceOf } from './selectors.ts';
import { useEditor } from './store.ts';

/** A word on the timeline, in ticks of the sequence. */
export interface PlacedWord extends HeardWord {
  readonly clipId: string;
}

/** A stretch of a clip, on the sequence's frames. */
export interface CutRange {
  readonly clipId: string;
  readonly fromTicks: Ticks;
  readonly toTicks: Ticks;
}

/** The clip whose words are shown: selected, else under the playhead; it plays a file's first sound forwards. */
export function spokenClip(state: EditorState): { readonly clip: Clip; readonly mediaId: string } | null {
  const sequence = sequenceOf(state);
  if (!sequence) return null;
  const selected = selectedPlaces(state).map(({ clip }) => clip);
  const clips =
    selected.length > 0 ? selected : playheadClipIds(state).flatMap((id) => findClipIn(sequence, id)?.clip ?? []);
  for (const clip of clips) {
    const { reference } = clip;
    if (reference.kind !== 'media' || !isSpoken(clip)) continue;
    if (state.document?.media[reference.mediaId]?.audio) return { clip, mediaId: reference.mediaId };
  }
  return null;
}

/** Words that the clips of a track say which show the same file as `clip`: a clip that was cut is still one text. */
export function wordsOnTrack(clip: Clip, words: readonly HeardWord[], sequence: Sequence): readonly PlacedWord[] {
  const { reference } = clip;
  const track = sequence.tracks.find(({ clips }) => clips.some(({ id }) => id === clip.id));
  if (!track || reference.kind !== 'media') return [];
  const clips = track.clips.filter((other) => isSpoken(other) && isOf(other, reference.mediaId));
  return clips.flatMap((other) => wordsInClip(other, words, sequence.rate));
}

const isSpoken = ({ reversed, soundStream }: Clip): boolean => !reversed && soundStream === undefined;

function isOf({ reference }: Clip, mediaId: string): boolean {
  return reference.kind === 'media' && reference.mediaId === mediaId;
}

/** Words that a clip says. */
export function wordsInClip(clip: Clip, words: readonly HeardWord[], rate: Rate): readonly PlacedWord[] {
  const { startTicks, durationTicks } = clipSourceRange(clip);
  const within = (ticks: Ticks) => Math.min(clipEnd(clip), Math.max(clip.startTicks, clipTicksAt(clip, ticks, rate)));
  return words
    .filter(({ fromTicks, toTicks }) => {
      const middle = (fromTicks + toTicks) / 2;
      return middle >= startTicks && middle < startTicks + durationTicks;
    })
    .map((word) => ({
      ...word,
      clipId: clip.id,
      fromTicks: within(word.fromTicks),
      toTicks: within(word.toTicks),
    }));
}

/** Of words by their places in `words`: neighbours are one stretch, up to the word that follows closely. */
export function rangesOfWords(words: readonly PlacedWord[], chosen: ReadonlySet<number>, rate: Rate): CutRange[] {
  const ranges: CutRange[] = [];
  for (const [i, { clipId, fromTicks, toTicks }] of words.entries()) {
    if (!chosen.has(i)) continue;
    const next = words[i + 1];
    // past the clip's end nothing is cut
    const isClose = next && next.fromTicks - toTicks <= 8 * ticksPerFrame(rate);
    const range = { clipId, fromTicks, toTicks: isClose ? Math.max(toTicks, next.fromTicks) : toTicks };
    const last = ranges.at(-1);
    if (last?.clipId === clipId && chosen.has(i - 1)) ranges[ranges.length - 1] = { ...last, toTicks: range.toTicks };
    else ranges.push(range);
  }
  return ranges.filter((range) => range.toTicks > range.fromTicks);
}

/** Cuts stretches out of clips and of what is linked to them; what follows closes up. One step of the history. */
export function cutOut(ranges: readonly CutRange[]): boolean {
  const state = useEditor.getState();
  let done = 0;
  const all = state.asOneStep('removeClips', () => {
    // the left part keeps the clip's id: from the end on
    for (const range of ranges.toSorted((a, b) => b.fromTicks - a.fromTicks)) {
      if (!cutRange(range)) return false;
      done++;
    }
    return true;
  });
  if (!all && done > 0) state.undo();
  return all;
}

function cutRange({ clipId, fromTicks, toTicks }: CutRange): boolean {
  const { run } = useEditor.getState();
  const place = () => {
    const sequence = sequenceOf(useEditor.getState());
    const found = sequence && findClipIn(sequence, clipId);
    return sequence && found ? { ...found, sequence } : null;
  };
  const before = place();
  if (!before) return false;
  const sequenceId = before.sequence.id;
  const split = (atTicks: Ticks) => run('splitClips', { sequenceId, clipIds: [clipId], atTicks });
  if (toTicks < clipEnd(before.clip) && !split(toTicks)) return false;
  if (fromTicks > before.clip.startTicks && !split(fromTicks)) return false;
  const after = place();
  if (!after) return false;
  const middle = fromTicks > before.clip.startTicks ? clipAt(after.sequence, after.track.id, fromTicks) : after.clip;
  if (!middle) return false;
  const clipIds = withLinkedIds(after.sequence, [middle.id]);
  return run('removeClips', { sequenceId, clipIds, ripple: true });
}

function clipAt(sequence: Sequence, trackId: string, startTicks: Ticks): Clip | undefined {
  return sequence.tracks.find(({ id }) => id === trackId)?.clips.find((clip) => clip.startTicks === startTicks);
}

/** Titles at the lower edge on a track of their own, `words` in ticks of the sequence. One step of the history. */
export function addCaptions(words: readonly HeardWord[]): boolean {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  if (!sequence || words.length === 0) return false;
  const clips = captionClips(words, sequence);
  return state.asOneStep('addClips', () => {
    const known = new Set(sequence.tracks.map(({ id }) => id));
    const name = i18n.t('transcript:captionTrack');
    if (!state.run('addTrack', { sequenceId: sequence.id, kind: 'video', role: 'titles', name, index: null }))
      return false;
    const track = sequenceOf(useEditor.getState())?.tracks.find(({ id }) => !known.has(id));
    if (!track) return false;
    const placed = clips.map((clip) => ({ trackId: track.id, clip }));
    return state.run('addClips', { sequenceId: sequence.id, clips: placed, mode: 'overwrite' });
  });
}

/** A line of 42 letters has to fit: narrower pictures have smaller letters. */
function captionClips(words: readonly HeardWord[], { rate, width, height }: Sequence): Clip[] {
  const sizePx = Math.max(12, Math.round(Math.min(height * 0.045, width * 0.038)));
  const style: Extract<MediaReference, { kind: 'title' }> = {
    ...defaultTitle,
    ...{ sizePx, weight: 600, vertical: 'bottom', background: '#000000b0' },
  };
  let free = 0;
  return captionsOf(words).flatMap(({ text, fromTicks, toTicks }) => {
    const start = Math.max(free, snapToFrame(fromTicks, rate));
    const end = snapToFrame(toTicks, rate);
    if (end <= start) return [];
    free = end;
    return [createClip(text.replace('\n', ' '), { ...style, text }, start, end - start)];
  });
}
