/** A timeline with a patched clip, exported without loss and decoded again: what the footage was, it still is. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProject } from '../../document/create.ts';
import { takeFileOf } from '../../document/names.ts';
import type { Clip, MediaItem, ProjectDocument, Take } from '../../document/schema.ts';
import { samplesOf } from '../../ffmpeg/layPatches.ts';
import { ticksAtFrame, ticksFromSeconds } from '../../time/ticks.ts';
import type { Shape } from '../generation/maskShapes.node.ts';
import { decoded, differences, filmSamples, makeFilm } from '../generation/testing/films.node.ts';
import { makePatch, opacityOver } from '../generation/testing/makePatch.node.ts';
import type { MediaFacts } from '../../disk/facts.ts';
import { mediaClip } from './testing/numberedVideo.node.ts';
import { recordedContext, renderAlone, type RenderAlone } from './testing/renderAlone.node.ts';
import { fewOf } from '../../time/testing/longTests.node.ts';

const assets = join(import.meta.dirname, '../../../assets');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-patched-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const frameCount = 8;
const firstFrame = 4;

interface Cut extends RenderAlone {
  readonly document: ProjectDocument;
  readonly clip: Clip;
  readonly facts: MediaFacts;
  readonly file: string;
  readonly opacity: Shape;
}

/** A film, patched from its fifth frame on, as the only clip of a sequence of its own size and rate. */
async function cutOf(name: string): Promise<Cut> {
  const file = makeFilm(
    filmSamples.find((sample) => sample.name === name)!,
    folder,
  );
  const document = createProject(name);
  const home = join(folder, document.id);
  mkdirSync(join(home, 'takes'), { recursive: true });
  const alone = renderAlone(document, home, assets);
  const { imported } = await alone.media.import(document.id, [file]);
  const item: MediaItem = imported[0]!;
  const sequence = document.sequences[document.activeSequenceId]!;
  Object.assign(sequence, { width: item.video!.width, height: item.video!.height, rate: item.video!.rate });
  document.media[item.id] = item;
  const { facts } = await alone.media.mediaFacts(document.id, item.id);
  const opacity = await opacityOver({ facts }, 0.303, 0.207);
  const made = await makePatch({ facts }, opacity, [250, 20, 120], frameCount, folder, 'made');
  copyFileSync(made.path, join(home, 'takes', 'made.mkv'));
  const startTicks = ticksAtFrame(firstFrame, item.video!.rate);
  const take: Take = {
    ...{ id: 't', file: takeFileOf('made.mkv'), kind: 'video', action: 'inpaint', prompt: '', rewrittenPrompt: '' },
    ...{ unknownWords: [], seed: 1, packId: 'p', requestHash: 'h', device: 'CPU', createdAt: '', parentTakeId: null },
    durationTicks: ticksAtFrame(frameCount, item.video!.rate),
    ...{ width: item.video!.width, height: item.video!.height, rate: item.video!.rate },
    sourceStartTicks: startTicks,
    patch: { over: { kind: 'media', id: item.id, startTicks }, box: made.box, picture: made.picture },
  };
  document.takes['t'] = take;
  const clip = mediaClip(item, 0, 1, { sourceInTicks: startTicks, durationTicks: take.durationTicks });
  sequence.tracks[0]!.clips.push(clip);
  return { ...alone, document, clip, facts, file, opacity };
}

function showTake(clip: Clip, takeId: string | null): void {
  clip.generation = {
    request: {
      ...{ action: 'inpaint', prompt: 'x', seed: 1, steps: null, guidance: null, packId: 'p', references: [] },
      ...{
        durationTicks: 1,
        mask: null,
        edit: 'replace',
        source: { kind: 'media', id: 'm', startTicks: 0, durationTicks: 1 },
      },
    },
    takeIds: ['t'],
    activeTakeId: takeId,
    failure: null,
  };
}

async function exported({ render, document }: Cut, name: string): Promise<string> {
  const outputPath = join(folder, name);
  rmSync(outputPath, { force: true });
  const nothing = { range: null, width: null, height: null, crf: null };
  const settings = { preset: 'lossless' as const, outputPath, sequenceId: document.activeSequenceId, ...nothing };
  const context = recordedContext();
  await render.runExport({ kind: 'export', projectId: document.id, settings }, context);
  expect(context.notices).toEqual([]);
  return outputPath;
}

test.each(fewOf(['8 bit', '10 bit', 'ProRes', 'odd size'], 1, 3))(
  '%s: outside the mask the lossless export is the footage, sample for sample',
  async (name) => {
    const cut = await cutOf(name);
    showTake(cut.clip, 't');
    const format = samplesOf(cut.facts.video!);
    const film = decoded(await exported(cut, `${name.replace(/\W/g, '')}-export.mkv`), format, 0, 1000);
    const footage = decoded(cut.file, format, firstFrame, frameCount);
    expect(film.length).toBe(footage.length);
    const found = differences(film, footage, format, cut.opacity);
    expect(found).toMatchObject({ outside: 0, frameCount });
    expect(found.inside).toBeGreaterThan(frameCount * 1000);
  },
);

test('faster, backwards and half transparent: outside the mask the same as the clip without its patch', async () => {
  const cut = await cutOf('10 bit');
  Object.assign(cut.clip, {
    speed: { num: 3, den: 2 },
    durationTicks: ticksFromSeconds(5 / 24),
    reversed: true,
    opacity: 0.5,
  });
  const format = samplesOf(cut.facts.video!);
  showTake(cut.clip, null);
  const plain = decoded(await exported(cut, 'plain.mkv'), format, 0, 1000);
  showTake(cut.clip, 't');
  const patched = decoded(await exported(cut, 'patched.mkv'), format, 0, 1000);
  const found = differences(patched, plain, format, cut.opacity);
  expect(found).toMatchObject({ outside: 0, frameCount: 5 });
  expect(found.inside).toBeGreaterThan(5 * 1000);
});
