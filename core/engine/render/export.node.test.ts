import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportSettings } from '../../contract/jobs.ts';
import { createClip } from '../../document/create.ts';
import type { MediaItem, ProjectDocument } from '../../document/schema.ts';
import { pictureAt } from '../../render/pictureAt.ts';
import { frameAtTicks, ticksAtFrame, ticksFromSeconds } from '../../time/ticks.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { recordedContext, renderAlone } from './testing/renderAlone.node.ts';
import { emptyDocument, lumaOf, lumas, mediaClip, numberedVideo, samples } from './testing/numberedVideo.node.ts';
import { takeFileOf } from '../../document/names.ts';

const assets = join(import.meta.dirname, '../../../assets');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-export-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function importInto(
  document: ProjectDocument,
  ...paths: string[]
): Promise<{ items: MediaItem[] } & ReturnType<typeof renderAlone>> {
  const alone = renderAlone(document, join(folder, document.id), assets);
  const { imported, refused } = await alone.media.import(document.id, paths);
  expect(refused).toEqual([]);
  for (const item of imported) document.media[item.id] = item;
  return { items: [...imported], ...alone };
}

function settings(document: ProjectDocument, name: string, changes: Partial<ExportSettings> = {}): ExportSettings {
  const { width, height } = document.sequences[document.activeSequenceId]!;
  return {
    preset: 'h264-720p',
    outputPath: join(folder, name),
    sequenceId: document.activeSequenceId,
    range: null,
    width,
    height,
    crf: 1,
    ...changes,
  };
}

/** What pictureAt says each frame's luma is, layers of numbered media one over the other. */
function expectedLumas(document: ProjectDocument, frameCount: number): number[] {
  const { rate } = document.sequences[document.activeSequenceId]!;
  return Array.from({ length: frameCount }, (_, frame) =>
    pictureAt(document, document.activeSequenceId, ticksAtFrame(frame, rate)).layers.reduce((below, layer) => {
      if (layer.kind !== 'picture') return below;
      const sourceRate = document.media[layer.source.id]!.video!.rate;
      return below + (lumaOf(frameAtTicks(layer.sourceTicks, sourceRate)) - below) * layer.opacity;
    }, 16),
  );
}

function expectAlike(got: readonly number[], wanted: readonly number[], within: number): void {
  expect(got.length).toBe(wanted.length);
  const wrong = got.flatMap((luma, frame) =>
    Math.abs(luma - wanted[frame]!) > within ? [`frame ${frame}: ${luma} instead of ${wanted[frame]!.toFixed(1)}`] : [],
  );
  expect(wrong).toEqual([]);
}

