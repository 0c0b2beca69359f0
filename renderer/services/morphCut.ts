/** Morph cut: a jump between two takes of the same picture becomes a short morph; the sound stays where it is cut. */
import type { FillGapRequest } from '../../core/actions/fillGap/schema.ts';
import { abuttingCuts } from '../../core/document/query.ts';
import { maxTransitionTicks } from '../../core/document/sources.ts';
import type { Clip, ProjectDocument, Sequence, Track } from '../../core/document/schema.ts';
import { frameAtTicks, snapToFrame, ticksAtFrame, ticksPerSecond, type Ticks } from '../../core/time/ticks.ts';
import { sentence } from '../../core/contract/sentence.ts';
import { engine } from './connection.ts';
import type { EditorState } from './editor.ts';
import { words } from './noticeWords.ts';
import { frameOfClip, generateInPlace, newRequestBase } from './placeGeneration.ts';
import { sequenceOf } from './selectors.ts';
import { useEditor } from './store.ts';

interface Cut {
  readonly track: Track;
  readonly left: Clip;
  readonly right: Clip;
  readonly atTicks: Ticks;
}

/** Sound is faded over this, at equal power. */
const soundFadeTicks = ticksPerSecond / 10;

/** The cut of pictures that a morph would be made over: of selected clips first, then the one nearest the playhead. */
export function cutToMorph(state: EditorState): Cut | null {
  const sequence = sequenceOf(state);
  if (!sequence) return null;
  const selected = new Set(state.selection.clipIds);
  const isSelected = ({ left, right }: Cut): boolean => selected.has(left.id) || selected.has(right.id);
  const all = cutsOf(sequence, 'video');
  const cuts = all.some(isSelected) ? all.filter(isSelected) : all;
  const away = ({ atTicks }: Cut): number => Math.abs(atTicks - state.playheadTicks);
  return cuts.toSorted((a, b) => away(a) - away(b))[0] ?? null;
}

function cutsOf(sequence: Sequence, kind: Track['kind']): Cut[] {
  return sequence.tracks
    .filter((track) => track.kind === kind && !track.locked)
    .flatMap((track) =>
      abuttingCuts(track)
        .filter(({ transition }) => transition === null)
        .map((cut) => ({ ...cut, track })),
    );
}

/** Finds the frames, and puts the morph between them: one step of the history. Says why where it would not do. */
export async function morphCut(): Promise<void> {
  const state = useEditor.getState();
  const { document, projectId, notify } = state;
  const cut = cutToMorph(state);
  const sequence = sequenceOf(state);
  if (!document || !projectId || !sequence || !cut) return notify('info', words('shell:noCut'));
  const request = requestAt(document, cut);
  if (!request) return notify('info', words('shell:noCut'));
  // the search takes seconds
  notify('info', words('shell:morphSearch'));
  const framesIn = (ticks: Ticks): number => frameAtTicks(ticks, sequence.rate);
  const match = await engine().call('joins.matchCut', {
    ...{ projectId, request, rate: sequence.rate },
    mostBefore: Math.max(0, framesIn(cut.left.durationTicks) - 1),
    mostAfter: Math.max(0, framesIn(cut.right.durationTicks) - 1),
  });
  if (match.refusal) return notify('error', { kind: 'sentence', sentence: match.refusal });
  // meanwhile the clips may have been moved or removed
  const now = useEditor.getState();
  const same = now.document && sequenceOf(now) && cutToMorphAgain(now, cut);
  if (!same) return;
  place(sequence, cut, ticksAtFrame(match.framesBefore, sequence.rate), ticksAtFrame(match.framesAfter, sequence.rate));
  const { framesBefore: before, framesAfter: after } = match;
  notify('info', { kind: 'sentence', sentence: sentence('join.cutMatched', { before, after }) });
}

function cutToMorphAgain(state: EditorState, { left, right }: Cut): boolean {
  const sequence = sequenceOf(state);
  return sequence !== null && cutsOf(sequence, 'video').some((cut) => cut.left === left && cut.right === right);
}

/** From the last frame before the cut to the first one behind it; null where a side shows no file at its own speed. */
function requestAt(document: ProjectDocument, { left, right }: Cut): FillGapRequest | null {
  const plain = ({ speed, reversed }: Clip): boolean => speed.num === speed.den && !reversed;
  const firstFrame = frameOfClip(document, left, left.durationTicks - 1);
  const lastFrame = frameOfClip(document, right, 0);
  if (!firstFrame || !lastFrame || !plain(left) || !plain(right)) return null;
  return {
    ...{ action: 'fillGap', ...newRequestBase(ticksPerSecond / 5), prompt: '' },
    ...{ firstFrame, lastFrame, references: [], way: 'morph' },
  };
}

function place(sequence: Sequence, cut: Cut, beforeTicks: Ticks, afterTicks: Ticks): void {
  const { left, right, track, atTicks } = cut;
  const [from, to] = [atTicks - beforeTicks, atTicks + afterTicks];
  const state = useEditor.getState();
  const trim = (clip: Clip, edge: 'in' | 'out', toTicks: Ticks): void => {
    state.run('trimClip', { sequenceId: sequence.id, clipId: clip.id, edge, toTicks, ripple: false, linked: false });
  };
  state.asOneStep('addClips', () => {
    if (beforeTicks > 0) trim(left, 'out', from);
    if (afterTicks > 0) trim(right, 'in', to);
    const { document } = useEditor.getState();
    const request = document && requestAt(document, { ...cut, ...clipsNow(document, sequence.id, cut) });
    if (!request) return;
    generateInPlace({ ...request, durationTicks: to - from }, { trackId: track.id, startTicks: from });
    for (const sound of cutsOf(sequence, 'audio'))
      if (sound.atTicks === atTicks && isLinked(sound, cut))
        state.run('addTransition', {
          ...{ sequenceId: sequence.id, fromClipId: sound.left.id, toClipId: sound.right.id },
          durationTicks: Math.min(
            snapToFrame(soundFadeTicks, sequence.rate),
            maxTransitionTicks(sound.left, sound.right),
          ),
        });
  });
}

/** Both clips as they stand after trimming. */
function clipsNow(document: ProjectDocument, sequenceId: string, { track, left, right }: Cut) {
  const clips = document.sequences[sequenceId]?.tracks.find(({ id }) => id === track.id)?.clips ?? [];
  return {
    left: clips.find(({ id }) => id === left.id) ?? left,
    right: clips.find(({ id }) => id === right.id) ?? right,
  };
}

function isLinked(sound: Cut, picture: Cut): boolean {
  const linked = (a: Clip, b: Clip): boolean => a.linkId !== null && a.linkId === b.linkId;
  return linked(sound.left, picture.left) && linked(sound.right, picture.right);
}
