import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestOf } from '../actions/schema.ts';
import { sampleOf } from '../actions/testing/sampleRequests.ts';
import type { OpenedProject } from '../contract/contract.ts';
import type { Job } from '../contract/jobs.ts';
import type { GenerationRequest, MediaItem } from '../document/schema.ts';
import { ticksFromSeconds } from '../time/ticks.ts';
import { ffmpeg } from '../ffmpeg/testing/ffmpegWords.node.ts';
import { probeFile } from './media/probe.node.ts';
import { openFakeEngine, type FakeEngine } from './testing/fakeEngine.node.ts';
import { eventually } from '../time/testing/eventually.ts';

let fake: FakeEngine;
let project: OpenedProject;
let item: MediaItem;

const common = { seed: 3, steps: 2, packId: 'fake', durationTicks: ticksFromSeconds(0.5) };
const request = (more: Partial<RequestOf<'generate'>> = {}): RequestOf<'generate'> =>
  sampleOf('generate', { ...common, ...more });
const submit = (asked: GenerationRequest): Promise<Job> =>
  fake.engine.handlers['jobs.submit']({
    spec: { kind: 'generation', projectId: project.projectId, clipId: 'clip1', request: asked },
  });
const made = async (asked: GenerationRequest): Promise<Job> => fake.engine.jobs.finished((await submit(asked)).id);

beforeAll(async () => {
  fake = await openFakeEngine();
  project = await fake.engine.handlers['project.create']({ name: 'Test', folder: null });
  const path = join(fake.folder, 'clip.mp4');
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=30:duration=2', '-pix_fmt', 'yuv420p', path);
  const result = await fake.engine.handlers['media.import']({ projectId: project.projectId, paths: [path] });
  item = result.imported[0] as MediaItem;
  await fake.engine.handlers['project.append']({
    projectId: project.projectId,
    entries: [
      {
        seq: project.nextSeq,
        kind: 'record',
        label: 'addMedia',
        patches: [{ op: 'add', path: ['media', item.id], value: item }],
        inverse: [],
        target: null,
        at: new Date().toISOString(),
      },
    ],
  });
});
afterAll(() => fake.close());

test('a file that goes away while the project is open is told of, and told of again when it is back', async () => {
  const path = join(fake.folder, 'travelling.wav');
  ffmpeg('-f', 'lavfi', '-i', 'sine=d=1', path);
  const own = await fake.engine.handlers['project.create']({ name: 'Travel', folder: null });
  const { imported } = await fake.engine.handlers['media.import']({ projectId: own.projectId, paths: [path] });
  const sound = imported[0] as MediaItem;
  await fake.engine.handlers['project.append']({
    projectId: own.projectId,
    entries: [
      {
        seq: own.nextSeq,
        kind: 'record',
        label: 'addMedia',
        patches: [{ op: 'add', path: ['media', sound.id], value: sound }],
        inverse: [],
        target: null,
        at: new Date().toISOString(),
      },
    ],
  });
  const told: (readonly string[])[] = [];
  const stop = fake.engine.onEvent((event, payload) => {
    if (event === 'media.missingChanged')
      told.push((payload as { missingMediaIds: readonly string[] }).missingMediaIds);
  });
  await rename(path, `${path}.away`);
  await eventually(() => expect(told).toEqual([[sound.id]]));
  await rename(`${path}.away`, path);
  await eventually(() => expect(told).toEqual([[sound.id], []]));
  stop();
  await fake.engine.handlers['project.close']({ projectId: own.projectId });
});

