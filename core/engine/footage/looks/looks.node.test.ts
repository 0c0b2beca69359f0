import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookIds, looks, type LookId } from '../../../actions/restyle/looks.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { filter, FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { renumbered } from '../../../ffmpeg/frameFilters.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import { drawLooks } from './drawLooks.ts';
import { LookStage } from './stage.ts';
import { writePlates } from './writePlates.node.ts';

const size = { width: 66, height: 38 };
const rate = { num: 25, den: 1 };
const frameCount = 2;
const frameBytes = size.width * size.height * 3;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-looks-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Frames of all looks side by side in one run: for each look its frames one after the other. */
async function drawAll(asked: readonly (readonly LookId[])[], strength: number): Promise<Buffer[][]> {
  const graph = new FilterGraph();
  const filmed = graph.chain(
    [],
    [
      filter('testsrc2', { size, rate }),
      filter('trim', { end_frame: frameCount }),
      format('yuv420p'),
      ...renumbered(rate),
    ],
  );
  const stage = new LookStage(graph, { size, rate, frameCount }, folder);
  const copies = stage.copies(filmed, asked.length);
  const drawn = asked.map((each, index) =>
    stage.chain(drawLooks(stage, copies[index]!, each, strength), format('rgb24')),
  );
  const all = drawn.length === 1 ? drawn[0]! : graph.chain(drawn, [filter('vstack', { inputs: drawn.length })]);
  await writePlates(stage);
  const to = join(folder, 'all.rgb');
  const { frameCount: made } = await runFfmpeg({ graph, outputs: [{ to, streams: [all], format: 'rawvideo' }] });
  expect(made).toBe(frameCount);
  const data = await readFile(to);
  expect(data.length).toBe(frameBytes * frameCount * asked.length);
  const at = (look: number, frame: number) => (frame * asked.length + look) * frameBytes;
  return asked.map((_each, look) =>
    Array.from({ length: frameCount }, (_, frame) => data.subarray(at(look, frame), at(look, frame) + frameBytes)),
  );
}

const changeBetween = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, value, index) => sum + Math.abs(value - b[index]!), 0) / a.length;

test('every look keeps size and count and changes the picture', async () => {
  const asked: LookId[][] = [[], ...lookIds.map((id) => [id])];
  const [source, ...drawn] = await drawAll(asked, 1);
  for (const [index, frames] of drawn.entries()) {
    const look = lookIds[index]!;
    expect({ look, visible: changeBetween(frames[0]!, source![0]!) > 2 }).toEqual({ look, visible: true });
  }
});

test('there is no chance in a look: a second run makes the same frames', async () => {
  const asked: LookId[][] = [['oldFilm'], ['rain'], ['clay']];
  expect(await drawAll(asked, 1)).toEqual(await drawAll(asked, 1));
});

test('strength 0 is the footage, and half of it lies between', async () => {
  const asked: LookId[][] = [[], ['noir'], ['watercolour']];
  const [source, ...none] = await drawAll(asked, 0);
  for (const frames of none) expect(frames[0]!.equals(source![0]!)).toBe(true);
  const [, ...half] = await drawAll(asked, 0.5);
  const [, ...full] = await drawAll(asked, 1);
  for (const [index, frames] of half.entries())
    expect(changeBetween(frames[0]!, source![0]!)).toBeLessThan(changeBetween(full[index]![0]!, source![0]!));
});

test('looks of several kinds are drawn over each other', async () => {
  const [both, one] = await drawAll([['snow', 'pencil', 'oldFilm'], ['pencil']], 1);
  expect(changeBetween(both![0]!, one![0]!)).toBeGreaterThan(2);
});

test('lengths follow the shorter side, so that every size looks alike', () => {
  const stageOf = (width: number, height: number) =>
    new LookStage(new FilterGraph(), { size: { width, height }, rate, frameCount }, folder);
  expect(stageOf(640, 360).px(2)).toBe(1);
  expect(stageOf(3840, 2160).px(2)).toBe(6);
  expect(stageOf(1080, 1920).px(2)).toBe(3);
  // one texture for all sizes of a shape
  expect(stageOf(640, 360).textureSize).toEqual(stageOf(3840, 2160).textureSize);
});

test('the README lists every word', async () => {
  const text = await readFile(new URL('README.md', import.meta.url), 'utf8');
  for (const id of lookIds) {
    const { words, chinese } = looks[id];
    expect(text).toContain(`| ${words.join(', ')} | ${chinese.join('、')} |`);
  }
});
