/** The cut of the design's mock (design/editor-dark.html): every look and state of a clip on one screen. */
import { createClip, createProject, createTrack, defaultTitle } from '../../../../core/document/create.ts';
import { activeSequence } from '../../../../core/document/query.ts';
import type { Job } from '../../../../core/contract/jobs.ts';
import type { Clip, Take } from '../../../../core/document/schema.ts';
import { ticksFromSeconds } from '../../../../core/time/ticks.ts';
import type { EditorState } from '../../../services/editor.ts';
import { sampleOf } from '../../../../core/actions/testing/sampleRequests.ts';
import { cutAssets, cutMedia } from './cutMedia.ts';
import { takeFileOf } from '../../../../core/document/names.ts';

const video = ['flower_timelapse', 'station_roof_pan', 'cups_camA_002', 'archive_office_1940', 'cups_camB_001'];
const audio = ['narration_take3', 'office_room_tone', 'archive_sound', 'cups_sound'];

const shot = (mediaId: string, at: number, length: number, sourceIn = 0): Clip => ({
  ...createClip(mediaId, { kind: 'media', mediaId }, ticksFromSeconds(at), ticksFromSeconds(length)),
  id: `${mediaId}-${at}`,
  sourceInTicks: ticksFromSeconds(sourceIn),
});

const title = (text: string, at: number, length: number): Clip =>
  createClip(text, { ...defaultTitle, text }, ticksFromSeconds(at), ticksFromSeconds(length));

interface Made {
  readonly id: string;
  readonly name: string;
  readonly at: number;
  readonly length: number;
  readonly takes: readonly string[];
  readonly action?: 'generate' | 'extend' | 'soundtrack';
  readonly failure?: string;
}

const made = ({ id, name, at, length, takes, action = 'generate', failure }: Made): Clip => ({
  ...createClip(name, { kind: 'generated' }, ticksFromSeconds(at), ticksFromSeconds(length)),
  id,
  generation: {
    request: sampleOf(action, { durationTicks: ticksFromSeconds(length), prompt: name }),
    takeIds: [...takes],
    activeTakeId: takes.length > 1 ? takes[1]! : (takes[0] ?? null),
    failure: failure === undefined ? null : { code: 'outOfMemory', message: failure },
  },
});

function take(id: string, seconds: number, kind: 'video' | 'audio'): Take {
  return {
    id,
    file: takeFileOf(id),
    kind,
    action: 'generate',
    prompt: id,
    rewrittenPrompt: id,
    unknownWords: [],
    seed: 1,
    packId: 'starter',
    requestHash: id,
    durationTicks: ticksFromSeconds(seconds),
    width: 256,
    height: 144,
    rate: { num: 16, den: 1 },
    sourceStartTicks: 0,
    device: 'CPU',
    createdAt: '2026-11-22T12:00:00.000Z',
    parentTakeId: null,
    clipId: null,
  } as Take;
}

function job(clipId: string, part: Partial<Job>): Job {
  return {
    id: clipId,
    spec: { kind: 'generation', projectId: 'p', clipId, request: sampleOf('generate') },
    state: 'queued',
    attempt: 1,
    createdAt: '2026',
    startedAt: null,
    finishedAt: null,
    fraction: 0,
    stage: '',
    step: null,
    stepCount: null,
    secondsLeft: null,
    queuePlace: 0,
    previewUrl: null,
    device: null,
    notices: [],
    failure: null,
    take: null,
    outputPath: null,
    ...part,
  };
}