describe('the engine', () => {
  test('a generation job becomes a take with recipe and file; the job reports progress, look and device', async () => {
    const events: Job[] = [];
    const stop = fake.engine.onEvent((event, payload) => {
      if (event !== 'job.changed') return;
      const { job } = payload as { job: Job };
      events.push(job);
    });
    const job = await made(request({ steps: 60 }));
    stop();
    expect(job).toMatchObject({ state: 'done', device: 'CPU', fraction: 1, failure: null });
    expect(job.take).toMatchObject({
      kind: 'video',
      width: 64,
      height: 36,
      rewrittenPrompt: 'red: a red ball',
      usedWords: ['a', 'red', 'ball'],
      guessedWords: [],
      unknownWords: [],
      requestHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    if (!job.take) throw new Error('no take');
    const path = fake.engine.projects.takePath(project.projectId, job.take);
    expect((await probeFile(path)).video).toMatchObject({ width: 64, height: 36 });
    const recipe = await fake.engine.handlers['takes.recipe']({ projectId: project.projectId, takeId: job.take.id });
    expect(recipe).toMatchObject({
      request: { prompt: 'a red ball' },
      usedWords: ['a', 'red', 'ball'],
      pack: { id: 'fake' },
      clipId: 'clip1',
      versions: { app: '0.0.0-test' },
    });
    expect(events.some((event) => event.stage === 'denoise' && event.stepCount === 60)).toBe(true);
    expect(events.some(({ previewUrl }) => previewUrl?.startsWith('data:image/jpeg;base64,/9j/'))).toBe(true);
  });

  test('an edit’s take begins on a frame of its source and has the hash of its request', async () => {
    const asked = sampleOf('inpaint', {
      ...common,
      edit: 'replace',
      source: { kind: 'media', id: item.id, startTicks: ticksFromSeconds(0.51), durationTicks: ticksFromSeconds(0.99) },
      mask: { kind: 'box', x: 0.2, y: 0.2, width: 0.4, height: 0.4, featherPx: 4 },
    });
    const job = await made(asked);
    expect(job.failure).toBeNull();
    expect(job.take).toMatchObject({
      width: 320,
      height: 180,
      rate: { num: 30, den: 1 },
      sourceStartTicks: ticksFromSeconds(0.5),
      durationTicks: ticksFromSeconds(1),
    });
    const [same, otherSeed, otherPrompt] = await fake.engine.handlers['generation.hash']({
      projectId: project.projectId,
      requests: [asked, { ...asked, seed: 9 }, { ...asked, prompt: 'a cube' }],
    });
    expect(same).toBe(job.take?.requestHash);
    expect(otherSeed).toBe(same);
    expect(otherPrompt).not.toBe(same);
  });

  test('a soundtrack for a clip is a 48 kHz stem', async () => {
    const job = await made(
      sampleOf('soundtrack', {
        ...common,
        stem: 'foley',
        durationTicks: ticksFromSeconds(1),
        source: { kind: 'media', id: item.id, startTicks: 0, durationTicks: ticksFromSeconds(1) },
      }),
    );
    expect(job.take).toMatchObject({ kind: 'audio', durationTicks: ticksFromSeconds(1) });
    expect(job.take?.file).toMatch(/\.wav$/);
  });

  test('a soundtrack without words is suggested from the picture, in estimate and run alike', async () => {
    const source = { kind: 'media', id: item.id, startTicks: 0, durationTicks: ticksFromSeconds(1) } as const;
    const asked = sampleOf('soundtrack', {
      ...common,
      stem: 'ambience',
      prompt: '',
      durationTicks: ticksFromSeconds(1),
      source,
    });
    const estimate = await fake.engine.handlers['generation.estimate']({
      projectId: project.projectId,
      request: asked,
    });
    expect(estimate.rewrittenPrompt).toMatch(/\w+, \w+/);
    const job = await made(asked);
    const recipe = await fake.engine.handlers['takes.recipe']({ projectId: project.projectId, takeId: job.take!.id });
    expect(recipe).toMatchObject({ prompt: '', rewrittenPrompt: estimate.rewrittenPrompt });
    const words = await fake.engine.handlers['generation.estimate']({
      projectId: project.projectId,
      request: { ...asked, prompt: 'rain' },
    });
    expect(words.rewrittenPrompt).toBe('rain');
  });

  test('before pressing Generate: time, memory, device, and after a run from measured pace', async () => {
    const estimate = await fake.engine.handlers['generation.estimate']({
      projectId: project.projectId,
      request: request(),
    });
    expect(estimate).toMatchObject({ device: 'CPU', measured: true });
    expect(estimate.seconds).toBeGreaterThan(0);
    expect(estimate.memoryBytes).toBeGreaterThan(0);
  });

  test('what can never run is refused at once, not in the queue', async () => {
    const before = fake.engine.jobs.list(null).length;
    await expect(submit(request({ packId: 'wan' }))).rejects.toThrow(
      "The model pack 'wan' is not installed. Installed: fake.",
    );
    await expect(submit(sampleOf('inpaint', { ...common, prompt: ' ' }))).rejects.toMatchObject({
      failure: {
        code: 'badRequest',
        message: 'Describe what goes there.',
        sentence: { key: 'request.editWithoutWords' },
      },
    });
    await expect(
      submit(
        sampleOf('extend', {
          ...common,
          direction: 'forward',
          source: { kind: 'media', id: 'gone', startTicks: 0, durationTicks: 1 },
        }),
      ),
    ).rejects.toThrow('A file that it uses (gone) is no longer in the project.');
    expect(fake.engine.jobs.list(null).length).toBe(before);
  });

  test('a child that dies twice fails its job with a sentence; the queue goes on', async () => {
    const job = await made(request({ prompt: 'crash' }));
    expect(job).toMatchObject({
      state: 'failed',
      attempt: 2,
      failure: { code: 'inferenceFailed', message: 'The inference process ended unexpectedly (SIGKILL).' },
    });
    expect(job.notices.map(({ text }) => text)).toContain(
      'The inference process ended unexpectedly (SIGKILL). Trying once more.',
    );
    expect((await made(request({ prompt: 'oom' }))).failure?.message).toMatch(
      /^Not enough memory: Fake pack needs about/,
    );
    expect((await made(request({ prompt: 'after' }))).state).toBe('done');
  });

  test('a closed project’s running job goes on, and closes it at its end', async () => {
    const job = await submit(request({ prompt: 'slow', steps: 4 }));
    await fake.engine.handlers['project.close']({ projectId: project.projectId });
    expect(fake.engine.projects.document(project.projectId).id).toBe(project.projectId);
    expect((await fake.engine.jobs.finished(job.id)).state).toBe('done');
    await expect
      .poll(() => {
        try {
          fake.engine.projects.document(project.projectId);
          return 'open';
        } catch {
          return 'closed';
        }
      })
      .toBe('closed');
    const again = await fake.engine.handlers['project.open']({ folder: project.folder });
    expect(again.foundTakes?.some(({ take }) => take.prompt === 'slow')).toBe(true);
  });

  test('cancelling a running generation ends its child in the middle of its work', async () => {
    const job = await submit(request({ prompt: 'block' }));
    await expect.poll(() => fake.engine.jobs.list(null).find((each) => each.id === job.id)?.stage).toBe('denoise');
    // the pipeline is deaf for half a minute: only a child that is killed lets the job end (how fast: e2e/bench)
    expect((await fake.engine.handlers['jobs.cancel']({ jobId: job.id })).state).toBe('cancelled');
    expect(fake.engine.inference.childPids()).toEqual([]);
  });

  test('a job that waits through a restart runs when its project is opened again', async () => {
    const blocker = await submit(request({ prompt: 'block' }));
    const waiting = await submit(request({ prompt: 'later' }));
    await fake.engine.close();
    const next = await fake.again();
    expect(
      next.jobs
        .list(project.projectId)
        .filter((job) => job.state === 'queued')
        .map((job) => job.id),
    ).toEqual([blocker.id, waiting.id]);
    await next.jobs.cancel(blocker.id);
    await next.handlers['project.open']({ folder: project.folder });
    expect(await next.jobs.finished(waiting.id)).toMatchObject({ state: 'done', attempt: 1 });
    expect(await next.resolveFile('/files/../../etc/passwd')).toBeNull();
    expect(await next.resolveFile('/files/jobs/x/y.jpg')).toBeNull();

    const upload = await next.uploadPath(project.projectId, '../../evil\u0000:name?.mp4');
    expect(upload).toBe(join(project.folder, 'media', 'evil__name_.mp4'));
    await writeFile(upload, 'x');
    expect(await next.uploadPath(project.projectId, 'evil__name_.mp4')).toBe(
      join(project.folder, 'media', 'evil__name_ 2.mp4'),
    );

    await mkdir(join(fake.folder, 'listed/Film.fwproj'), { recursive: true });
    await writeFile(join(fake.folder, 'listed/Film.fwproj/project.json'), '{}');
    await writeFile(join(fake.folder, 'listed/a.mp4'), 'xyz');
    const listing = await next.handlers['files.list']({ folder: join(fake.folder, 'listed') });
    expect(
      listing.entries.map(({ name, isFolder, isProject, sizeBytes }) => [name, isFolder, isProject, sizeBytes]),
    ).toEqual([
      ['Film.fwproj', true, true, 0],
      ['a.mp4', false, false, 3],
    ]);

    const doctor = await next.handlers['app.doctor']({});
    expect(doctor.providers.find(({ provider }) => provider === 'cpu')).toMatchObject({ usable: true });
    expect(doctor.encoders.find(({ name }) => name === 'libx264')).toMatchObject({ usable: true });
    expect(doctor.packs.map(({ id }) => id)).toEqual(['fake']);
    expect(await next.handlers['app.status']({})).toMatchObject({ device: 'CPU' });
    expect(existsSync(join(fake.folder, 'home'))).toBe(true);
  });
});
