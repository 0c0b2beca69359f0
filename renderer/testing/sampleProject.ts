/** A project like the one in the design's mocks, with no media behind it: for screenshots and component tests. */
import { sampleOf } from '../../core/actions/testing/sampleRequests.ts';
import { createClip, createProject, defaultTitle } from '../../core/document/create.ts';
import type { Clip, GenerationFailure, MediaItem, ProjectDocument, Take } from '../../core/document/schema.ts';
import { ticksPerSecond } from '../../core/time/ticks.ts';
import { contentKeyOfName, takeFileOf } from '../../core/document/names.ts';

export const seconds = (value: number) => Math.round(value * ticksPerSecond);

function media(id: string, name: string, durationSeconds: number, kind: MediaItem['kind'] = 'video'): MediaItem {
  return {
    id,
    name,
    path: `/home/me/Videos/${name}`,
    contentKey: contentKeyOfName(`key-${id}`),
    sizeBytes: 130_000_000,
    kind,
    durationTicks: seconds(durationSeconds),
    video:
      kind === 'audio'
        ? null
        : { width: 1280, height: 720, rate: { num: 30, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false },
    audio: kind === 'image' ? null : { sampleRateHz: 48000, channels: 2, codec: 'aac' },
    importedAt: '2026-11-20T10:00:00.000Z',
  };
}

export const sampleMedia: readonly MediaItem[] = [
  media('cupsA', 'cups_camA_002.mp4', 300),
  media('cupsB', 'cups_camB_001.mov', 2472),
  media('flower', 'flower_timelapse.mp4', 301),
  media('roof', 'station_roof_pan.mov', 136),
  media('office', 'archive_office_1940.mp4', 90),
  media('voice', 'narration_take3.wav', 60, 'audio'),
];

function take(id: string, prompt: string, durationSeconds: number): Take {
  return {
    id,
    file: takeFileOf(`${id}.mp4`),
    kind: 'video',
    action: 'generate',
    prompt,
    rewrittenPrompt: prompt,
    unknownWords: [],
    seed: 7,
    packId: 'starter',
    requestHash: `hash-${id}`,
    durationTicks: seconds(durationSeconds),
    width: 256,
    height: 144,
    rate: { num: 16, den: 1 },
    sourceStartTicks: 0,
    device: 'CPU',
    createdAt: '2026-11-22T12:00:00.000Z',
    parentTakeId: null,
  };
}

function shot(mediaId: string, from: number, to: number, sourceIn = 0): Clip {
  const item = sampleMedia.find((one) => one.id === mediaId)!;
  return {
    ...createClip(item.name.replace(/\.\w+$/, ''), { kind: 'media', mediaId }, seconds(from), seconds(to - from)),
    id: `${mediaId}-${from}`,
    sourceInTicks: seconds(sourceIn),
  };
}

function made(
  id: string,
  name: string,
  from: number,
  to: number,
  takeIds: readonly string[],
  failure: GenerationFailure | null = null,
): Clip {
  return {
    ...createClip(name, { kind: 'generated' }, seconds(from), seconds(to - from)),
    id,
    generation: {
      request: sampleOf('generate', { prompt: name, seed: 7, durationTicks: seconds(to - from) }),
      takeIds: [...takeIds],
      activeTakeId: takeIds.at(-1) ?? null,
      failure,
    },
  };
}

const title = (text: string, from: number, to: number): Clip => ({
  ...createClip(text, { ...defaultTitle, text }, seconds(from), seconds(to - from)),
  id: `title-${from}`,
});

/** Clips in every state: stale-1, running-1, queued-1 and made-1 are named by the fake engine's jobs. */
export function sampleProject(): ProjectDocument {
  const project = createProject('The Cup Trick', { width: 1920, height: 1080, rate: { num: 30, den: 1 } });
  const sequence = project.sequences[project.activeSequenceId]!;
  const track = (role: string) => sequence.tracks.find((one) => one.role === role)!;
  project.media = Object.fromEntries(sampleMedia.map((item) => [item.id, item]));
  for (const one of [
    take('t1', 'Blue enamel cups', 5.5),
    take('t2', 'Blue enamel cups', 5.5),
    take('t3', 'Paper birds, slow', 4.5),
  ])
    project.takes[one.id] = one;
  track('titles').clips = [
    title('The Cup Trick', 0.8, 4.2),
    title('Which cup?', 12.5, 16.5),
    title('Filmed in one take', 35, 39),
  ];
  track('overlay').clips = [
    made('running-1', 'Red balloon drifts past', 17.5, 23.5, []),
    made('stale-1', 'Paper birds, slow', 24.5, 29, ['t3']),
    made('queued-1', 'Confetti falls', 30.5, 34.5, []),
  ];
  track('picture').clips = [
    shot('flower', 0, 5),
    shot('roof', 5, 7),
    shot('cupsA', 7, 16.5, 30),
    made('made-1', 'Blue enamel cups', 16.5, 22, ['t1', 't2']),
    shot('office', 24, 30),
    shot('cupsB', 32, 39),
  ];
  const [first, second] = track('picture').clips;
  track('picture').transitions = [
    { id: 'fade', kind: 'crossfade', fromClipId: first!.id, toClipId: second!.id, durationTicks: seconds(1) },
  ];
  track('speech').clips = [shot('voice', 1, 6.5), shot('voice', 8, 13, 10)];
  sequence.markers = [
    { id: 'm1', ticks: seconds(7), name: 'Trick', kind: 'marker' },
    { id: 'm2', ticks: seconds(16.5), name: 'Swap', kind: 'hit' },
  ];
  sequence.inTicks = seconds(7);
  sequence.outTicks = seconds(22);
  return project;
}
