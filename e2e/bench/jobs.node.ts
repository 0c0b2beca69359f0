/**
 * Every kind of job in an engine of its own: how far the estimate is from the time it takes once two like it were
 * measured, and how long a cancelled one goes on. Prints one JSON row a kind. Run (bundled) as `jobs.mjs ROOT FOLDER`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GenerationRequest } from '../../core/actions/schema.ts';
import { sampleOf } from '../../core/actions/testing/sampleRequests.ts';
import { createClip } from '../../core/document/create.ts';
import type { MediaItem } from '../../core/document/schema.ts';
import type { Job, JobSpec } from '../../core/contract/jobs.ts';
import type { OpenedProject } from '../../core/contract/contract.ts';
import { createEngine, type LocalEngine } from '../../core/engine/engine.node.ts';
import { forkInference } from '../../core/engine/inference/forkInference.node.ts';
import { ticksFromSeconds } from '../../core/time/ticks.ts';

/** Two lengths to learn from, and the one that is judged. */
const learnt = [2, 4];
const judged = 3;
/** A cancel is tried on the longest clip, so that the job is still running. */
const cancelled = 8;

const [root, folder] = process.argv.slice(2) as [string, string];

interface Clip {
  readonly seconds: number;
  readonly item: MediaItem;
}

const mask = { kind: 'box', x: 0.4, y: 0.4, width: 0.2, height: 0.2, featherPx: 2 } as const;
const whole = ({ item, seconds }: Clip) =>
  ({ kind: 'media', id: item.id, startTicks: 0, durationTicks: ticksFromSeconds(seconds) }) as const;
const footage = (clip: Clip) => ({ packId: 'starter', durationTicks: ticksFromSeconds(clip.seconds) });

const requests: Readonly<Record<string, (clip: Clip, seed: number) => GenerationRequest>> = {
  generate: (clip, seed) => sampleOf('generate', { ...footage(clip), prompt: 'a red ball bounces on the grass', seed }),
  soundtrack: (clip, seed) =>
    sampleOf('soundtrack', { ...footage(clip), prompt: 'rain', stem: 'ambience', source: whole(clip), seed }),
  restyle: (clip, seed) =>
    sampleOf('restyle', {
      ...footage(clip),
      prompt: 'watercolour',
      source: whole(clip),
      scope: 'everything',
      strength: 1,
      seed,
    }),
  remove: (clip, seed) =>
    sampleOf('inpaint', { ...footage(clip), prompt: '', edit: 'remove', source: whole(clip), mask, seed }),
  'slow motion': (clip, seed) =>
    sampleOf('smooth', {
      ...footage(clip),
      packId: 'footage',
      source: whole(clip),
      rate: { num: 60, den: 1 },
      seed,
    }),
};

function makeClip(seconds: number): string {
  const path = join(folder, `clip-${seconds}.mp4`);
  const source = `mandelbrot=s=640x360:r=30:maxiter=120:start_scale=0.4:end_scale=0.1:end_pts=240,noise=alls=3:allf=t`;
  const film = ['-f', 'lavfi', '-i', `${source},format=yuv420p`, '-f', 'lavfi', '-i', 'sine=220'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...film, '-t', String(seconds), '-crf', '18', path]);
  return path;
}

async function open(): Promise<LocalEngine> {
  const silent = (): void => undefined;
  return createEngine({
    paths: {
      home: join(folder, 'home'),
      cache: join(folder, 'cache'),
      projects: join(folder, 'projects'),
      builtInPacks: join(root, 'models/packs'),
      userPacks: join(folder, 'home/packs'),
      assets: join(root, 'assets'),
    },
    logger: { info: silent, warn: silent, error: silent },
    spawnInference: forkInference(join(root, 'dist/host/inferenceProcess.mjs')),
    appVersion: 'bench',
    persistJobs: false,
  });
}

async function importClips(engine: LocalEngine, project: OpenedProject): Promise<Map<number, Clip>> {
  const clips = new Map<number, Clip>();
  const entries = [];
  const { projectId } = project;
  const sequenceId = project.document.activeSequenceId;
  const track = project.document.sequences[sequenceId]!.tracks.findIndex(({ role }) => role === 'picture');
  for (const seconds of [...learnt, judged, cancelled]) {
    const { imported } = await engine.handlers['media.import']({ projectId, paths: [makeClip(seconds)] });
    const item = imported[0]!;
    clips.set(seconds, { seconds, item });
    entries.push({ op: 'add' as const, path: ['media', item.id], value: item });
  }
  const { item } = clips.get(cancelled)!;
  const placed = createClip('c', { kind: 'media', mediaId: item.id }, 0, ticksFromSeconds(cancelled));
  entries.push({ op: 'add' as const, path: ['sequences', sequenceId, 'tracks', track, 'clips', 0], value: placed });
  await engine.handlers['project.append']({
    projectId,
    entries: [
      {
        seq: project.nextSeq,
        kind: 'record',
        label: 'addMedia',
        patches: entries,
        inverse: [],
        target: null,
        at: new Date().toISOString(),
      },
    ],
  });
  return clips;
}

