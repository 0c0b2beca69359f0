/**
 * The rules a shape cannot say. Commands keep them, tests and the engine check them:
 * 1 clips of a track are sorted and never overlap; 2 ids are their own; 3 a link ties at least two clips of one
 * sequence; 4 transitions join abutting clips, one a cut, no longer than either; 5 what is named exists;
 * 6 fades fit into their clip; 7 the source under a patch exists.
 */
import { broken } from './brokenRules.ts';
import { abut, clipEnd } from './query.ts';
import type { ProjectDocument, Sequence, Track } from './schema.ts';
import type { Sentence } from './sentence.ts';
import { maxTransitionTicks } from './sources.ts';

/** Rules that a track breaks, as parts of a sentence; empty for a sound track. */
export function trackProblems(track: Track): Sentence[] {
  const problems: Sentence[] = [];
  for (const [index, clip] of track.clips.entries()) {
    const before = track.clips[index - 1];
    if (before && clipEnd(before) > clip.startTicks)
      problems.push(broken('overlap', { track: track.name, clip: clip.name, before: before.name }));
    if (clip.startTicks < 0 || clip.durationTicks <= 0) problems.push(broken('noLength', { clip: clip.name }));
    if (clip.sourceInTicks < 0) problems.push(broken('beforeSource', { clip: clip.name }));
    if (clip.fadeInTicks + clip.fadeOutTicks > clip.durationTicks)
      problems.push(broken('fadesTooLong', { clip: clip.name }));
  }
  const cuts = new Set<string>();
  for (const transition of track.transitions) {
    const from = track.clips.findIndex((clip) => clip.id === transition.fromClipId);
    const left = track.clips[from];
    const right = track.clips[from + 1];
    if (!left || right?.id !== transition.toClipId || !abut(left, right)) {
      problems.push(broken('notTouching', { track: track.name }));
      continue;
    }
    if (cuts.has(left.id)) problems.push(broken('twoTransitions', { track: track.name }));
    cuts.add(left.id);
    if (transition.durationTicks > maxTransitionTicks(left, right))
      problems.push(broken('transitionTooLong', { track: track.name }));
  }
  return problems;
}

/** Rules that a sequence breaks, its tracks included, as parts of a sentence. */
export function sequenceProblems(document: ProjectDocument, sequence: Sequence): Sentence[] {
  const problems = sequence.tracks.flatMap(trackProblems);
  const links = new Map<string, number>();
  const ids = new Set<string>();
  const own = (id: string) => {
    if (ids.has(id)) problems.push(broken('idTwice', { id, sequence: sequence.name }));
    ids.add(id);
  };
  for (const track of sequence.tracks) {
    own(track.id);
    track.transitions.forEach((transition) => own(transition.id));
    for (const clip of track.clips) {
      own(clip.id);
      if (clip.linkId !== null) links.set(clip.linkId, (links.get(clip.linkId) ?? 0) + 1);
      if (clip.reference.kind === 'media' && !document.media[clip.reference.mediaId]) {
        problems.push(broken('fileGone', { clip: clip.name }));
      }
      const generation = clip.generation;
      if (!generation) continue;
      if (generation.takeIds.some((takeId) => !document.takes[takeId]))
        problems.push(broken('takeGone', { clip: clip.name }));
      if (generation.activeTakeId !== null && !generation.takeIds.includes(generation.activeTakeId)) {
        problems.push(broken('activeTakeGone', { clip: clip.name }));
      }
    }
  }
  sequence.markers.forEach((marker) => own(marker.id));
  for (const [linkId, count] of links) if (count < 2) problems.push(broken('loneLink', { link: linkId }));
  if (sequence.markers.some((marker, index) => index > 0 && sequence.markers[index - 1]!.ticks > marker.ticks)) {
    problems.push(broken('markersOutOfOrder', { sequence: sequence.name }));
  }
  if (sequence.inTicks !== null && sequence.outTicks !== null && sequence.inTicks >= sequence.outTicks) {
    problems.push(broken('inAfterOut', { sequence: sequence.name }));
  }
  return problems;
}

/** Empty when the document keeps its rules; each problem is the rest of a sentence. */
export function documentProblems(document: ProjectDocument): Sentence[] {
  const problems = Object.values(document.sequences).flatMap((sequence) => sequenceProblems(document, sequence));
  if (!document.sequences[document.activeSequenceId]) problems.push(broken('noActiveSequence', {}));
  for (const take of Object.values(document.takes)) {
    const over = take.patch?.over;
    if (over && !(over.kind === 'media' ? document.media : document.takes)[over.id])
      problems.push(broken('patchOverNothing', { take: take.id }));
  }
  for (const [key, value] of [
    ...Object.entries(document.sequences),
    ...Object.entries(document.media),
    ...Object.entries(document.takes),
  ]) {
    if (key !== value.id) problems.push(broken('filedWrong', { key, id: value.id }));
  }
  return problems;
}
