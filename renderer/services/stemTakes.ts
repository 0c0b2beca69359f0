/** Stems on the timeline as things to be made again: whole, or the part of them that In–Out covers. */
import { fileTicksAt, activeSource } from '../../core/document/sources.ts';
import { findClip, type ClipPlace } from '../../core/document/query.ts';
import type { StemPart } from '../../core/actions/soundtrack/schema.ts';
import type { ProjectDocument, Sequence } from '../../core/document/schema.ts';
import { endTicks, intersectRanges, type TickRange } from '../../core/time/ticks.ts';
import { generate, newSeed, wholeNow } from './generation.ts';
import { useEditor } from './store.ts';
import type { EditorState } from './editor.ts';

/** Selected stems; none as long as a picture is selected with them: then a soundtrack for it is meant. */
export function selectedStems(state: Pick<EditorState, 'document' | 'selection'>): ClipPlace[] {
  const { document } = state;
  if (!document) return [];
  const places = state.selection.clipIds.flatMap((id) => findClip(document, id) ?? []);
  if (places.some(({ track }) => track.kind === 'video')) return [];
  return places.filter(({ clip }) => clip.generation?.request.action === 'soundtrack');
}

/**
 * In–Out where a clip lies under some of it, but is not covered whole; one point alone reaches to the clip's other end.
 */
export function markedRange(sequence: Sequence, clip: TickRange): TickRange | null {
  const { inTicks, outTicks } = sequence;
  if (inTicks === null && outTicks === null) return null;
  const from = inTicks ?? clip.startTicks;
  const to = outTicks ?? endTicks(clip);
  const marked = to > from ? intersectRanges(clip, { startTicks: from, durationTicks: to - from }) : null;
  return marked && marked.durationTicks < clip.durationTicks ? marked : null;
}

/** What In–Out covers of a stem, in the time of the take that shows; null where that is nothing. */
export function partOfStem(document: ProjectDocument, { clip, sequence }: ClipPlace): StemPart | null {
  const marked = markedRange(sequence, clip);
  const source = activeSource(document, clip);
  if (!marked || source.kind !== 'take') return null;
  const ends = [marked.startTicks, endTicks(marked)].map((ticks) =>
    Math.max(0, Math.min(source.take.durationTicks, fileTicksAt(source, clip, ticks - clip.startTicks))),
  );
  const startTicks = Math.min(...ends);
  const durationTicks = Math.max(...ends) - startTicks;
  return durationTicks > 0 ? { takeId: source.take.id, startTicks, durationTicks, prompt: '' } : null;
}

/** Regenerates the marked part of a stem from the prompt of the whole, as one undo step. */
export function makePartAnew(clipId: string): boolean {
  const { document } = useEditor.getState();
  const place = document && findClip(document, clipId);
  const asked = place?.clip.generation?.request;
  const part = document && place ? partOfStem(document, place) : null;
  const take = part && document ? document.takes[part.takeId] : undefined;
  if (!document || !place || asked?.action !== 'soundtrack' || !part || !take) return false;
  return generate(place.sequence.id, clipId, {
    ...wholeNow(document, asked),
    seed: newSeed(),
    durationTicks: take.durationTicks,
    part,
  });
}
