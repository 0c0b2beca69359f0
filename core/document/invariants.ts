/**
 * The rules a shape cannot say. Commands keep them, tests and the engine check them:
 * 1 clips of a track are sorted and never overlap; 2 ids are their own; 3 a link ties at least two clips of one
 * sequence; 4 transitions join abutting clips, one a cut, no longer than either; 5 what is named exists;
 * 6 fades fit into their clip; 7 the source under a patch exists.
 */
import { abut, clipEnd } from './query.ts';
import type { ProjectDocument, Sequence, Track } from './schema.ts';
import { maxTransitionTicks } from './sources.ts';

/** Rules that a track breaks, as parts of a sentence; empty for a sound track. */
export function trackProblems(track: Track): string[] {
  const problems: string[] = [];
  for (const [index, clip] of track.clips.entries()) {
    const before = track.clips[index - 1];
    if (before && clipEnd(before) > clip.startTicks)
      problems.push(`on track '${track.name}', clip '${clip.name}' begins before '${before.name}' ends`);
    if (clip.startTicks < 0 || clip.durationTicks <= 0)
      problems.push(`clip '${clip.name}' has no length or begins before 0`);
    if (clip.sourceInTicks < 0) problems.push(`clip '${clip.name}' begins before its source`);
    if (clip.fadeInTicks + clip.fadeOutTicks > clip.durationTicks)
      problems.push(`the fades of clip '${clip.name}' are longer than the clip`);
  }
  const cuts = new Set<string>();
  for (const transition of track.transitions) {
    const from = track.clips.findIndex((clip) => clip.id === transition.fromClipId);
    const left = track.clips[from];
    const right = track.clips[from + 1];
    if (!left || right?.id !== transition.toClipId || !abut(left, right)) {
      problems.push(`a transition on track '${track.name}' does not stand between touching clips`);
      continue;
    }
    if (cuts.has(left.id)) problems.push(`two transitions stand on one cut of track '${track.name}'`);
    cuts.add(left.id);
    if (transition.durationTicks > maxTransitionTicks(left, right))
      problems.push(`a transition on track '${track.name}' is longer than its clips`);
  }
  return problems;
}

/** Rules that a sequence breaks, its tracks included, as parts of a sentence. */
export function sequenceProblems(document: ProjectDocument, sequence: Sequence): string[] {
  const problems = sequence.tracks.flatMap(trackProblems);
  const links = new Map<string, number>();
  const ids = new Set<string>();
  const own = (id: string) => {
    if (ids.has(id)) problems.push(`the id '${id}' is used twice in sequence '${sequence.name}'`);
    ids.add(id);
  };
  for (const track of sequence.tracks) {
    own(track.id);
    track.transitions.forEach((transition) => own(transition.id));
    for (const clip of track.clips) {
      own(clip.id);
      if (clip.linkId !== null) links.set(clip.linkId, (links.get(clip.linkId) ?? 0) + 1);
      if (clip.reference.kind === 'media' && !document.media[clip.reference.mediaId]) {
        problems.push(`clip '${clip.name}' shows a file that is not in the project`);
      }
      const generation = clip.generation;
      if (!generation) continue;
      if (generation.takeIds.some((takeId) => !document.takes[takeId]))
        problems.push(`clip '${clip.name}' lists a take that is not in the project`);
      if (generation.activeTakeId !== null && !generation.takeIds.includes(generation.activeTakeId)) {
        problems.push(`the active take of clip '${clip.name}' is not one of its takes`);
      }
    }
  }
  sequence.markers.forEach((marker) => own(marker.id));
  for (const [linkId, count] of links) if (count < 2) problems.push(`the link '${linkId}' ties only one clip`);
  if (sequence.markers.some((marker, index) => index > 0 && sequence.markers[index - 1]!.ticks > marker.ticks)) {
    problems.push(`the markers of sequence '${sequence.name}' are out of order`);
  }
  if (sequence.inTicks !== null && sequence.outTicks !== null && sequence.inTicks >= sequence.outTicks) {
    problems.push(`the in point of sequence '${sequence.name}' is not before its out point`);
  }
  return problems;
}

/** Empty when the document keeps its rules; each problem is the rest of a sentence. */
export function documentProblems(document: ProjectDocument): string[] {
  const problems = Object.values(document.sequences).flatMap((sequence) => sequenceProblems(document, sequence));
  if (!document.sequences[document.activeSequenceId]) problems.push('the active sequence does not exist');
  for (const take of Object.values(document.takes)) {
    const over = take.patch?.over;
    if (over && !(over.kind === 'media' ? document.media : document.takes)[over.id])
      problems.push(`the take '${take.id}' lies over something that is not in the project`);
  }
  for (const [key, value] of [
    ...Object.entries(document.sequences),
    ...Object.entries(document.media),
    ...Object.entries(document.takes),
  ]) {
    if (key !== value.id) problems.push(`a record is filed under '${key}' but calls itself '${value.id}'`);
  }
  return problems;
}
