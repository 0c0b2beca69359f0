/** Documents for the tests of this folder. */
import { sampleOf } from '../actions/testing/sampleRequests.ts';
import { createClip, createProject } from '../document/create.ts';
import type { Clip, MediaItem, ProjectDocument, Sequence, Take, Track } from '../document/schema.ts';
import { ticksFromSeconds, type Rate } from '../time/ticks.ts';
import { contentKeyOfName, takeFileOf } from '../document/names.ts';

/** Ticks of a time in seconds. */
export const seconds = ticksFromSeconds;

export interface Scene {
  readonly document: ProjectDocument;
  readonly sequence: Sequence;
  track(role: Track['role']): Track;
  /** A clip of a new 10 s media item of 1280x720 at 30 fps with sound. */
  add(
    role: Track['role'],
    startSeconds: number,
    lengthSeconds: number,
    changes?: Partial<Clip>,
    media?: Partial<MediaItem>,
  ): Clip;
  crossfade(from: Clip, to: Clip, lengthSeconds: number): void;
  /** Makes a take the clip's active one. */
  take(clip: Clip, changes?: Partial<Take>): Take;
}

/** A new document with methods that put clips, transitions and takes on its timeline. */
export function scene(rate: Rate = { num: 30, den: 1 }, size = { width: 1280, height: 720 }): Scene {
  const document = createProject('Test', { ...size, rate });
  const sequence = document.sequences[document.activeSequenceId]!;
  const track = (role: Track['role']) => sequence.tracks.find((each) => each.role === role)!;
  return {
    document,
    sequence,
    track,
    add(role, startSeconds, lengthSeconds, changes = {}, media = {}) {
      const id = `m${Object.keys(document.media).length}`;
      document.media[id] = { ...tenSecondVideo(id), ...media };
      const clip = {
        ...createClip(id, { kind: 'media', mediaId: id }, seconds(startSeconds), seconds(lengthSeconds)),
        ...changes,
      };
      track(role).clips.push(clip);
      return clip;
    },
    crossfade(from, to, lengthSeconds) {
      const holder = sequence.tracks.find((each) => each.clips.includes(from))!;
      holder.transitions.push({
        id: `${from.id}-${to.id}`,
        kind: 'crossfade',
        fromClipId: from.id,
        toClipId: to.id,
        durationTicks: seconds(lengthSeconds),
      });
    },
    take(clip, changes = {}) {
      const take: Take = { ...twoSecondTake(`t${Object.keys(document.takes).length}`), ...changes };
      document.takes[take.id] = take;
      clip.generation = {
        request: sampleOf('restyle'),
        takeIds: [take.id],
        activeTakeId: take.id,
        failure: null,
      };
      return take;
    },
  };
}

function tenSecondVideo(id: string): MediaItem {
  return {
    id,
    name: id,
    path: `/${id}.mp4`,
    contentKey: contentKeyOfName(id),
    sizeBytes: 1,
    kind: 'video',
    durationTicks: seconds(10),
    importedAt: '',
    video: { width: 1280, height: 720, rate: { num: 30, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false },
    audio: { sampleRateHz: 48000, channels: 2, codec: 'aac' },
  };
}

function twoSecondTake(id: string): Take {
  return {
    id,
    file: takeFileOf('abc.mp4'),
    kind: 'video',
    action: 'restyle',
    prompt: '',
    rewrittenPrompt: '',
    unknownWords: [],
    seed: 1,
    packId: 'p',
    requestHash: 'h',
    durationTicks: seconds(2),
    width: 640,
    height: 360,
    rate: { num: 30, den: 1 },
    sourceStartTicks: 0,
    device: 'CPU',
    createdAt: '',
    parentTakeId: null,
  };
}
