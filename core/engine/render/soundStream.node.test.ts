/** A file with several sound streams: each clip plays the one that was chosen for it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import { emptyDocument, mediaClip, samples } from './testing/numberedVideo.node.ts';
import { recordedContext, renderAlone } from './testing/renderAlone.node.ts';

const assets = join(import.meta.dirname, '../../../assets');
const rateHz = 48000;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-streams-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** By counting how often the wave rises through zero in the middle of a second. */
function toneHz(mix: Float32Array, second: number): number {
  let rises = 0;
  const [from, to] = [(second + 0.25) * rateHz, (second + 0.75) * rateHz];
  for (let at = from; at < to; at += 1) if (mix[at - 1]! < 0 && mix[at]! >= 0) rises += 1;
  return rises / 0.5;
}

it.each(['mkv', 'mp4'])('in an export from .%s, with the streams described for the window', async (ending) => {
  const path = join(folder, `two.${ending}`);
  const tone = (hz: number) => ['-f', 'lavfi', '-i', `sine=f=${hz}:r=${rateHz}:d=3`];
  const tags = ['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=jpn'];
  ffmpeg(
    ...['-f', 'lavfi', '-i', 'color=s=64x36:r=30:d=3', ...tone(400), ...tone(1200)],
    ...['-map', '0', '-map', '1', '-map', '2', '-c:v', 'libx264', '-c:a', 'aac', ...tags, path],
  );
  const { document, track } = emptyDocument();
  const { media, render, projectId } = renderAlone(document, join(folder, ending), assets);
  const { imported } = await media.import(projectId, [path]);
  const item = imported[0]!;
  document.media[item.id] = item;
  const [first, second] = (await media.assets(projectId, [item.id]))[0]!.sounds;
  expect([first, second]).toMatchObject([{ language: 'eng' }, { language: 'jpn', channels: 1, codec: 'aac' }]);

  track('speech').clips.push(
    mediaClip(item, 0, 1),
    mediaClip(item, 1, 1, { soundStream: second!.streamIndex }),
    mediaClip(item, 2, 1, { soundStream: first!.streamIndex }),
    // a file that took this one's place has fewer streams: its first is played
    mediaClip(item, 3, 1, { soundStream: 99 }),
  );
  const { width, height } = document.sequences[document.activeSequenceId]!;
  const outputPath = join(folder, `${ending}.wav`);
  const settings = {
    ...{ preset: 'wav-mix' as const, outputPath, sequenceId: document.activeSequenceId, range: null },
    ...{ width, height, crf: 1 },
  };
  await render.runExport({ kind: 'export', projectId, settings }, recordedContext());
  const tonesOf = (mix: Float32Array) => [0, 1, 2, 3].map((at) => Math.round(toneHz(mix, at) / 20) * 20);
  expect(tonesOf(samples(outputPath))).toEqual([400, 1200, 400, 400]);
  if (ending !== 'mkv') return;
  // what a soundtrack is made for, and where speech is looked for
  const range = { startTicks: 0, durationTicks: ticksFromSeconds(4) };
  const film = await render.renderWithoutStems(projectId, document.activeSequenceId, range, recordedContext());
  expect(tonesOf(samples(film))).toEqual([400, 1200, 400, 400]);
});