describe('an export shows, frame for frame, what pictureAt says', () => {
  it('cuts, speeds, backwards, other rates and crossfades', async () => {
    const { document, track } = emptyDocument();
    const media = join(folder, 'media');
    const { items, render, projectId } = await importInto(
      document,
      numberedVideo(media, '30', 4),
      numberedVideo(media, '25', 4),
      numberedVideo(media, '30000/1001', 4),
      numberedVideo(media, '24', 4),
    );
    const [a, b, c, d] = items as [MediaItem, MediaItem, MediaItem, MediaItem];
    const picture = track('picture');
    picture.clips.push(
      mediaClip(a, 0, 1, { sourceInTicks: ticksFromSeconds(1.5) }),
      mediaClip(b, 1, 1, { sourceInTicks: ticksFromSeconds(1), speed: { num: 3, den: 2 } }),
      mediaClip(c, 2, 1, { sourceInTicks: ticksFromSeconds(1), reversed: true }),
      mediaClip(d, 3, 1, { sourceInTicks: ticksFromSeconds(0.1) }),
    );
    picture.clips.slice(1).forEach((clip, index) =>
      picture.transitions.push({
        id: `t${index}`,
        kind: 'crossfade',
        fromClipId: picture.clips[index]!.id,
        toClipId: clip.id,
        durationTicks: ticksFromSeconds(0.4),
      }),
    );
    await render.runExport({ kind: 'export', projectId, settings: settings(document, 'cuts.mp4') }, recordedContext());
    expectAlike(lumas(join(folder, 'cuts.mp4')), expectedLumas(document, 120), 2);
  });

  it('fades to black, half transparent overlays and fades of overlays', async () => {
    const { document, track } = emptyDocument();
    const { items, render, projectId } = await importInto(document, numberedVideo(join(folder, 'media'), '30', 4));
    const item = items[0]!;
    track('picture').clips.push(
      mediaClip(item, 0, 2, { fadeInTicks: ticksFromSeconds(0.5), fadeOutTicks: ticksFromSeconds(0.3) }),
    );
    track('overlay').clips.push(
      mediaClip(item, 0.5, 1, {
        sourceInTicks: ticksFromSeconds(2),
        opacity: 0.6,
        fadeInTicks: ticksFromSeconds(0.2),
        fadeOutTicks: ticksFromSeconds(0.4),
      }),
    );
    await render.runExport({ kind: 'export', projectId, settings: settings(document, 'fades.mp4') }, recordedContext());
    expectAlike(lumas(join(folder, 'fades.mp4')), expectedLumas(document, 60), 2.5);
  });

  it('a part of the sequence, begun in the middle of a fade', async () => {
    const { document, track } = emptyDocument();
    const { items, render, projectId } = await importInto(document, numberedVideo(join(folder, 'media'), '30', 4));
    track('picture').clips.push(mediaClip(items[0]!, 0, 2, { fadeInTicks: ticksFromSeconds(1) }));
    const range = { startTicks: ticksFromSeconds(0.5), durationTicks: ticksFromSeconds(1) };
    await render.runExport(
      { kind: 'export', projectId, settings: settings(document, 'part.mp4', { range }) },
      recordedContext(),
    );
    expectAlike(lumas(join(folder, 'part.mp4')), expectedLumas(document, 60).slice(15, 45), 2.5);
  });

  it('at 29.97, and holds the last frame where a handle is too short', async () => {
    const { document, track } = emptyDocument({ num: 30000, den: 1001 });
    const { items, render, projectId } = await importInto(
      document,
      numberedVideo(join(folder, 'media'), '30000/1001', 1),
    );
    track('picture').clips.push(mediaClip(items[0]!, 0, 1.5));
    await render.runExport({ kind: 'export', projectId, settings: settings(document, 'held.mp4') }, recordedContext());
    expectAlike(lumas(join(folder, 'held.mp4')), expectedLumas(document, 45), 2);
  });

  it('in many chunks that are joined without a frame lost', async () => {
    const { document, track } = emptyDocument();
    const { items, render, projectId } = await importInto(document, numberedVideo(join(folder, 'media'), '30', 4));
    for (let index = 0; index < 60; index++)
      track('picture').clips.push(
        mediaClip(items[0]!, index * 0.1, 0.1, { sourceInTicks: ticksFromSeconds((index % 30) * 0.1) }),
      );
    await render.runExport({ kind: 'export', projectId, settings: settings(document, 'many.mp4') }, recordedContext());
    expectAlike(lumas(join(folder, 'many.mp4')), expectedLumas(document, 180), 2);
  });
});

