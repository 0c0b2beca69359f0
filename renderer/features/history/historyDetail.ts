/**
 * What a step was done to, read out of its patches: the journal says only which command it was. A patch names a changed
 * clip by its place in the list, so the document is taken back step by step until every row is known.
 */
import { applyPatches, enablePatches, type Patch as ImmerPatch } from 'immer';
import type { CommandName } from '../../../core/commands/commands.ts';
import type { JournalEntry, Patch } from '../../../core/document/journal.ts';
import type { Clip, Marker, ProjectDocument, Sequence, Track, Transition } from '../../../core/document/schema.ts';

enablePatches();

/** What a row says besides, or in place of, its command. */
export interface HistoryDetail {
  readonly label: CommandName | 'rippleDelete' | 'addTitle' | 'make';
  /** Names of what it was done to, each once. */
  readonly names: readonly string[];
  /** How many things; a shot and its sound count once. */
  readonly count: number;
}

const known = new WeakMap<JournalEntry, HistoryDetail>();

/**
 * Details of the commands in `entries`, by seq. `entries` end where `document` stands; what was worked out once is
 * kept.
 */
export function historyDetails(
  document: ProjectDocument,
  entries: readonly JournalEntry[],
): ReadonlyMap<number, HistoryDetail> {
  const firstUnknown = entries.findIndex((entry) => entry.kind === 'command' && !known.has(entry));
  let after = document;
  for (let index = entries.length - 1; firstUnknown >= 0 && index >= firstUnknown; index -= 1) {
    const entry = entries[index]!;
    if (entry.kind === 'command' && !known.has(entry)) known.set(entry, detailOf(entry, after));
    if (index > firstUnknown) after = applyPatches(after, entry.inverse as ImmerPatch[]);
  }
  return new Map(entries.flatMap((entry) => (known.has(entry) ? [[entry.seq, known.get(entry)!] as const] : [])));
}

interface Subject {
  /** Subjects of one group count once. */
  readonly group: string;
  readonly name: string;
}

/** What patches touch, by what happened to it. */
interface Touched {
  readonly added: Clip[];
  readonly changed: Clip[];
  /** Only their place on the timeline changed: moved, or pushed along. */
  readonly moved: Clip[];
  readonly transitions: Transition[];
  readonly tracks: Track[];
  readonly markers: Marker[];
  readonly media: Subject[];
}

/** `after`: the document as the entry left it. */
export function detailOf(entry: JournalEntry, after: ProjectDocument): HistoryDetail {
  const touched = touchedBy(entry.patches, after);
  // what is gone has its record in the way back
  const gone = touchedBy(
    entry.inverse.filter((patch) => patch.op === 'add'),
    after,
  );
  const label = labelOf(entry.label as CommandName, touched);
  const subjects = subjectsOf(entry.label as CommandName, touched, gone, after);
  return {
    label,
    names: [...new Set(subjects.map((subject) => subject.name))].filter((name) => name !== ''),
    count: new Set(subjects.map((subject) => subject.group)).size,
  };
}

function labelOf(command: CommandName, { added, moved }: Touched): HistoryDetail['label'] {
  if (command === 'removeClips' && moved.length > 0) return 'rippleDelete';
  if (command !== 'addClips' || added.length === 0) return command;
  if (added.every((clip) => clip.reference.kind === 'title')) return 'addTitle';
  return added.every((clip) => clip.reference.kind === 'generated') ? 'make' : command;
}