export function mockCut(): Partial<EditorState> {
  const project = createProject('The Cup Trick', { width: 1920, height: 1080, rate: { num: 30, den: 1 } });
  const sequence = activeSequence(project);
  const track = (kind: 'video' | 'audio', role: Parameters<typeof createTrack>[1], name: string, clips: Clip[]) => ({
    ...createTrack(kind, role, name),
    clips,
  });
  project.media = Object.fromEntries(
    [...video.map((name) => cutMedia(name, 'video')), ...audio.map((name) => cutMedia(name, 'audio'))].map((item) => [
      item.id,
      item,
    ]),
  );
  const takes = [
    take('petals', 3.5, 'video'),
    take('birds', 4.5, 'video'),
    take('enamel1', 5.5, 'video'),
    take('enamel2', 5.5, 'video'),
    take('enamel3', 5.5, 'video'),
    take('more', 2, 'video'),
    take('foley1', 9.5, 'audio'),
    take('foley2', 5.5, 'audio'),
    take('music', 39, 'audio'),
  ];
  project.takes = Object.fromEntries(takes.map((one) => [one.id, one]));
  sequence.tracks = [
    track('video', 'picture', 'Picture', [
      shot('flower_timelapse', 0, 5),
      shot('station_roof_pan', 5, 2),
      shot('cups_camA_002', 7, 9.5, 2),
      made({ id: 'enamel', name: 'Blue enamel cups', at: 16.5, length: 5.5, takes: ['enamel1', 'enamel2', 'enamel3'] }),
      shot('archive_office_1940', 24, 6),
      made({ id: 'extension', name: 'archive_office_1940', at: 30, length: 2, takes: ['more'], action: 'extend' }),
      shot('cups_camB_001', 32, 7, 30),
    ]),
    track('video', 'overlay', 'Overlays', [
      made({ id: 'petals-clip', name: 'Petals drift across', at: 2.5, length: 3.5, takes: ['petals'] }),
      made({ id: 'draft', name: 'Lanterns rise', at: 7, length: 3, takes: [] }),
      made({ id: 'failed', name: 'Storm over the roof', at: 11, length: 6, takes: [], failure: 'Out of memory' }),
      made({ id: 'running', name: 'Red balloon drifts past', at: 17.5, length: 6, takes: [] }),
      made({ id: 'stale', name: 'Paper birds, slow', at: 24.5, length: 4.5, takes: ['birds'] }),
      made({ id: 'queued', name: 'Confetti falls', at: 30.5, length: 4, takes: [] }),
      made({ id: 'missing', name: 'Paper boat, pond', at: 35, length: 4, takes: ['gone'] }),
    ]),
    track('video', 'titles', 'Titles', [
      title('The Cup Trick', 0.75, 3.5),
      title('Which cup?', 12.5, 4),
      title('Filmed in one take', 35, 4),
    ]),
    track('audio', 'speech', 'Speech', [
      shot('narration_take3', 1, 5.5),
      shot('narration_take3', 8, 5, 6),
      shot('narration_take3', 13.5, 2.5, 11),
      shot('archive_sound', 24, 6),
      shot('narration_take3', 33, 5, 20),
    ]),
    track('audio', 'foley', 'Foley', [
      made({ id: 'f1', name: 'Cups on table, hands', at: 7, length: 9.5, takes: ['foley1'], action: 'soundtrack' }),
      made({ id: 'f2', name: 'Enamel cups on table', at: 16.5, length: 5.5, takes: ['foley2'], action: 'soundtrack' }),
      shot('office_room_tone', 24, 6),
      shot('cups_sound', 32, 7),
    ]),
    {
      ...track('audio', 'music', 'Music', [
        {
          ...made({
            id: 'm',
            name: 'Pizzicato and clarinet, curious, 104 bpm',
            at: 0,
            length: 39,
            takes: ['music'],
            action: 'soundtrack',
          }),
          volumeDb: -9,
        },
      ]),
      locked: true,
    },
  ];
  sequence.tracks[0]!.transitions = [
    {
      id: 'x',
      kind: 'crossfade',
      fromClipId: 'flower_timelapse-0',
      toClipId: 'station_roof_pan-5',
      durationTicks: ticksFromSeconds(1),
    },
  ];
  sequence.markers = [
    { id: 'm1', ticks: ticksFromSeconds(7), name: 'Trick', kind: 'marker' },
    { id: 'm2', ticks: ticksFromSeconds(16.5), name: 'Swap', kind: 'marker' },
    { id: 'm3', ticks: ticksFromSeconds(36.5), name: 'Reveal', kind: 'hit' },
  ];
  sequence.inTicks = ticksFromSeconds(7);
  sequence.outTicks = ticksFromSeconds(22);
  return {
    document: project,
    projectId: project.id,
    pixelsPerSecond: 32,
    playheadTicks: ticksFromSeconds(14.4),
    selection: {
      clipIds: ['cups_camA_002-7'],
      gap: { trackId: sequence.tracks[0]!.id, startTicks: ticksFromSeconds(22), durationTicks: ticksFromSeconds(2) },
      transitionId: null,
      mediaIds: [],
      markerId: null,
    },
    mediaAssets: cutAssets(Object.keys(project.media)),
    takeAssets: Object.fromEntries(
      [...takes.map((one) => one.id), 'gone'].map((takeId) => [
        takeId,
        {
          takeId,
          isStacked: false,
          url: null,
          filmstripUrl: `${takeId}.jpg`,
          peaksUrl: `${takeId}.bin`,
          posterUrl: null,
          missing: takeId === 'gone',
        },
      ]),
    ),
    staleClips: { stale: true },
    jobs: {
      running: job('running', {
        state: 'running',
        fraction: 0.62,
        secondsLeft: 14,
        queuePlace: null,
        previewUrl: 'preview.jpg',
      }),
      queued: job('queued', {}),
    },
  };
}
