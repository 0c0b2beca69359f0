/** Documents and requests for tests of commands, history and the engine's project store. */
import type { RequestOf } from '../../actions/schema.ts';
import { createClip, createProject, newId } from '../../document/create.ts';
import type { Clip, MediaItem, ProjectDocument, Sequence, Take, Track } from '../../document/schema.ts';
import { ticksPerSecond } from '../../time/ticks.ts';
import { contentKeyOfName, takeFileOf } from '../../document/names.ts';

export const second = ticksPerSecond;
export const frame = ticksPerSecond / 30;

export function sampleMedia(id: string, seconds: number, kind: MediaItem['kind'] = 'video'): MediaItem {
  return {
    id,
    name: `${id}.mp4`,
    path: `/footage/${id}.mp4`,
    contentKey: contentKeyOfName(`key-${id}`),
    sizeBytes: 1000,
    kind,
    durationTicks: kind === 'image' ? 0 : seconds * second,
    video:
      kind === 'audio'
        ? null
        : { width: 1280, height: 720, rate: { num: 30, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false },
    audio: kind === 'image' ? null : { sampleRateHz: 48000, channels: 2, codec: 'aac' },
    importedAt: '2026-01-01T00:00:00.000Z',
  };
}

export function sampleRequest(prompt: string, seed = 1): RequestOf<'generate'> {
  return {
    action: 'generate',
    prompt,
    seed,
    steps: null,
    guidance: null,
    packId: 'starter',
    durationTicks: 5 * second,
    firstFrame: null,
    lastFrame: null,
    references: [],
  };
}

export function sampleTake(id: string, seconds = 5): Take {
  return {
    id,
    file: takeFileOf(`${id}.mp4`),
    kind: 'video',
    action: 'generate',
    prompt: 'a red ball',
    rewrittenPrompt: 'a red ball',
    unknownWords: [],
    seed: 1,
    packId: 'starter',
    requestHash: `hash-${id}`,
    durationTicks: seconds * second,
    width: 256,
    height: 144,
    rate: { num: 12, den: 1 },
    sourceStartTicks: 0,
    device: 'CPU',
    createdAt: '2026-01-01T00:00:00.000Z',
    parentTakeId: null,
  };
}

export function sequenceOf(document: ProjectDocument): Sequence {
  return document.sequences[document.activeSequenceId]!;
}

export function trackOf(document: ProjectDocument, role: Track['role']): Track {
  return sequenceOf(document).tracks.find((track) => track.role === role)!;
}

export function clipOf(document: ProjectDocument, clipId: string): Clip {
  const clip = sequenceOf(document)
    .tracks.flatMap((track) => track.clips)
    .find((candidate) => candidate.id === clipId);
  if (!clip) throw new Error(`no clip ${clipId}`);
  return clip;
}

/** A clip of `media` (a minute long) with `id`, seconds on the timeline, showing the source from `sourceInSeconds`. */
export function mediaClip(
  id: string,
  startSeconds: number,
  seconds: number,
  sourceInSeconds = 10,
  linkId: string | null = null,
): Clip {
  return {
    ...createClip(id, { kind: 'media', mediaId: 'media' }, startSeconds * second, seconds * second),
    id,
    sourceInTicks: sourceInSeconds * second,
    linkId,
  };
}

/**
 * An empty project with a minute of footage ('media'), a still ('still') and a minute of sound ('sound') in its bin.
 */
export function sampleProject(clips: Partial<Record<Track['role'], readonly Clip[]>> = {}): ProjectDocument {
  const document = createProject('Test');
  document.media = {
    media: sampleMedia('media', 60),
    still: sampleMedia('still', 0, 'image'),
    sound: sampleMedia('sound', 60, 'audio'),
  };
  for (const track of sequenceOf(document).tracks) track.clips = structuredClone([...(clips[track.role] ?? [])]);
  return document;
}

/** `count` shots of two seconds with linked sound, end to end: two clips each. */
export function longProject(count: number): ProjectDocument {
  const picture: Clip[] = [];
  const sound: Clip[] = [];
  for (let index = 0; index < count; index++) {
    const linkId = newId();
    picture.push(mediaClip(`v${index}`, index * 2, 2, 10, linkId));
    sound.push(mediaClip(`a${index}`, index * 2, 2, 10, linkId));
  }
  return sampleProject({ picture, speech: sound });
}

/** mulberry32: the same walk for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