describe('an exported file', () => {
  it('has exactly its frames, sound and picture ending within one frame, bt709 tags, and its recipe', async () => {
    const { document, track } = emptyDocument();
    const tone = join(folder, 'tone.wav');
    ffmpeg('-f', 'lavfi', '-i', 'sine=f=440:r=44100:d=3', tone);
    const { items, render, projectId } = await importInto(
      document,
      numberedVideo(join(folder, 'media'), '30', 4),
      tone,
    );
    track('picture').clips.push(mediaClip(items[0]!, 0, 2));
    track('music').clips.push(mediaClip(items[1]!, 0.5, 1));
    await render.runExport({ kind: 'export', projectId, settings: settings(document, 'whole.mp4') }, recordedContext());
    const probe = JSON.parse(
      execFileSync(
        'ffprobe',
        ['-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json', join(folder, 'whole.mp4')],
        { encoding: 'utf8' },
      ),
    );
    const [picture, sound] = ['video', 'audio'].map((type) =>
      probe.streams.find((stream: { codec_type: string }) => stream.codec_type === type),
    );
    expect(picture.nb_read_frames).toBe('60');
    expect([picture.color_space, picture.color_primaries, picture.color_transfer, picture.color_range]).toEqual([
      'bt709',
      'bt709',
      'bt709',
      'tv',
    ]);
    expect([sound.sample_rate, sound.channels]).toEqual(['48000', 2]);
    expect(Math.abs(Number(sound.duration) - Number(picture.duration))).toBeLessThan(1 / 30);
    expect(JSON.parse(probe.format.tags.comment)).toMatchObject({ project: 'Test', generated: [] });
  });

  it.each([
    ['h265-1080p', 'hevc', 'hevc.mp4'],
    ['av1-1080p', 'av1', 'av1.mp4'],
    ['prores-422', 'prores', 'prores.mov'],
  ] as const)('%s is %s, as many frames as the timeline has', async (preset, codec, name) => {
    const { document, track } = emptyDocument({ num: 25, den: 1 }, { width: 128, height: 72 });
    const { items, render, projectId } = await importInto(document, numberedVideo(join(folder, 'media'), '25', 4));
    track('picture').clips.push(mediaClip(items[0]!, 0, 1, { fadeOutTicks: ticksFromSeconds(0.5) }));
    await render.runExport(
      { kind: 'export', projectId, settings: settings(document, name, { preset, crf: null }) },
      recordedContext(),
    );
    const probe = JSON.parse(
      execFileSync('ffprobe', ['-v', 'error', '-count_frames', '-show_streams', '-of', 'json', join(folder, name)], {
        encoding: 'utf8',
      }),
    );
    expect(probe.streams[0]).toMatchObject({ codec_name: codec, nb_read_frames: '25', width: 128, height: 72 });
    expect(probe.streams[1].codec_type).toBe('audio');
  });

  it('says which of its stretches were made by AI', async () => {
    const { document, track } = emptyDocument();
    const { items, render, projectId } = await importInto(document, numberedVideo(join(folder, 'media'), '30', 4));
    const takes = join(folder, document.id, 'takes');
    mkdirSync(takes, { recursive: true });
    writeFileSync(join(takes, 'abc.mp4'), readFileSync(numberedVideo(join(folder, 'media'), '25', 4)));
    document.takes['t'] = {
      id: 't',
      file: takeFileOf('abc.mp4'),
      kind: 'video',
      action: 'restyle',
      prompt: 'as a woodcut; "quoted" = yes',
      rewrittenPrompt: '',
      unknownWords: [],
      seed: 7,
      packId: 'starter',
      requestHash: '',
      durationTicks: ticksFromSeconds(4),
      width: 64,
      height: 36,
      rate: { num: 25, den: 1 },
      sourceStartTicks: 0,
      device: 'CPU',
      createdAt: '',
      parentTakeId: null,
    };
    const made = mediaClip(items[0]!, 0.5, 0.5);
    made.generation = {
      request: {} as NonNullable<typeof made.generation>['request'],
      takeIds: ['t'],
      activeTakeId: 't',
      failure: null,
    };
    track('picture').clips.push(mediaClip(items[0]!, 0, 0.5), made);
    await render.runExport({ kind: 'export', projectId, settings: settings(document, 'made.mp4') }, recordedContext());
    const tags = JSON.parse(
      execFileSync('ffprobe', ['-v', 'error', '-show_format', '-of', 'json', join(folder, 'made.mp4')], {
        encoding: 'utf8',
      }),
    ).format.tags;
    expect(JSON.parse(tags.comment).generated).toEqual([
      {
        fromSeconds: 0.5,
        toSeconds: 1,
        track: 'Picture',
        action: 'restyle',
        take: 'abc.mp4',
        pack: 'starter',
        prompt: 'as a woodcut; "quoted" = yes',
        seed: 7,
      },
    ]);
  });

  it('leaves nothing under the final name, or beside it, when it is cancelled', async () => {
    const { document, track } = emptyDocument({ num: 30, den: 1 }, { width: 1280, height: 720 });
    const { items, render, projectId } = await importInto(document, numberedVideo(join(folder, 'media'), '30', 4));
    for (let index = 0; index < 20; index++) track('picture').clips.push(mediaClip(items[0]!, index * 4, 4));
    const out = join(folder, 'cancelled');
    mkdirSync(out);
    const controller = new AbortController();
    const context = recordedContext(controller.signal);
    const report = context.report.bind(context);
    const stopping = {
      ...context,
      report: (progress: Parameters<typeof report>[0]) => {
        report(progress);
        if (progress.fraction > 0.08) controller.abort();
      },
    };
    await expect(
      render.runExport({ kind: 'export', projectId, settings: settings(document, 'cancelled/out.mp4') }, stopping),
    ).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    // it stops where it is, and does not finish first (how fast: e2e/bench)
    expect(context.fractions.at(-1)).toBeLessThan(0.5);
    expect(readdirSync(out)).toEqual([]);
  });

  it('is refused with a reason: a source is missing, the folder cannot be written, the sequence is empty', async () => {
    const { document, track } = emptyDocument();
    const copy = join(folder, 'gone.mp4');
    writeFileSync(copy, readFileSync(numberedVideo(join(folder, 'media'), '30', 4)));
    const { items, render, projectId } = await importInto(document, copy);
    const run = (name: string) =>
      render.runExport({ kind: 'export', projectId, settings: settings(document, name) }, recordedContext());
    await expect(run('empty.mp4')).rejects.toThrow(/is empty/);
    track('picture').clips.push(mediaClip(items[0]!, 0, 1));
    await expect(run('whole.mp4/inside/out.mp4')).rejects.toMatchObject({ failure: { code: 'notWritable' } });
    rmSync(copy);
    await expect(run('missing.mp4')).rejects.toMatchObject({
      failure: { code: 'notFound', message: expect.stringContaining('gone.mp4') },
    });
    expect(existsSync(join(folder, 'missing.mp4'))).toBe(false);
  });
});