function subjectsOf(command: CommandName, touched: Touched, gone: Touched, after: ProjectDocument): Subject[] {
  const { added, changed, moved } = touched;
  const first = (...lists: readonly (readonly Clip[])[]) => clipSubjects(lists.find((list) => list.length > 0) ?? []);
  switch (command) {
    case 'removeClips':
      return first(gone.added);
    case 'moveClips':
      // to another track is off the one and onto the other
      return first([...added, ...moved]);
    case 'slideClip':
      return first(moved);
    case 'addTransition':
    case 'setTransitionDuration':
      return transitionSubjects(touched.transitions, after);
    case 'removeTransition':
      return transitionSubjects(gone.transitions, after);
    case 'addMarker':
    case 'setMarker':
      return touched.markers.map(named);
    case 'removeMarker':
      return gone.markers.map(named);
    case 'addTrack':
    case 'setTrackProperties':
      return touched.tracks.map(named);
    case 'removeTrack':
      return gone.tracks.map(named);
    case 'removeMedia':
      return gone.media;
    case 'relinkMedia':
      return touched.media;
    case 'renameProject':
      return [{ group: 'project', name: after.name }];
    // what they move along is not what they were done to
    case 'closeGap':
    case 'setInOut':
    case 'setSequenceFormat':
    case 'setAiEnabled':
      return [];
    default:
      return first(added, changed, moved);
  }
}

const named = ({ id, name }: { readonly id: string; readonly name: string }): Subject => ({ group: id, name });

function clipSubjects(clips: readonly Clip[]): Subject[] {
  return clips.map((clip) => ({ group: clip.linkId ?? clip.id, name: nameOfClip(clip) }));
}

/** A title is called by its words. */
function nameOfClip(clip: Clip): string {
  return (clip.reference.kind === 'title' ? clip.reference.text.trim().split('\n')[0] : '') || clip.name;
}

function transitionSubjects(transitions: readonly Transition[], after: ProjectDocument): Subject[] {
  const clips = new Map(
    Object.values(after.sequences).flatMap((sequence) =>
      sequence.tracks.flatMap((track) => track.clips.map((clip) => [clip.id, clip] as const)),
    ),
  );
  return transitions.flatMap((transition) => {
    const from = clips.get(transition.fromClipId);
    return from ? [{ group: transition.id, name: nameOfClip(from) }] : [];
  });
}

function touchedBy(patches: readonly Patch[], document: ProjectDocument): Touched {
  const touched: Touched = { added: [], changed: [], moved: [], transitions: [], tracks: [], markers: [], media: [] };
  const places = new Map<Clip, boolean>();
  for (const { op, path, value } of patches) {
    const [root, id, list, at, inner, innerAt, field] = path;
    if (root === 'media' && value !== undefined && path.length === 2)
      touched.media.push({ group: String(id), name: (value as { name: string }).name });
    if (root !== 'sequences') continue;
    const sequence = document.sequences[String(id)];
    if (list === 'markers')
      push(
        touched.markers,
        path.length === 4 ? (op === 'add' ? (value as Marker) : undefined) : sequence?.markers[Number(at)],
      );
    if (list !== 'tracks') continue;
    const track = trackAt(sequence, at);
    if (path.length === 4 && op === 'add') {
      const whole = value as Track;
      touched.tracks.push(whole);
      touched.added.push(...whole.clips);
    } else if (path.length === 4) continue;
    else if (inner === 'clips' && path.length === 6) push(touched.added, op === 'add' ? (value as Clip) : undefined);
    else if (inner === 'transitions')
      push(
        touched.transitions,
        path.length === 6 ? (op === 'add' ? (value as Transition) : undefined) : track?.transitions[Number(innerAt)],
      );
    else if (inner === 'clips') {
      const clip = track?.clips[Number(innerAt)];
      if (clip) places.set(clip, (places.get(clip) ?? true) && field === 'startTicks');
    } else push(touched.tracks, track);
  }
  for (const [clip, onlyMoved] of places) (onlyMoved ? touched.moved : touched.changed).push(clip);
  return touched;
}

function trackAt(sequence: Sequence | undefined, at: string | number | undefined): Track | undefined {
  return at === undefined ? undefined : sequence?.tracks[Number(at)];
}

function push<Item>(list: Item[], item: Item | undefined): void {
  if (item !== undefined && !list.includes(item)) list.push(item);
}
