/** The sequence in another shape, with every clip reframed to it: one step of the history. */
import type { Seen } from '../../core/contract/seen.ts';
import type { Clip, Sequence } from '../../core/document/schema.ts';
import { playedSource } from '../../core/render/playedSource.ts';
import type { Size } from '../../core/render/place.ts';
import { reframeClip } from '../../core/render/reframe/reframeClip.ts';
import { engine } from './connection.ts';
import type { EditorState } from './editor.ts';
import { wantSeen } from './seen.ts';
import { sequenceOf } from './selectors.ts';
import { useEditor } from './store.ts';

/** Shapes that are offered, width to height. */
export const shapes = ['9:16', '4:5', '1:1', '16:9'] as const;
/** A shape by its name. */
export type Shape = (typeof shapes)[number];

/** The frame of a shape: as large as the shorter side of the sequence allows, in even px. */
export function frameOf(shape: Shape, { width, height }: Size): Size {
  const [across, down] = shape.split(':').map(Number) as [number, number];
  const short = Math.min(width, height);
  const even = (px: number) => Math.max(16, Math.round(px / 2) * 2);
  return across <= down
    ? { width: even(short), height: even((short * down) / across) }
    : { width: even((short * across) / down), height: even(short) };
}

/** Media that clips of the sequence show as they are. */
export function shownMedia(state: EditorState): string[] {
  const ids = pictureClips(sequenceOf(state)).flatMap(({ reference, generation }) =>
    reference.kind === 'media' && !generation?.activeTakeId ? [reference.mediaId] : [],
  );
  return [...new Set(ids)].filter((id) => state.document?.media[id]?.kind !== 'audio');
}

function pictureClips(sequence: Sequence | null): Clip[] {
  return (sequence?.tracks ?? []).filter(({ kind }) => kind === 'video').flatMap(({ clips }) => clips);
}

/** Everything that is known of files, with where things are; looks through those that nobody has looked through. */
export async function looksOf(
  mediaIds: readonly string[],
  onDone: (count: number) => void,
): Promise<Map<string, Seen>> {
  const found = new Map<string, Seen>();
  const { projectId } = useEditor.getState();
  for (const [index, mediaId] of mediaIds.entries()) {
    if (projectId === null || useEditor.getState().projectId !== projectId) return found;
    await wantSeen(mediaId);
    const seen = await engine().call('seen.looks', { projectId, mediaId });
    if (seen) found.set(mediaId, seen);
    onDone(index + 1);
  }
  return found;
}

/** What reframing would do. */
export interface ReframePlan {
  readonly frame: Size;
  readonly changes: readonly { readonly clip: Clip; readonly properties: Partial<Clip> }[];
  /** Clips whose subject is followed or stands in the frame, and those that show their middle. */
  readonly followed: number;
  readonly centred: number;
  /** Clips on locked tracks stay as they are. */
  readonly locked: number;
}

/** `looks`: by media id. */
export function planReframe(state: EditorState, shape: Shape, looks: ReadonlyMap<string, Seen>): ReframePlan | null {
  const { document } = state;
  const sequence = sequenceOf(state);
  if (!document || !sequence) return null;
  const frame = frameOf(shape, sequence);
  const tracks = sequence.tracks.filter(({ kind }) => kind === 'video');
  const open = tracks.filter(({ locked }) => !locked).flatMap(({ clips }) => clips);
  let [followed, centred] = [0, 0];
  const changes = open.flatMap((clip) => {
    const source = playedSource(document, clip);
    if (source?.hasPicture) {
      // a take begins elsewhere in its source's time than the file that was looked through
      const seen = source.kind === 'media' ? (looks.get(source.id) ?? null) : null;
      const { transform, positionKeys, followed: share } = reframeClip(clip, source, frame, seen);
      if (share > 0.5) followed++;
      else centred++;
      return [{ clip, properties: { transform, positionKeys } }];
    }
    return clip.reference.kind === 'title' ? [{ clip, properties: titleIn(clip, sequence, frame) }] : [];
  });
  const locked = tracks.filter((track) => track.locked).reduce((sum, { clips }) => sum + clips.length, 0);
  return { frame, changes, followed, centred, locked };
}

/** A title keeps its share of the frame's width, and its place. */
function titleIn({ transform }: Clip, from: Size, to: Size): Partial<Clip> {
  const [across, down] = [to.width / from.width, to.height / from.height];
  // titles are drawn in the sequence's own px: their text would be too wide
  const scale = transform.scale * Math.min(1, across);
  return { transform: { ...transform, x: transform.x * across, y: transform.y * down, scale } };
}

/** Does it. */
export function applyReframe({ frame, changes }: ReframePlan): void {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  if (!sequence) return;
  const { id: sequenceId, rate } = sequence;
  state.asOneStep('setSequenceFormat', () => {
    state.run('setSequenceFormat', { sequenceId, ...frame, rate });
    for (const { clip, properties } of changes)
      useEditor.getState().run('setClipProperties', { sequenceId, clipIds: [clip.id], properties });
  });
}