/** Waits until the caches of imported files are made: they take the cores that a job is measured on. */
async function quiet(engine: LocalEngine): Promise<void> {
  for (const job of engine.jobs.list(null)) await engine.jobs.finished(job.id);
}

const seconds = (job: Job): number => (Date.parse(job.finishedAt!) - Date.parse(job.startedAt!)) / 1000;

async function done(engine: LocalEngine, spec: JobSpec): Promise<Job> {
  const { id } = await engine.handlers['jobs.submit']({ spec });
  const job = await engine.jobs.finished(id);
  if (job.state !== 'done') throw new Error(`${spec.kind}: ${job.state} ${JSON.stringify(job.failure)}`);
  return job;
}

/** Milliseconds from the cancel of a job that has made progress until nothing of it runs; null: it had ended before. */
async function cancelOf(engine: LocalEngine, spec: JobSpec): Promise<number | null> {
  const { id } = await engine.handlers['jobs.submit']({ spec });
  const moved = new Promise<void>((resolve) => {
    const stop = engine.onEvent((event, payload) => {
      const job = event === 'job.changed' ? (payload as { job: Job }).job : null;
      if (job?.id !== id || (job.state === 'running' && job.fraction < 0.1) || job.state === 'queued') return;
      stop();
      resolve();
    });
  });
  await moved;
  const startedMs = performance.now();
  const job = await engine.jobs.cancel(id);
  await engine.jobs.finished(id);
  return job.state === 'cancelled' ? performance.now() - startedMs : null;
}

interface Row {
  readonly kind: string;
  readonly firstEstimate: number;
  readonly estimate: number;
  readonly took: number;
  readonly cancelMs: number | null;
  readonly busy: boolean;
}

interface Kind {
  readonly name: string;
  spec(length: number, seed: number): JobSpec;
  estimate(length: number): Promise<{ seconds: number; busy: unknown }>;
}

async function measure(engine: LocalEngine, { name, spec, estimate }: Kind): Promise<Row> {
  const first = await estimate(learnt[0]!);
  for (const [index, length] of learnt.entries()) await done(engine, spec(length, index + 1));
  const expected = await estimate(judged);
  const took = seconds(await done(engine, spec(judged, 7)));
  const cancelMs = await cancelOf(engine, spec(cancelled, 8));
  return {
    kind: name,
    firstEstimate: first.seconds,
    estimate: expected.seconds,
    took,
    cancelMs,
    busy: expected.busy !== null,
  };
}

mkdirSync(folder, { recursive: true });
const engine = await open();
try {
  const project = await engine.handlers['project.create']({ name: 'Bench', folder: null });
  const { projectId } = project;
  const clips = await importClips(engine, project);
  await quiet(engine);
  for (const [name, requestOf] of Object.entries(requests)) {
    const row = await measure(engine, {
      name,
      spec: (length, seed) => ({
        kind: 'generation',
        projectId,
        clipId: 'c',
        request: requestOf(clips.get(length)!, seed),
      }),
      estimate: (length) =>
        engine.handlers['generation.estimate']({ projectId, request: requestOf(clips.get(length)!, 1) }),
    });
    process.stdout.write(`${JSON.stringify(row)}\n`);
  }
  const settings = (length: number, seed: number) =>
    ({
      preset: 'h264-1080p',
      outputPath: join(folder, `out-${length}-${seed}.mp4`),
      sequenceId: project.document.activeSequenceId,
      range: { startTicks: 0, durationTicks: ticksFromSeconds(length) },
      width: null,
      height: null,
      crf: null,
    }) as const;
  const row = await measure(engine, {
    name: 'export',
    spec: (length, seed) => ({ kind: 'export', projectId, settings: settings(length, seed) }),
    estimate: (length) => engine.handlers['export.estimate']({ projectId, settings: settings(length, 0) }),
  });
  process.stdout.write(`${JSON.stringify(row)}\n`);
} finally {
  await engine.close();
}