describe('the mix', () => {
  it('crossfades, fades and levels follow the curve to the sample', async () => {
    const { document, track } = emptyDocument();
    const steady = join(folder, 'steady.wav');
    ffmpeg('-f', 'lavfi', '-i', 'aevalsrc=0.5|0.5:s=48000:d=4', '-c:a', 'pcm_f32le', steady);
    const { items, render, projectId } = await importInto(document, steady);
    const clips = [
      mediaClip(items[0]!, 0.5, 1, {
        sourceInTicks: ticksFromSeconds(1),
        fadeInTicks: ticksFromSeconds(0.5),
        volumeDb: -6.0206,
      }),
      mediaClip(items[0]!, 1.5, 1, { sourceInTicks: ticksFromSeconds(1), volumeDb: -6.0206 }),
    ];
    track('music').clips.push(...clips);
    track('music').transitions.push({
      id: 't',
      kind: 'crossfade',
      fromClipId: clips[0]!.id,
      toClipId: clips[1]!.id,
      durationTicks: ticksFromSeconds(0.5),
    });
    await render.runExport(
      { kind: 'export', projectId, settings: settings(document, 'mix.wav', { preset: 'wav-mix' }) },
      recordedContext(),
    );
    const mix = samples(join(folder, 'mix.wav'));
    expect(mix.length).toBe(2.5 * 48000);
    const at = (seconds: number) => mix[Math.round(seconds * 48000)]!;
    expect(at(0.25)).toBe(0);
    expect(at(0.75)).toBeCloseTo(0.125, 3);
    expect(at(1.1)).toBeCloseTo(0.25, 3);
    expect(at(1.5)).toBeCloseTo(0.25 * Math.SQRT2, 2);
    expect(at(2.4)).toBeCloseTo(0.25, 3);
  });

  it('is kept from clipping by a limiter, and says so', async () => {
    const { document, track } = emptyDocument();
    const loud = join(folder, 'loud.wav');
    ffmpeg('-f', 'lavfi', '-i', 'sine=f=220:r=48000:d=2,volume=18dB', '-c:a', 'pcm_f32le', loud);
    const { items, render, projectId } = await importInto(document, loud);
    track('music').clips.push(mediaClip(items[0]!, 0, 1));
    track('foley').clips.push(mediaClip(items[0]!, 0, 1));
    const context = recordedContext();
    await render.runExport(
      { kind: 'export', projectId, settings: settings(document, 'loud-mix.wav', { preset: 'wav-mix' }) },
      context,
    );
    expect(context.notices.join(' ')).toMatch(/dB too loud.*limiter/);
    expect(Math.max(...samples(join(folder, 'loud-mix.wav')).map(Math.abs))).toBeLessThanOrEqual(1);
  });
});

describe('titles and solids', () => {
  it('are where the layout says, and solids have their bt709 colour', async () => {
    const { document, track, sequence } = emptyDocument({ num: 30, den: 1 }, { width: 320, height: 180 });
    const second = ticksFromSeconds(1);
    track('picture').clips.push(createClip('red', { kind: 'solid', color: '#c02020' }, 0, second));
    track('titles').clips.push(
      createClip(
        'words',
        { kind: 'title', text: 'HHHH', sizePx: 60, color: '#ffffff', background: null, align: 'center', weight: 700 },
        0,
        second,
      ),
    );
    const { render, projectId } = await importInto(document);
    const { url } = await render.renderFrame(projectId, sequence.id, 0);
    const file = await render.resolveFile(url);
    const rgb = execFileSync('ffmpeg', ['-v', 'error', '-i', file!.path, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-']);
    const pixel = (x: number, y: number) => [...rgb.subarray((y * 320 + x) * 3, (y * 320 + x) * 3 + 3)];
    for (const [got, wanted] of pixel(5, 5).map((value, index) => [value, [0xc0, 0x20, 0x20][index]!] as const))
      expect(Math.abs(got - wanted)).toBeLessThanOrEqual(3);
    const whiteOnMiddleRow = Array.from({ length: 320 }, (_, x) => pixel(x, 90)).filter(
      ([r, g, b]) => r! > 240 && g! > 240 && b! > 240,
    ).length;
    expect(whiteOnMiddleRow).toBeGreaterThan(40);
  });
});

describe('frames as PNG', () => {
  it('fill a folder, one file a frame, and refuse a folder that has something in it', async () => {
    const { document, track } = emptyDocument();
    const { items, render, projectId } = await importInto(document, numberedVideo(join(folder, 'media'), '30', 4));
    track('picture').clips.push(mediaClip(items[0]!, 0, 0.5));
    const run = (name: string) =>
      render.runExport(
        { kind: 'export', projectId, settings: settings(document, name, { preset: 'frames-png' }) },
        recordedContext(),
      );
    await run('frames');
    expect(readdirSync(join(folder, 'frames')).filter((name) => name.endsWith('.png')).length).toBe(15);
    await expect(run('frames')).rejects.toMatchObject({ failure: { code: 'notWritable' } });
  });
});
